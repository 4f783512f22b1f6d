import type { ColumnMapping, ContactTarget } from '../../../shared/contract/imports.ts'

/** The groups in which targets are offered. */
export const TARGET_GROUPS: readonly {
  readonly group: 'person' | 'reach' | 'place' | 'sales' | 'other'
  readonly targets: readonly ContactTarget[]
}[] = [
  { group: 'person', targets: ['firstName', 'lastName', 'fullName', 'company', 'birthday', 'language'] },
  { group: 'reach', targets: ['email', 'phone'] },
  {
    group: 'place',
    targets: ['street', 'city', 'region', 'postalCode', 'country', 'latitude', 'longitude', 'timeZone'],
  },
  { group: 'sales', targets: ['leadStatus', 'leadQuality'] },
  { group: 'other', targets: ['tags', 'note', 'ignore'] },
]

/** The key of a custom field after the name of its column; `taken` are the keys that others use. */
export function customKey(name: string, column: number, taken: readonly string[]): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 50)
  const base = words || `column_${column + 1}`
  return taken.includes(base) ? `${base}_${column + 1}` : base
}

// Several columns can become one of these: they are put together, or none of them is stored.
const SEVERAL = new Set(['ignore', 'tags', 'note', 'street', 'firstName', 'lastName'])

/** The mapping with another target for one column. A target that holds one value leaves the column that had it before. */
export function remap(
  mapping: readonly ColumnMapping[],
  column: number,
  change: Partial<ColumnMapping>,
): ColumnMapping[] {
  const many = change.target === undefined || SEVERAL.has(change.target)
  return mapping.map(one => {
    if (one.column === column) return { ...one, ...change }
    return !many && one.target === change.target ? { ...one, target: 'ignore' } : one
  })
}

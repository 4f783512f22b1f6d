import { createHash } from 'node:crypto'
import { AppError } from '../../../../shared/contract/failure.ts'
import type { ColumnMapping, ImportOptions } from '../../../../shared/contract/imports.ts'
import { FieldType } from '../../../../shared/contract/imports.ts'
import type { DateOrder } from '../checks/read-date.ts'
import { normaliseName } from './column-names.ts'

// The columns that Tidings adds to a file of rejected rows.
const OWN_COLUMN = 'Tidings: '

/** Whether a column was written by Tidings to say what to correct. */
export function isOwnColumn(name: string): boolean {
  return name.startsWith(OWN_COLUMN)
}

/**
 * What a saved mapping is found by: the names of the columns in their order, without regard to case and accents. Columns that
 * Tidings added do not count, so that a corrected file of rejected rows maps as the original did.
 */
export function headerKey(names: readonly string[]): string {
  const own = names.filter(name => !isOwnColumn(name))
  return createHash('sha256').update(own.map(normaliseName).join('\u001f')).digest('hex')
}

/** A saved mapping for the columns that a file has; what it has more is left out. */
export function fitMapping(mapping: readonly ColumnMapping[], names: readonly string[]): ColumnMapping[] {
  const saved = new Map(mapping.map(one => [one.column, one]))
  return names.map((name, column) => {
    const known = isOwnColumn(name) ? undefined : saved.get(column)
    return known ?? { column, name: name.slice(0, 300), target: 'ignore', label: '', type: 'text' }
  })
}

/** Options before anybody chose: blanks are filled, dates as the file or the country writes them. */
export function defaultOptions(country: string, dateOrder: DateOrder | null): ImportOptions {
  const usual = ['US', 'PH', 'PR'].includes(country) ? 'mdy' : 'dmy'
  return {
    duplicates: 'fill_blanks',
    listName: '',
    tags: [],
    country,
    dateOrder: dateOrder ?? usual,
    decimal: 'any',
    fieldPolicies: {},
    constants: {},
    fixes: [],
    keptDomains: [],
    asOf: '',
  }
}

/** The mapping with the types of custom fields that exist already: a field has one type. */
export function withStoredTypes(
  mapping: readonly ColumnMapping[],
  types: ReadonlyMap<string, string>,
): readonly ColumnMapping[] {
  return mapping.map(column => {
    const stored = column.target.startsWith('custom:') ? types.get(column.target.slice(7)) : undefined
    return stored === undefined ? column : { ...column, type: FieldType.parse(stored) }
  })
}

// Several columns for the street or a name are put together in the order of the file.
const SEVERAL_ALLOWED = new Set(['tags', 'note', 'ignore', 'street', 'firstName', 'lastName'])

/** Fails with `invalid_input` when a mapping cannot make contacts: no address, or two columns for one field. */
export function requireUsableMapping(mapping: readonly ColumnMapping[]): void {
  if (!mapping.some(({ target }) => target === 'email' || target === 'phone')) {
    throw new AppError('invalid_input', 'Choose the column with the e-mail address, or the one with the phone number.')
  }
  const first = new Map<string, string>()
  for (const { target, name } of mapping) {
    if (SEVERAL_ALLOWED.has(target)) continue
    const other = first.get(target)
    if (other !== undefined) {
      throw new AppError(
        'invalid_input',
        `The columns “${other}” and “${name}” are both meant for ${target}. Choose another field for one of them.`,
        { target },
      )
    }
    first.set(target, name)
  }
}

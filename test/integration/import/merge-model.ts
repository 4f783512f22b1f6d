import type { DuplicatePolicy, FieldPolicy } from '../../../src/shared/contract/imports.ts'

/** A row of a file in the model: what it is recognised by, and values by target. Empty ones are not there. */
export interface ModelRow {
  readonly email: string
  readonly phone: string
  readonly crm: string
  readonly values: Readonly<Record<string, string>>
  readonly tags: readonly string[]
}

/** A contact in the model. */
export interface ModelContact {
  email: string
  phone: string
  readonly values: Record<string, string>
  readonly tags: Set<string>
  readonly crm: Set<string>
}

/** What became of the rows of a file. */
export interface ModelCounts {
  rows: number
  created: number
  updated: number
  unchanged: number
  duplicates: number
}

export interface ModelOptions {
  readonly duplicates: DuplicatePolicy
  readonly fieldPolicies: Readonly<Record<string, FieldPolicy>>
}

/**
 * Imports as plainly as can be: one row after the other in the order of their keys (e-mail addresses, then phones of rows
 * without one), looked up in an array. The store must come to the same.
 */
export function importIntoModel(
  contacts: ModelContact[],
  rows: readonly ModelRow[],
  options: ModelOptions,
): ModelCounts {
  const counts = { rows: rows.length, created: 0, updated: 0, unchanged: 0, duplicates: 0 }
  const before = [...contacts]
  const policyOf = (target: string): FieldPolicy =>
    options.duplicates === 'make_new' ? 'skip' : (options.fieldPolicies[target] ?? options.duplicates)
  const changesKnown =
    options.duplicates !== 'make_new' &&
    (options.duplicates !== 'skip' || Object.values(options.fieldPolicies).some(policy => policy !== 'skip'))
  const crmHeld = new Map(contacts.flatMap(contact => [...contact.crm].map(id => [id, contact] as const)))
  const heldBefore = new Map(crmHeld)
  const keyOf = (row: ModelRow): string => (row.email === '' ? `p${row.phone}` : `e${row.email.toLowerCase()}`)
  const inOrder = rows
    .map((row, line) => ({ row, line, key: keyOf(row) }))
    .sort((a, b) => (a.key === b.key ? a.line - b.line : a.key < b.key ? -1 : 1))
  let lastKey = ''
  let last: ModelContact | undefined
  for (const { row, key } of inOrder) {
    const isFirst = key !== lastKey
    lastKey = key
    const known = options.duplicates === 'make_new' ? undefined : isFirst ? find(row) : last
    last = known
    if (!known) {
      counts.created += 1
      const made: ModelContact = {
        email: row.email,
        phone: row.phone,
        values: { ...row.values },
        tags: new Set(),
        crm: new Set(),
      }
      contacts.push(made)
      last = made
      attach(made, row, true)
      continue
    }
    const changed = changesKnown && apply(known, row)
    attach(known, row, false)
    if (!isFirst || !before.includes(known)) counts.duplicates += 1
    else if (changed) counts.updated += 1
    else if (changesKnown) counts.unchanged += 1
    else counts.duplicates += 1
  }
  return counts

  function find(row: ModelRow): ModelContact | undefined {
    const byAddress =
      row.email === ''
        ? contacts.find(contact => contact.phone === row.phone)
        : contacts.find(contact => contact.email.toLowerCase() === row.email.toLowerCase())
    if (byAddress) return byAddress
    return heldBefore.get(row.crm)
  }

  function apply(contact: ModelContact, row: ModelRow): boolean {
    let changed = false
    const takes = (target: string, old: string): boolean =>
      policyOf(target) === 'overwrite' || (policyOf(target) === 'fill_blanks' && old === '')
    for (const [target, value] of Object.entries(row.values)) {
      const old = contact.values[target] ?? ''
      if (value === old || !takes(target, old)) continue
      contact.values[target] = value
      changed = true
    }
    const mayHavePhone = row.email !== '' || contact.phone === ''
    if (row.phone !== '' && row.phone !== contact.phone && mayHavePhone && takes('phone', contact.phone)) {
      contact.phone = row.phone
      changed = true
    }
    if (row.email !== '' && contact.email === '' && policyOf('email') !== 'skip') {
      contact.email = row.email
      changed = true
    }
    return changed
  }

  function attach(contact: ModelContact, row: ModelRow, isNew: boolean): void {
    if (isNew || policyOf('tags') !== 'skip') for (const tag of row.tags) contact.tags.add(tag)
    if (row.crm === '' || crmHeld.has(row.crm) || (!isNew && options.duplicates === 'skip')) return
    crmHeld.set(row.crm, contact)
    contact.crm.add(row.crm)
  }
}

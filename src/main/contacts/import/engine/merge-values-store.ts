import { type RawBuilder, sql } from 'kysely'
import type { MergeColumn, MergePlan } from './merge-columns.ts'

// Throughout, `contacts` is the contact and `r` the row.

/** The columns in which a row can change a contact who is known. Rows are recognised by their address; that is only filled in. */
export function changing({ columns }: MergePlan, haveEmail: boolean): readonly MergeColumn[] {
  return columns
    .filter(({ policy, inParts }) => inParts || policy !== 'skip')
    .map(column => (column.name === 'phone' && !haveEmail ? { ...column, policy: 'fill_blanks' } : column))
}

/** Whether a row would change any of these columns of the contact. */
export function differs(columns: readonly MergeColumn[]): RawBuilder<unknown> {
  return sql`(${sql.join(columns.map(differsIn), sql` or `)})`
}

// A file that comes again differs nowhere: comparing takes a third less than working out what `after` would be.
function differsIn(column: MergeColumn): RawBuilder<unknown> {
  const old = sql.ref(`contacts.${column.name}`)
  const row = sql.ref(`r.${column.name}`)
  const overwrites = column.policy === 'overwrite'
  switch (column.kind) {
    case 'object':
      return sql`${old} is not ${after(column)}`
    case 'text':
      return overwrites ? sql`(${row} <> ${old} and ${row} <> '')` : sql`(${old} = '' and ${row} <> '')`
    case 'value':
      return overwrites
        ? sql`(${row} is not ${old} and ${row} is not null)`
        : sql`(${old} is null and ${row} is not null)`
  }
}

/**
 * Whether the contact has no address and is to get that of the row, which nobody has: she was recognised by an id in another
 * system. An address that she has stays, or what a later row is recognised by would hang on the order of the rows.
 */
export function lacksAddress({ email }: MergePlan): RawBuilder<unknown> {
  if (email === 'skip') return sql`false`
  return sql`(contacts.email_key is null
    and not exists (select 1 from contacts held where held.email_key = r.email_key))`
}

/** The value of a column after a row was applied: blanks filled, or written over by what the row has. */
export function after({ name, kind, policy, inParts }: MergeColumn): RawBuilder<unknown> {
  const old = sql.ref(`contacts.${name}`)
  const row = sql.ref(`r.${name}`)
  if (kind === 'object') {
    // A file that comes again has mostly what is stored: comparing the texts is far cheaper than patching them.
    const same = sql`${row} is null or ${row} = ${old}`
    if (!inParts) return sql`iif(${same}, ${old}, ${patched(old, row, policy === 'overwrite')})`
    const over = sql.ref(`r.${name}_overwrite`)
    const fill = sql.ref(`r.${name}_fill_blanks`)
    const first = sql`json_patch(${old}, coalesce(${over}, '{}'))`
    return sql`iif(coalesce(${over}, ${fill}) is null, ${old}, ${patched(first, sql`coalesce(${fill}, '{}')`, false)})`
  }
  const [first, second] = policy === 'overwrite' ? [row, old] : [old, row]
  return kind === 'text' ? sql`iif(${first} = '', ${second}, ${first})` : sql`coalesce(${first}, ${second})`
}

// The stored object always comes first, so that its order stays and an unchanged one stays the same text.
function patched(old: RawBuilder<unknown>, row: RawBuilder<unknown>, over: boolean): RawBuilder<unknown> {
  return over ? sql`json_patch(${old}, ${row})` : sql`json_patch(${old}, json_patch(${row}, ${old}))`
}

import { type RawBuilder, sql } from 'kysely'
import { customColumn, textColumn } from './column-store.ts'
import type { SearchTerm } from './search-terms.ts'
import { matchExpression } from './search-terms.ts'

/**
 * A stretch of a sorted table whose rows stand in the order of one index. A sorted table is one stretch or a few, one
 * after the other: those with a value first, in either direction, then those without.
 */
export interface Stretch {
  readonly from: RawBuilder<unknown>
  /** What the rows of this stretch have in common; null for all rows. */
  readonly where: RawBuilder<unknown> | null
  /** Where the values of its first key begin. Left out behind a mark, or SQLite would seek by it instead of by the mark. */
  readonly least: RawBuilder<unknown> | null
  /** What is sorted by, before the number of the contact. */
  readonly keys: readonly SortKey[]
  readonly no: RawBuilder<unknown>
  readonly direction: 'ascending' | 'descending'
  /** True when its order comes from an index: pages can be sought instead of sorted. */
  readonly isIndexed: boolean
  /** True when `from` does not name contacts, so that a condition on them needs them joined. */
  readonly isApart: boolean
}

export interface SortKey {
  readonly column: RawBuilder<unknown>
  readonly collation: 'nocase' | null
  /** True where it is computed: SQLite does not seek an index on an expression by several values at once. */
  readonly isComputed: boolean
}

/** An index that sorting by a column needs. `columns` is null where another table already keeps the order. */
export interface SortIndex {
  readonly name: string
  readonly columns: RawBuilder<unknown> | null
}

/** What a sort of the contact table is made of. */
export interface TableOrder {
  readonly field: string
  readonly direction: 'ascending' | 'descending'
}

const LEAST = sql`-1e308`
const NO = sql`contacts.no`

/** The index for sorting by `field`; null where none can help. Those that are not there from the start are `contacts_sort_…`. */
export function sortIndexOf(field: string): SortIndex | null {
  switch (field) {
    case 'name':
      return { name: 'contacts_name', columns: null }
    case 'createdAt':
      return { name: 'contacts_created', columns: null }
    case 'email':
      return { name: 'contacts_email', columns: null }
    case 'phone':
      return { name: 'contacts_phone', columns: null }
    case 'relevance':
    case 'engagement':
    case 'orders':
    case 'spend':
    case 'lastOrderAt':
      return null
    default:
      return { name: `contacts_sort_${snake(field)}`, columns: indexedColumn(field) }
  }
}

/** The statement that makes a sort index. */
export function createSortIndex({ name, columns }: SortIndex): RawBuilder<unknown> {
  if (columns === null) throw new Error(`${name} is there from the start`)
  return sql`create index if not exists ${sql.id(name)} on contacts (${columns})`
}

/**
 * The stretches of the table in an order. `indexes` are those that exist; `currency` the one that spend is compared in;
 * `owners` the ids of the members by name.
 */
export function stretchesOf(
  order: TableOrder,
  indexes: ReadonlySet<string>,
  currency: string | null,
  owners: readonly string[] = [],
): readonly Stretch[] {
  const { field, direction } = order
  if (field === 'engagement') return besideContacts('engagement', sql`e.heat`, null, direction)
  if (field === 'orders' || field === 'spend' || field === 'lastOrderAt') {
    const key = field === 'orders' ? sql`e.orders` : field === 'spend' ? sql`e.value_minor` : sql`e.last_at`
    return besideContacts('order_totals', key, sql`e.currency = ${currency ?? ''}`, direction)
  }
  const index = sortIndexOf(field)
  const isIndexed = index !== null && indexes.has(index.name)
  const from = isIndexed ? sql`contacts indexed by ${sql.id(index.name)}` : sql`contacts not indexed`
  const stretch: MakeStretch = (where, keys = [], least = null) => ({
    from,
    where,
    least,
    keys,
    no: NO,
    direction,
    isIndexed,
    isApart: false,
  })
  if (field === 'name') return nameStretches(stretch)
  if (field === 'createdAt') return [stretch(null, [key(sql`contacts.created_at`)])]
  if (field === 'updatedAt') return [stretch(null, [key(sql`contacts.updated_at`)])]
  if (field === 'leadScore') return [stretch(null, [key(sql`contacts.lead_score`)])]
  if (field === 'email') {
    const keys = [key(sql`contacts.email_key`), key(sql`contacts.twin`)]
    // Who has no address is in no index, but the table itself stands in the order of numbers.
    return [
      stretch(sql`contacts.email_key is not null`, keys),
      { ...stretch(sql`contacts.email_key is null`), ...IN_ORDER },
    ]
  }
  if (field === 'phone') {
    return [
      stretch(sql`contacts.phone is not null`, [key(sql`contacts.phone`)]),
      { ...stretch(sql`contacts.phone is null`), ...IN_ORDER },
    ]
  }
  if (field === 'ownerId') return ownerStretches(direction === 'ascending' ? owners : owners.toReversed(), stretch)
  return valueStretches(field, stretch)
}

type MakeStretch = (
  where: RawBuilder<unknown> | null,
  keys?: readonly SortKey[],
  least?: RawBuilder<unknown> | null,
) => Stretch

const IN_ORDER = { from: sql`contacts not indexed`, isIndexed: true } as const

function nameStretches(stretch: MakeStretch): readonly Stretch[] {
  const last = sql`contacts.last_name`
  const first = sql`contacts.first_name`
  return [
    stretch(null, [folded(last), folded(first)], sql`${last} collate nocase > ''`),
    stretch(sql`${last} collate nocase = ''`, [folded(first)], sql`${first} collate nocase > ''`),
    stretch(sql`${last} collate nocase = '' and ${first} collate nocase = ''`),
  ]
}

/** Members are few: the contacts of each, one member after the other, then those of nobody. */
function ownerStretches(owners: readonly string[], stretch: MakeStretch): readonly Stretch[] {
  return [...owners.map(id => stretch(sql`contacts.owner_id = ${id}`)), stretch(sql`contacts.owner_id is null`)]
}

/** Those with a value in its order, then those without. */
function valueStretches(field: string, stretch: MakeStretch): readonly Stretch[] {
  if (field.startsWith('custom:')) {
    const column = customColumn(field)
    return [
      stretch(null, [{ ...folded(column), isComputed: true }], sql`${column} collate nocase > ${LEAST}`),
      stretch(sql`${column} is null`),
    ]
  }
  if (field === 'lastActivityAt') {
    const column = sql`contacts.last_activity_at`
    return [stretch(null, [key(column)], sql`${column} > ${LEAST}`), stretch(sql`${column} is null`)]
  }
  if (field === 'birthday') {
    return [
      stretch(null, [key(sql`contacts.birthday`)], sql`contacts.birthday > ''`),
      stretch(sql`contacts.birthday is null`),
    ]
  }
  const column = textColumn(field)
  const none =
    field === 'timeZone' || field === 'language' ? sql`${column} is null` : sql`${column} collate nocase = ''`
  return [stretch(null, [folded(column)], sql`${column} collate nocase > ''`), stretch(none)]
}

/** Sorted by what another table knows, which keeps its own index; who is not in it comes last. */
function besideContacts(
  table: 'engagement' | 'order_totals',
  column: RawBuilder<unknown>,
  where: RawBuilder<unknown> | null,
  direction: 'ascending' | 'descending',
): readonly Stretch[] {
  const from = sql`${sql.table(table)} e cross join contacts on contacts.no = e.contact_no`
  const least = sql`${column} > ${LEAST}`
  const known = {
    from,
    where,
    least,
    keys: [key(column)],
    no: sql`e.contact_no`,
    direction,
    isIndexed: true,
    isApart: false,
  }
  const unknown = sql`contacts.no not in (select e.contact_no from ${sql.table(table)} e where ${where ?? sql`true`} and ${least})`
  return [known, { ...IN_ORDER, where: unknown, least: null, keys: [], no: NO, direction, isApart: false }]
}

/** Hits of a search: whole names first, then names that begin with it, then the rest; each in the order of creation. */
export function relevanceStretches(terms: readonly SearchTerm[]): readonly Stretch[] {
  const whole = matchExpression(terms, 'whole_name')
  const begins = matchExpression(terms, 'begins_name')
  const anywhere = matchExpression(terms, 'anywhere')
  // A long result of several words is hardly ever closer here than there, and finding out costs the search three times over.
  if (terms.length > 1) return [hits(anywhere)]
  return [whole, `(${begins}) NOT (${whole})`, `(${anywhere}) NOT (${begins})`].map(hits)
}

/** All hits of a search in the order of creation. */
export function searchStretch(terms: readonly SearchTerm[]): Stretch {
  return hits(matchExpression(terms, 'anywhere'))
}

function hits(expression: string): Stretch {
  return {
    from: sql`contacts_search`,
    where: sql`contacts_search match ${expression}`,
    least: null,
    keys: [],
    no: sql`contacts_search.rowid`,
    direction: 'ascending',
    isIndexed: true,
    isApart: true,
  }
}

/** In the order of creation, which is the order of the table itself. */
export function creationStretches(direction: 'ascending' | 'descending'): readonly Stretch[] {
  return [{ ...IN_ORDER, where: null, least: null, keys: [], no: NO, direction, isApart: false }]
}

function indexedColumn(field: string): RawBuilder<unknown> {
  switch (field) {
    case 'updatedAt':
      return sql`updated_at`
    case 'leadScore':
      return sql`lead_score`
    case 'lastActivityAt':
      return sql`last_activity_at`
    case 'birthday':
      return sql`birthday`
    case 'ownerId':
      return sql`owner_id`
    default:
      if (field.startsWith('custom:')) {
        const path = /^custom:([a-z][a-z0-9_]{0,58})$/.exec(field)?.[1] ?? ''
        return sql`json_extract(custom, ${sql.lit(`$.${path}`)}) collate nocase`
      }
      return sql`${sql.ref(snake(field))} collate nocase`
  }
}

function snake(field: string): string {
  return field.replace(':', '_').replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function key(column: RawBuilder<unknown>): SortKey {
  return { column, collation: null, isComputed: false }
}

function folded(column: RawBuilder<unknown>): SortKey {
  return { column, collation: 'nocase', isComputed: false }
}

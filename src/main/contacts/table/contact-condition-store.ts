import { type RawBuilder, sql } from 'kysely'
import type { ContactCondition, ContactFilter } from '../../../shared/contract/contact-filter.ts'
import { heatForScore } from '../../../shared/domain/engagement-score.ts'
import { assertNever } from '../../kernel/assert-never.ts'
import { customColumn, NAMES_TEXT, REST_TEXT, textColumn, textMatches } from './column-store.ts'
import { matchExpression, partsOf, type SearchTerm, searchTerms } from './search-terms.ts'

const NO_DAY = ''

/** The filter that everybody passes. */
export const EVERYBODY: ContactFilter = { search: '', listId: null, tagId: null, conditions: [] }

/**
 * How many contacts that the search index does not know yet are looked at one by one when an answer must come quickly: so
 * many of the newest, and so many of those that changed. About 60 ms.
 */
export const LOOKED_AT = 20_000

/** Whom a search takes in: everybody, however long it takes, or what can be found quickly while the index is behind. */
export type SearchReach = 'everybody' | 'so_far'

/**
 * What a filter asks, as a condition on `contacts` (which must not be renamed in the statement). `now` (epoch ms) is the
 * moment for which scores that fade are meant. Who is found belongs to the answer also while the search index is behind;
 * only with the reach `so_far` somebody may be missing then.
 */
export function contactCondition(
  filter: ContactFilter,
  now: number,
  reach: SearchReach = 'everybody',
): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = []
  const terms = searchTerms(filter.search)
  if (terms.length > 0) conditions.push(found(terms, reach))
  conditions.push(...memberConditions(filter))
  conditions.push(...filter.conditions.map(condition => conditionOf(condition, now)))
  return conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

/** All of a filter but what is searched for; null when nothing else is asked. */
export function conditionBesideSearch(filter: ContactFilter, now: number): RawBuilder<boolean> | null {
  const rest = { ...filter, search: '' }
  return isEverybody(rest) ? null : contactCondition(rest, now)
}

/** True for a filter that everybody passes. */
export function isEverybody(filter: ContactFilter): boolean {
  return (
    filter.search.trim() === '' && filter.listId === null && filter.tagId === null && filter.conditions.length === 0
  )
}

/** Those whom the index knows, and those it does not know yet by looking at each, or at so many of them. */
function found(terms: readonly SearchTerm[], reach: SearchReach): RawBuilder<unknown> {
  const [fresh, changed] =
    reach === 'everybody'
      ? [sql`(select indexed_to from contacts_search_state)`, sql`contacts_search_pending`]
      : [
          sql`(select max(indexed_to, (select max(no) from contacts) - ${LOOKED_AT}) from contacts_search_state)`,
          sql`(select contact_no from contacts_search_pending order by contact_no desc limit ${LOOKED_AT}) as p`,
        ]
  return sql`contacts.no in (
    select rowid from contacts_search where contacts_search match ${matchExpression(terms, 'anywhere')}
      and rowid not in (select contact_no from contacts_search_pending)
    union all
    select no from (select contacts.no, ${NAMES_TEXT} || ${REST_TEXT} as text from contacts
      where contacts.no > ${fresh} limit -1) where ${holds(terms)}
    union all
    select no from (select contacts.no, ${NAMES_TEXT} || ${REST_TEXT} as text
      from ${changed} cross join contacts on contacts.no = contact_no limit -1) where ${holds(terms)})`
}

// The limit keeps SQLite from putting the text together again for every comparison.
const TEXT = sql`text`

function holds(terms: readonly SearchTerm[]): RawBuilder<unknown> {
  const words = terms.map(term => {
    const ways = partsOf(term).map(part => textMatches(TEXT, 'contains', part))
    return sql`(${sql.join(ways, sql` or `)})`
  })
  return sql.join(words, sql` and `)
}

function memberConditions(filter: ContactFilter): readonly RawBuilder<unknown>[] {
  const { listId, tagId } = filter
  return [...(listId === null ? [] : [memberOf('lists', listId)]), ...(tagId === null ? [] : [memberOf('tags', tagId)])]
}

function memberOf(kind: 'tags' | 'lists' | 'segments', id: string): RawBuilder<unknown> {
  switch (kind) {
    case 'tags':
      return sql`contacts.no in (select contact_no from contact_tags where tag_no = (select no from tags where id = ${id}))`
    case 'lists':
      return sql`contacts.no in (select contact_no from list_members
        where list_no = (select no from lists where id = ${id}) and status <> 'removed')`
    case 'segments':
      return sql`contacts.no in (select contact_no from segment_members
        where segment_no = (select no from segments where id = ${id}))`
    default:
      return assertNever(kind)
  }
}

function conditionOf(condition: ContactCondition, now: number): RawBuilder<unknown> {
  switch (condition.kind) {
    case 'text':
      return textCondition(textColumn(condition.column), condition.operator, condition.values)
    case 'number':
      return numberCondition(condition, now)
    case 'moment':
      return rangeCondition(momentColumn(condition.column), condition.operator, [
        ...(condition.from === null ? [] : [[sql`>=`, condition.from] as const]),
        ...(condition.to === null ? [] : [[sql`<`, condition.to] as const]),
      ])
    case 'day':
      return rangeCondition(dayColumn(condition.column), condition.operator, [
        ...(condition.from === null ? [] : [[sql`>=`, condition.from] as const]),
        ...(condition.to === null ? [] : [[sql`<=`, condition.to] as const]),
      ])
    case 'boolean':
      return sql`${customColumn(condition.column)} is ${condition.is ? 1 : 0}`
    case 'tags':
    case 'lists':
    case 'segments': {
      const { kind, operator, ids } = condition
      const each = ids.map(id => memberOf(kind, id))
      if (operator === 'none') return sql`not (${sql.join(each, sql` or `)})`
      return sql`(${sql.join(each, operator === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'owners':
      return ownerCondition(condition.operator, condition.ids)
    default:
      return assertNever(condition)
  }
}

function ownerCondition(
  operator: 'any' | 'none' | 'is_empty' | 'is_not_empty',
  ids: readonly string[],
): RawBuilder<unknown> {
  if (operator === 'is_empty') return sql`contacts.owner_id is null`
  if (operator === 'is_not_empty') return sql`contacts.owner_id is not null`
  const owned = ids.length === 0 ? sql`false` : sql`contacts.owner_id in (${sql.join(ids)})`
  // Who has no owner is not owned by any of them.
  return operator === 'any' ? owned : sql`(contacts.owner_id is null or not ${owned})`
}

type TextOperator = Extract<ContactCondition, { kind: 'text' }>['operator']

function textCondition(
  column: RawBuilder<unknown>,
  operator: TextOperator,
  values: readonly string[],
): RawBuilder<unknown> {
  if (operator === 'is_empty') return sql`coalesce(${column}, '') = ''`
  if (operator === 'is_not_empty') return sql`coalesce(${column}, '') <> ''`
  const text = sql`coalesce(${column}, '')`
  const match = operator === 'not_equals' ? 'equals' : operator
  const any = values.map(value => textMatches(text, match, value))
  const matches = any.length === 0 ? sql`false` : sql`(${sql.join(any, sql` or `)})`
  return operator === 'not_equals' ? sql`not ${matches}` : matches
}

function numberCondition(condition: Extract<ContactCondition, { kind: 'number' }>, now: number): RawBuilder<unknown> {
  const { column, operator, from, to } = condition
  if (column === 'engagement') return engagementCondition(operator, from, to, now)
  return rangeCondition(numberColumn(column), operator, [
    ...(from === null ? [] : [[sql`>=`, from] as const]),
    ...(to === null ? [] : [[sql`<=`, to] as const]),
  ])
}

type Bound = readonly [RawBuilder<unknown>, number | string]

function rangeCondition(
  column: RawBuilder<unknown>,
  operator: 'between' | 'is_empty' | 'is_not_empty',
  bounds: readonly Bound[],
): RawBuilder<unknown> {
  if (operator === 'is_empty') return sql`${column} is null`
  if (operator === 'is_not_empty' || bounds.length === 0) return sql`${column} is not null`
  return sql`(${sql.join(
    bounds.map(([way, value]) => sql`${column} ${way} ${value}`),
    sql` and `,
  )})`
}

function numberColumn(column: string): RawBuilder<unknown> {
  if (column === 'leadScore') return sql`contacts.lead_score`
  if (column === 'orders') {
    return sql`(select sum(t.orders) from order_totals t where t.contact_no = contacts.no)`
  }
  if (column === 'spend') {
    return sql`(select t.value_minor from order_totals t where t.contact_no = contacts.no and t.currency = ${MAIN_CURRENCY})`
  }
  return customColumn(column)
}

/** The currency that most customers paid in; null when nobody bought anything. */
export const MAIN_CURRENCY = sql`(select currency from order_totals group by currency order by count(*) desc, currency limit 1)`

function momentColumn(column: 'createdAt' | 'updatedAt' | 'lastActivityAt' | 'lastOrderAt'): RawBuilder<unknown> {
  switch (column) {
    case 'createdAt':
      return sql`contacts.created_at`
    case 'updatedAt':
      return sql`contacts.updated_at`
    case 'lastActivityAt':
      return sql`contacts.last_activity_at`
    case 'lastOrderAt':
      return sql`(select max(t.last_at) from order_totals t where t.contact_no = contacts.no)`
    default:
      return assertNever(column)
  }
}

function dayColumn(column: string): RawBuilder<unknown> {
  if (column === 'birthday') return sql`contacts.birthday`
  // A field may hold a day with its time; the day is what is compared.
  return sql`nullif(substr(${customColumn(column)}, 1, 10), ${NO_DAY})`
}

/**
 * Engagement fades, and `heat` is kept so that a threshold on the score of today is a constant to compare with.
 */
function engagementCondition(
  operator: 'between' | 'is_empty' | 'is_not_empty',
  from: number | null,
  to: number | null,
  now: number,
): RawBuilder<unknown> {
  const engaged = sql`contacts.no in (select contact_no from engagement where heat is not null)`
  if (operator === 'is_empty') return sql`not ${engaged}`
  if (operator === 'is_not_empty' || (from === null && to === null)) return engaged
  const least = from === null || from <= 0 ? null : heatForScore(from, now)
  const most = to === null || to >= 100 ? null : heatForScore(to, now)
  // Who has never reacted has a score of 0.
  if (least === null) {
    return most === null ? sql`true` : sql`contacts.no not in (select contact_no from engagement where heat > ${most})`
  }
  return most === null
    ? sql`contacts.no in (select contact_no from engagement where heat >= ${least})`
    : sql`contacts.no in (select contact_no from engagement where heat >= ${least} and heat <= ${most})`
}

import { sql } from 'kysely'
import type { Leaf, PropertyAsk } from '../rule/ask.ts'
import { isAtLeastOne } from '../rule/range.ts'
import { inRange, type LeafForm, plainSet, rowSet } from './form-store.ts'
import { folded, type Sql } from './text-store.ts'

type EventsLeaf = Extract<Leaf, { kind: 'events' }>

/** Questions about events: answered from the activity where that knows it, from the events otherwise. */
export function eventsForm(leaf: EventsLeaf): LeafForm {
  const isPlain = leaf.campaignId === null && leaf.properties.length === 0 && leaf.to === null
  if (isPlain && leaf.from === null)
    return activityForm(leaf, column => inRange(sql.ref(`${column}events`), leaf.range))
  if (isPlain && isAtLeastOne(leaf.range)) {
    return activityForm(leaf, column => sql`${sql.ref(`${column}last_at`)} >= ${leaf.from}`)
  }
  return rowsForm(leaf)
}

function activityForm({ event, name }: EventsLeaf, test: (alias: '' | 'x.') => Sql): LeafForm {
  return {
    column: null,
    set: rowSet({
      table: `contact_activity ${event} ${name}`,
      select: sql`select contact_no as no from contact_activity where kind = ${event} and name = ${name}`,
      walk: null,
      test: test(''),
    }),
    probe: no => sql`exists (select 1 from contact_activity x where x.contact_no = ${no} and x.kind = ${event}
      and x.name = ${name} and ${test('x.')})`,
    probeCost: 0.8,
  }
}

function rowsForm(leaf: EventsLeaf): LeafForm {
  const { from, to, campaignId, properties } = leaf
  const parts: Sql[] = [sql`e.kind = ${leaf.event}`]
  if (campaignId !== null) parts.push(sql`e.campaign_id = ${campaignId}`)
  // Events of campaigns have no name, and the index of campaigns does not hold it.
  if (campaignId === null || leaf.event === 'custom') parts.push(sql`e.name = ${leaf.name}`)
  if (from !== null) parts.push(sql`e.at >= ${from}`)
  if (to !== null) parts.push(sql`e.at < ${to}`)
  parts.push(...properties.map(propertyIs))
  const where = sql.join(parts, sql` and `)
  const isOnce = isAtLeastOne(leaf.range)
  const grouped = inRange(sql`count(*)`, leaf.range)
  const rows = sql`select e.contact_no as no from contact_events e where ${where}`
  return {
    column: null,
    set: plainSet(isOnce ? rows : sql`${rows} group by e.contact_no having ${grouped}`, {
      rows,
      isDistinct: !isOnce,
      readCost: properties.length > 0 ? 2 : 0.3,
    }),
    probe: no =>
      isOnce
        ? sql`exists (select 1 from contact_events e where e.contact_no = ${no} and ${where})`
        : sql`coalesce((select ${grouped} from contact_events e where e.contact_no = ${no} and ${where}
            having count(*) > 0), 0)`,
    probeCost: 3,
  }
}

/** Names of properties have neither quotes nor backslashes (segment-rule.ts), so that the path means what it says. */
function propertyIs({ name, operator, value }: PropertyAsk): Sql {
  const path = `$."${name}"`
  const found = sql`json_extract(e.properties, ${path})`
  const type = sql`json_type(e.properties, ${path})`
  if (operator === 'is_present') return sql`${type} in ('text', 'integer', 'real')`
  if (typeof value === 'number') {
    return sql`(${type} in ('integer', 'real') and ${found} ${sql.raw(COMPARISON[operator])} ${value})`
  }
  const text = folded(sql`lower(${found})`, value)
  const test =
    operator === 'contains'
      ? sql`instr(${text}, ${value}) > 0`
      : operator === 'equals'
        ? sql`${text} = ${value}`
        : operator === 'not_equals'
          ? sql`${text} <> ${value}`
          : sql`0`
  // A whole number is compared as it is written; greater ones than these are written in more than one way.
  const isWritten = sql`(${type} = 'text' or (${type} = 'integer' and abs(${found}) <= ${Number.MAX_SAFE_INTEGER}))`
  return sql`(${isWritten} and ${test})`
}

const COMPARISON = {
  equals: '=',
  not_equals: '<>',
  contains: 'is not distinct from',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
} as const satisfies Readonly<Record<Exclude<PropertyAsk['operator'], 'is_present'>, string>>

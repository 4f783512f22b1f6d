import type { CustomFieldInfo } from '../../../shared/domain/segment-fields.ts'
import type {
  Condition,
  CountOperator,
  DateOperator,
  NumberOperator,
  TextOperator,
} from '../../../shared/domain/segment-rule.ts'

import { at, dayOf, lengthOf, numberOf, pairOf, recordOf, textsOf } from './foreign-value.ts'

/** What the workspace has that a foreign rule may name. */
export interface RuleReading {
  readonly custom: readonly CustomFieldInfo[]
  readonly tags: readonly { readonly id: string; readonly name: string }[]
  readonly ids: { next(): string }
  /** Says that something cannot be used. */
  problem(path: string, text: string): void
  /** Says how something was read. */
  note(text: string): void
}

/** A condition as other programs write it. */
export interface ForeignCondition {
  readonly path: string
  readonly field: string
  readonly operator: string
  readonly value: unknown
  readonly coordinates: unknown
}

const TEXT_FIELDS: Readonly<Record<string, string>> = {
  first_name: 'firstName',
  last_name: 'lastName',
  company: 'company',
  email: 'email',
  phone: 'phone',
  country: 'country',
  city: 'city',
  state: 'region',
  region: 'region',
  postal_code: 'postalCode',
  language: 'language',
  source: 'source',
  status: 'leadStatus',
  lead_status: 'leadStatus',
  quality: 'leadQuality',
  lead_quality: 'leadQuality',
}

const DATE_FIELDS: Readonly<Record<string, string>> = {
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  last_activity_date: 'lastActivityAt',
  last_activity_at: 'lastActivityAt',
  birthday: 'birthday',
}

const PURCHASES: Readonly<Record<string, 'count' | 'spend' | 'average'>> = {
  total_spend: 'spend',
  total_spent: 'spend',
  lifetime_value: 'spend',
  order_count: 'count',
  total_orders: 'count',
  average_order_value: 'average',
}

const EVENTS: Readonly<Record<string, 'opened' | 'replied' | 'clicked'>> = {
  messages_opened: 'opened',
  messages_replied: 'replied',
  links_clicked: 'clicked',
}

/** Reads one condition; null when it was reported as a problem. */
export function readForeignCondition(given: ForeignCondition, reading: RuleReading): Condition | null {
  const own = given.field.replace(/^custom_data\./, '')
  const field = pick(own, reading)
  if (given.field !== own || field !== null) {
    const custom = reading.custom.find(one => one.key === own)
    if (custom) return customCondition({ ...given, field: `custom:${own}` }, custom.type, reading)
  }
  if (own === 'tags') return tagsCondition(given, reading)
  if (own === 'distance_from') return placeCondition(given, reading)
  const text = at(TEXT_FIELDS, own)
  if (text !== null) {
    if (given.field !== own) reading.note(`${given.field} was read as the field ${text}.`)
    return textCondition({ ...given, field: text }, reading)
  }
  const date = at(DATE_FIELDS, own)
  if (date !== null) return dateCondition({ ...given, field: date }, reading)
  if (own === 'last_purchase_date' || own === 'first_purchase_date') return purchaseDate(own, given, reading)
  const measure = at(PURCHASES, own)
  if (measure !== null) {
    if (given.field !== own) reading.note(`${given.field} was read as the ${measure} of all paid orders.`)
    return counted(given, reading, comparison => ({
      kind: 'purchases',
      ...node(reading),
      measure,
      of: null,
      currency: null,
      window: { kind: 'ever' },
      ...comparison,
    }))
  }
  if (own === 'purchased_product' || own === 'purchased_category') return boughtCondition(own, given, reading)
  const event = at(EVENTS, own)
  if (event !== null) {
    return counted(given, reading, comparison => ({
      kind: 'events',
      ...node(reading),
      event,
      name: '',
      campaignId: null,
      properties: [],
      window: { kind: 'ever' },
      ...comparison,
    }))
  }
  if (own === 'engagement_score' || own === 'lead_score') {
    const score = own === 'lead_score' ? 'lead' : 'engagement'
    return counted(given, reading, comparison => ({ kind: 'score', ...node(reading), score, ...comparison }))
  }
  return refuse(reading, given.path, `There is no field "${given.field}" here.`)
}

function pick(own: string, reading: RuleReading): string | null {
  return reading.custom.some(one => one.key === own) && at(TEXT_FIELDS, own) === null ? own : null
}

function node(reading: RuleReading): { readonly id: string; readonly negated: false } {
  return { id: reading.ids.next(), negated: false }
}

function refuse(reading: RuleReading, path: string, text: string): null {
  reading.problem(path, text)
  return null
}

const NO_DATES = { date: null, until: null, n: null, unit: 'days' } as const

function customCondition(
  given: ForeignCondition,
  type: CustomFieldInfo['type'],
  reading: RuleReading,
): Condition | null {
  switch (type) {
    case 'text':
    case 'choice':
      return textCondition(given, reading)
    case 'number':
      return counted(given, reading, comparison => ({
        kind: 'number',
        ...node(reading),
        field: given.field,
        ...comparison,
        operator: NUMBER_AGAIN[comparison.operator],
      }))
    case 'date':
      return dateCondition(given, reading)
    case 'boolean':
      return booleanCondition(given, reading)
    case 'list': {
      const values = textsOf(given.value)
      if (given.operator === 'contains' || given.operator === 'equals' || given.operator === 'in') {
        return { kind: 'values', ...node(reading), field: given.field, operator: 'has_any', values: [...values] }
      }
      if (given.operator === 'not_contains' || given.operator === 'not_in') {
        return { kind: 'values', ...node(reading), field: given.field, operator: 'has_none', values: [...values] }
      }
      return unknownOperator(given, reading)
    }
  }
}

const NUMBER_AGAIN = {
  '=': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  between: 'between',
} as const satisfies Readonly<Record<CountOperator, NumberOperator>>

const TEXT_OPERATORS: Readonly<Record<string, TextOperator>> = {
  equals: 'equals',
  not_equals: 'not_equals',
  contains: 'contains',
  not_contains: 'not_contains',
  starts_with: 'starts_with',
  ends_with: 'ends_with',
  in: 'in',
  not_in: 'not_in',
  is_empty: 'is_empty',
  is_not_empty: 'is_not_empty',
}

function unknownOperator({ path, operator, field }: ForeignCondition, reading: RuleReading): null {
  return refuse(reading, path, `"${operator}" cannot be asked of "${field}".`)
}

function textCondition(given: ForeignCondition, reading: RuleReading): Condition | null {
  const operator = at(TEXT_OPERATORS, given.operator)
  if (operator === null) return unknownOperator(given, reading)
  const values = operator === 'is_empty' || operator === 'is_not_empty' ? [] : textsOf(given.value)
  const isMany = operator === 'in' || operator === 'not_in'
  if (values.length === 0 && operator !== 'is_empty' && operator !== 'is_not_empty') {
    return refuse(reading, given.path, 'A value is missing.')
  }
  if (values.length > 1 && !isMany) return refuse(reading, given.path, `"${given.operator}" takes one value.`)
  return { kind: 'text', ...node(reading), field: given.field, operator, values: [...values] }
}

function booleanCondition(given: ForeignCondition, reading: RuleReading): Condition | null {
  const isTrue = given.operator === 'is_true' || (given.operator === 'equals' && given.value === true)
  const isFalse = given.operator === 'is_false' || (given.operator === 'equals' && given.value === false)
  if (!isTrue && !isFalse) return unknownOperator(given, reading)
  return { kind: 'boolean', ...node(reading), field: given.field, operator: isTrue ? 'is_true' : 'is_false' }
}

const NUMBER_OPERATORS: Readonly<Record<string, CountOperator>> = {
  equals: '=',
  not_equals: '!=',
  greater_than: '>',
  greater_than_or_equal: '>=',
  gte: '>=',
  gt: '>',
  less_than: '<',
  less_than_or_equal: '<=',
  lte: '<=',
  lt: '<',
  between: 'between',
}

interface Comparison {
  readonly operator: CountOperator
  readonly value: number
  readonly to: number | null
}

function counted(
  given: ForeignCondition,
  reading: RuleReading,
  make: (comparison: Comparison) => Condition,
): Condition | null {
  const operator = at(NUMBER_OPERATORS, given.operator)
  if (operator === null) return unknownOperator(given, reading)
  const [low, high] = pairOf(given.value)
  const value = numberOf(low)
  const to = operator === 'between' ? numberOf(high) : null
  if (value === null || (operator === 'between' && to === null)) {
    return refuse(reading, given.path, 'A number is missing.')
  }
  return make({ operator, value, to })
}

const DATE_OPERATORS: Readonly<Record<string, DateOperator>> = {
  before: 'before',
  less_than: 'before',
  after: 'after',
  greater_than: 'after',
  on: 'on',
  equals: 'on',
  between: 'between',
  within_last: 'within_last',
  more_than_ago: 'more_than_ago',
  within_next: 'within_next',
  is_today: 'is_today',
  is_empty: 'is_empty',
  is_not_empty: 'is_not_empty',
}

type DateParts = Pick<Extract<Condition, { kind: 'date' }>, 'operator' | 'date' | 'until' | 'n' | 'unit'>

function dateParts(given: ForeignCondition, reading: RuleReading): DateParts | null {
  const operator = at(DATE_OPERATORS, given.operator)
  if (operator === null) return unknownOperator(given, reading)
  if (operator === 'within_last' || operator === 'more_than_ago' || operator === 'within_next') {
    const length = lengthOf(given.value)
    return length ? { ...NO_DATES, operator, ...length } : refuse(reading, given.path, 'It does not say how long.')
  }
  if (operator === 'is_today' || operator === 'is_empty' || operator === 'is_not_empty')
    return { ...NO_DATES, operator }
  const [from, to] = pairOf(given.value)
  const date = dayOf(from)
  const until = operator === 'between' ? dayOf(to) : null
  if (date === null || (operator === 'between' && until === null)) {
    return refuse(reading, given.path, 'That is not a date. Write it as 2026-04-23.')
  }
  if (typeof from === 'string' && from.length > 10)
    reading.note(`${given.path}: the time of day was left out; whole days count.`)
  return { ...NO_DATES, operator, date, until }
}

function dateCondition(given: ForeignCondition, reading: RuleReading): Condition | null {
  const parts = dateParts(given, reading)
  return parts && { kind: 'date', ...node(reading), field: given.field, ...parts }
}

function purchaseDate(own: string, given: ForeignCondition, reading: RuleReading): Condition | null {
  if (given.field !== own)
    reading.note(`${given.field} was read as the date of the ${own.slice(0, own.indexOf('_'))} paid order.`)
  const parts = dateParts(given, reading)
  return (
    parts && {
      kind: 'purchase_date',
      ...node(reading),
      which: own === 'last_purchase_date' ? 'last' : 'first',
      ...parts,
    }
  )
}

function tagsCondition(given: ForeignCondition, reading: RuleReading): Condition | null {
  const operators = {
    contains: 'has_any',
    equals: 'has_any',
    in: 'has_any',
    has_any: 'has_any',
    has_all: 'has_all',
    has_none: 'has_none',
    not_contains: 'has_none',
    not_equals: 'has_none',
    not_in: 'has_none',
  } as const satisfies Readonly<Record<string, 'has_any' | 'has_all' | 'has_none'>>
  const operator = at(operators, given.operator)
  if (operator === null) return unknownOperator(given, reading)
  const names = textsOf(given.value)
  const ids = names.flatMap(name => {
    const tag = reading.tags.find(one => one.name.toLowerCase() === name.trim().toLowerCase())
    if (!tag) reading.problem(given.path, `There is no tag "${name}". Make it first, or choose another.`)
    return tag ? [tag.id] : []
  })
  if (names.length === 0) return refuse(reading, given.path, 'A tag is missing.')
  return ids.length === names.length
    ? { kind: 'membership', ...node(reading), of: 'tags', operator, ids, statuses: [] }
    : null
}

function placeCondition(given: ForeignCondition, reading: RuleReading): Condition | null {
  const point = recordOf(given.coordinates)
  const latitude = numberOf(point?.['lat'] ?? point?.['latitude'])
  const longitude = numberOf(point?.['lon'] ?? point?.['lng'] ?? point?.['longitude'])
  const radius = numberOf(given.value)
  if (latitude === null || longitude === null || radius === null || radius <= 0) {
    return refuse(reading, given.path, 'A distance needs a number and coordinates.')
  }
  if (given.operator !== 'less_than' && given.operator !== 'greater_than') return unknownOperator(given, reading)
  reading.note(`${given.path}: the distance was read in miles.`)
  const operator = given.operator === 'less_than' ? 'within' : 'outside'
  return { kind: 'place', ...node(reading), operator, latitude, longitude, label: '', radius, unit: 'mi' }
}

function boughtCondition(own: string, given: ForeignCondition, reading: RuleReading): Condition | null {
  const values = textsOf(given.value)
  const isNot = given.operator === 'not_equals' || given.operator === 'not_in'
  if (!isNot && given.operator !== 'equals' && given.operator !== 'in') return unknownOperator(given, reading)
  if (values.length === 0) return refuse(reading, given.path, 'A value is missing.')
  return {
    kind: 'purchases',
    id: reading.ids.next(),
    negated: isNot,
    measure: 'count',
    of: { by: own === 'purchased_product' ? 'name' : 'category', values: [...values] },
    currency: null,
    window: { kind: 'ever' },
    operator: '>=',
    value: 1,
    to: null,
  }
}

import type { Condition, RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { type RuleReading, readForeignCondition } from './foreign-condition.ts'

type Filter = Readonly<Record<string, unknown>>

const TEXTS: Readonly<Record<string, string>> = { status: 'status', quality: 'quality', city: 'city', state: 'state' }

/** Leads: who has one of the values of every field that is named, and has not ordered yet. */
export function readLeadFilter(filter: Filter, reading: RuleReading): RuleGroup {
  const conditions = Object.entries(filter).flatMap(([key, value]) => {
    const field = Object.hasOwn(TEXTS, key) ? TEXTS[key] : undefined
    if (field !== undefined) return read(key, field, 'in', Array.isArray(value) ? value : [value], reading)
    if (key === 'tags') return read(key, 'tags', 'in', value, reading)
    reading.problem(key, `"${key}" cannot be asked here.`)
    return []
  })
  reading.note('Leads were read as contacts without a paid order.')
  return group([...conditions, orders('=', 0, reading)], reading)
}

/** Customers: who has ordered, within the bounds that are named. */
export function readCustomerFilter(filter: Filter, reading: RuleReading): RuleGroup {
  const conditions = Object.entries(filter).flatMap(([key, value]): readonly Condition[] => {
    switch (key) {
      case 'engagementScore':
        reading.note('The engagement score from 0 to 10 was read as ten times as much, from 0 to 100.')
        return bounds(key, value, reading, ({ operator, bound }) => ({
          kind: 'score',
          ...node(reading),
          score: 'engagement',
          operator,
          value: bound * 10,
          to: null,
        }))
      case 'totalSpent':
        return bounds(key, value, reading, ({ operator, bound }) => ({
          ...orders(operator, bound, reading),
          measure: 'spend',
        }))
      case 'totalOrders':
        return bounds(key, value, reading, ({ operator, bound }) => orders(operator, bound, reading))
      case 'lastOrderDays':
        return bounds(key, value, reading, ({ operator, bound }) => {
          const isRecent = operator === '<=' || operator === '<'
          const within = { kind: 'purchase_date', ...node(reading), which: 'last', date: null, until: null } as const
          const n =
            operator === '<'
              ? Math.max(0, Math.ceil(bound) - 1)
              : operator === '>='
                ? Math.ceil(bound) - 1
                : Math.floor(bound)
          return { ...within, operator: isRecent ? 'within_last' : 'more_than_ago', n: Math.max(0, n), unit: 'days' }
        })
      case 'tags':
        return read(key, 'tags', 'in', value, reading)
      default:
        reading.problem(key, `"${key}" cannot be asked here.`)
        return []
    }
  })
  reading.note('Customers were read as contacts with a paid order.')
  return group([...conditions, orders('>=', 1, reading)], reading)
}

function read(
  path: string,
  field: string,
  operator: string,
  value: unknown,
  reading: RuleReading,
): readonly Condition[] {
  const condition = readForeignCondition({ path, field, operator, value, coordinates: null }, reading)
  return condition ? [condition] : []
}

type BoundOperator = '>=' | '<=' | '>' | '<'
const BOUNDS: Readonly<Record<string, BoundOperator>> = { gte: '>=', lte: '<=', gt: '>', lt: '<' }

function bounds(
  path: string,
  value: unknown,
  reading: RuleReading,
  make: (one: { readonly operator: BoundOperator; readonly bound: number }) => Condition,
): readonly Condition[] {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
  if (entries.length === 0) reading.problem(path, 'Bounds were expected, such as { "gte": 5 }.')
  return entries.flatMap(([name, bound]: readonly [string, unknown]) => {
    const operator = Object.hasOwn(BOUNDS, name) ? BOUNDS[name] : undefined
    if (operator !== undefined && typeof bound === 'number' && Number.isFinite(bound))
      return [make({ operator, bound })]
    reading.problem(`${path}.${name}`, 'That is not a bound: gte, gt, lte or lt with a number was expected.')
    return []
  })
}

function orders(
  operator: '=' | BoundOperator,
  value: number,
  reading: RuleReading,
): Extract<Condition, { kind: 'purchases' }> {
  return {
    kind: 'purchases',
    ...node(reading),
    measure: 'count',
    of: null,
    currency: null,
    window: { kind: 'ever' },
    operator,
    value,
    to: null,
  }
}

function node(reading: RuleReading): { readonly id: string; readonly negated: false } {
  return { id: reading.ids.next(), negated: false }
}

function group(rules: Condition[], reading: RuleReading): RuleGroup {
  return { kind: 'group', ...node(reading), match: 'all', rules }
}

import { expect, test } from 'vitest'
import { importRule } from '../../../../src/main/segments/import-rule/import-rule.ts'
import { type Condition, conditionsOf, SegmentRule } from '../../../../src/shared/domain/segment-rule.ts'

let made = 0
const KNOWN = {
  custom: [
    { key: 'state', label: 'State', type: 'text' as const, options: [] },
    { key: 'lifetime_value', label: 'Lifetime value', type: 'number' as const, options: [] },
  ],
  tags: [{ id: 't-vip', name: 'VIP' }],
  ids: { next: () => `n${made++}` },
}
const read = (value: unknown, known = KNOWN) => importRule(JSON.stringify(value), known)
const short = (condition: Condition): string => {
  const { id: _id, ...rest } = condition
  return JSON.stringify(rest)
}

test('reads the flat form with its fields, numbers and tags', () => {
  const { format, rule, problems } = read({
    logic: 'AND',
    rules: [
      { field: 'custom_data.state', operator: 'equals', value: 'CA' },
      { field: 'custom_data.lifetime_value', operator: 'greater_than', value: 10_000 },
      { field: 'tags', operator: 'contains', value: 'vip' },
    ],
  })
  expect({ format, problems }).toEqual({ format: 'flat', problems: [] })
  expect(SegmentRule.safeParse(rule).success).toBe(true)
  expect(rule?.match).toBe('all')
  expect(rule?.rules.map(one => one.kind)).toEqual(['text', 'number', 'membership'])
  expect(rule && conditionsOf(rule)[2]).toMatchObject({ of: 'tags', operator: 'has_any', ids: ['t-vip'] })
})

test('an unknown field, operator or tag is reported with its place, and there is no rule: it would find other people', () => {
  const { rule, problems } = read({
    logic: 'OR',
    rules: [
      { field: 'opened_last_email', operator: 'equals', value: true },
      { field: 'city', operator: 'sounds_like', value: 'x' },
      { field: 'tags', operator: 'contains', value: 'unknown' },
      { field: 'city', operator: 'not_contains', value: 'Rome' },
    ],
  })
  expect(rule).toBeNull()
  expect(problems.map(one => one.path)).toEqual(['rules.0', 'rules.1', 'rules.2'])
})

test('a logic that is neither AND nor OR is reported', () => {
  const { rule, problems } = read({ logic: 'XOR', rules: [{ field: 'city', operator: 'equals', value: 'Rome' }] })
  expect(rule).toBeNull()
  expect(problems).toHaveLength(1)
})

test('without a custom field of the name a value is read as what it is called, and that is said', () => {
  const { rule, notes } = read(
    {
      logic: 'AND',
      rules: [
        { field: 'custom_data.lifetime_value', operator: 'greater_than', value: 5000 },
        { field: 'custom_data.last_purchase_date', operator: 'less_than', value: '2026-10-21T10:00:00.000Z' },
        { field: 'distance_from', operator: 'less_than', value: 50, coordinates: { lat: 34.0522, lon: -118.2437 } },
      ],
    },
    { ...KNOWN, custom: [] },
  )
  expect(rule?.rules.map(one => one.kind)).toEqual(['purchases', 'purchase_date', 'place'])
  expect(rule && conditionsOf(rule)[2]).toMatchObject({ operator: 'within', radius: 50, unit: 'mi' })
  expect(notes.length).toBeGreaterThanOrEqual(3)
})

test('reads the filter of leads as contacts without an order', () => {
  const { format, rule, problems } = read({
    audienceType: 'leads',
    audienceFilter: {
      status: ['new', 'contacted'],
      quality: ['hot'],
      tags: ['vip'],
      city: 'Mumbai',
      state: 'Maharashtra',
    },
  })
  expect({ format, problems }).toEqual({ format: 'leads', problems: [] })
  expect(
    rule?.rules.map(one => (one.kind === 'text' ? `${one.field} ${one.operator} ${one.values.join('+')}` : one.kind)),
  ).toEqual([
    'leadStatus in new+contacted',
    'leadQuality in hot',
    'membership',
    'city in Mumbai',
    'region in Maharashtra',
    'purchases',
  ])
  expect(read({ status: ['new'], assignedUserId: 'u' }).problems.map(one => one.path)).toEqual(['assignedUserId'])
})

test('reads the filter of customers, with engagement from 0 to 10 as 0 to 100', () => {
  const { format, rule, problems } = read({
    engagementScore: { gte: 5, lte: 10 },
    totalSpent: { gte: 1000, lte: 50_000 },
    totalOrders: { gte: 3 },
    lastOrderDays: { lte: 90 },
    tags: ['vip'],
  })
  expect({ format, problems }).toEqual({ format: 'customers', problems: [] })
  const conditions = rule ? conditionsOf(rule).map(short) : []
  expect(conditions[0]).toContain('"score":"engagement","operator":">=","value":50')
  expect(conditions[2]).toContain('"measure":"spend"')
  expect(conditions[5]).toContain('"operator":"within_last","n":90')
})

test('reads groups: conditions of a group hold together, groups are joined from the first to the last', () => {
  const { format, rule, problems, notes } = read({
    rules: {
      groups: [
        { rules: [{ attribute: 'city', operator: 'equals', value: 'Rome' }] },
        { operator: 'OR', rules: [{ attribute: 'total_spend', operator: 'between', value: [10, 20] }] },
        {
          operator: 'AND',
          rules: [
            { attribute: 'last_activity_date', operator: 'within_last', value: '30 days' },
            { attribute: 'messages_opened', operator: 'greater_than', value: 2 },
          ],
        },
      ],
    },
  })
  expect({ format, problems }).toEqual({ format: 'grouped', problems: [] })
  expect(rule).toMatchObject({ match: 'all', rules: [{ match: 'any' }, { match: 'all' }] })
  expect(notes).toHaveLength(1)
})

test('takes back a rule that was copied here, and says what is wrong with one that was not', () => {
  const own = { kind: 'group', id: 'r', match: 'any', negated: false, rules: [] }
  expect(read(own)).toMatchObject({ format: 'tidings', rule: own, problems: [] })
  expect(read({ ...own, match: 'sometimes' }).rule).toBeNull()
  expect(importRule('not json', KNOWN)).toMatchObject({ format: 'unknown', rule: null })
})

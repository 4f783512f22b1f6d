import { fc } from '@fast-check/vitest'
import { Condition, type Rule } from '../../../src/shared/domain/segment-rule.ts'
import { type Person, TODAY } from './segment-world.ts'

const DAY = 86_400_000
const text = fc.constantFrom(
  '',
  'Rome',
  'rome',
  'ROMA',
  'Zürich',
  'ZÜRICH',
  'zÜrich',
  'São Paulo',
  'Ελλάδα',
  'ΕΛΛΆΔΑ',
  'a%b_c\\d',
  'ro',
  'İzmir',
  'ß',
  '10',
  'ÅÄÖÉÈÊË x',
)
const instant = fc.oneof(
  fc.integer({ min: -40, max: 40 }).map(days => TODAY.now + days * DAY),
  fc.constantFrom(
    TODAY.now,
    TODAY.now + 1,
    TODAY.now - 1,
    Date.parse('2026-10-25T22:00:00Z'),
    Date.parse('2026-10-24T22:00:00Z'),
    Date.parse('2026-10-25T23:00:00Z'),
  ),
)
const day = fc.constantFrom(
  '2026-10-25',
  '2026-10-26',
  '2026-10-27',
  '2026-02-28',
  '2024-02-29',
  '2026-10-01',
  '1990-10-30',
  '2026-11-02',
)
const sku = fc.constantFrom('A1', 'a1', 'B2')
const product = fc.constantFrom('Tea', 'TEA', 'Käse', 'KÄSE', '')
const properties = fc.dictionary(
  fc.constantFrom('plan', 'n'),
  fc.oneof(text, fc.integer({ min: 0, max: 3 }), fc.constant(1.5), fc.boolean()),
  { maxKeys: 2 },
)

/** A contact with anything missing, any script, any type. */
export const aPerson: fc.Arbitrary<Person> = fc.record({
  firstName: text,
  city: text,
  country: fc.constantFrom('', 'DE', 'it'),
  email: fc.option(fc.constantFrom('a@x.org', 'B@Y.org', 'ä@x.org'), { nil: null }),
  phone: fc.option(fc.constantFrom('+4930123456', '+12025550100'), { nil: null }),
  birthday: fc.option(day, { nil: null }),
  place: fc.option(
    fc.constantFrom(
      [52.52, 13.405] as const,
      [48.137, 11.575] as const,
      [-17.7, 178.0] as const,
      [-17.7, -179.9] as const,
      [89.9, 10] as const,
    ),
    { nil: null },
  ),
  leadScore: fc.integer({ min: -5, max: 100 }),
  createdAt: instant,
  lastActivityAt: fc.option(instant, { nil: null }),
  custom: fc.record(
    {
      plan: text,
      seats: fc.oneof(fc.integer({ min: 0, max: 10 }), fc.constant(2.5)),
      renewal: day,
      trial: fc.boolean(),
      interests: fc.constantFrom('tea; Coffee', 'TEA', 'coffee|cake, tea', 'Käse,,x', '', ' tea '),
    },
    { requiredKeys: [] },
  ),
  socials: fc.record({ instagram: text }, { requiredKeys: [] }),
  tags: fc.uniqueArray(fc.constantFrom(1, 2, 3)),
  lists: fc.uniqueArray(
    fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('active', 'removed', 'bounced', 'unsubscribed')),
    {
      selector: ([list]) => list,
    },
  ),
  held: fc.uniqueArray(fc.constantFrom(1, 2)),
  orders: fc.array(
    fc.record({
      at: instant,
      currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
      value: fc.constantFrom(0, 999, 1000, 1001, 5000),
      status: fc.constantFrom('paid', 'paid', 'refunded', 'cancelled'),
      items: fc.array(
        fc.record({
          sku: fc.oneof(sku, fc.constant('')),
          name: product,
          category: product,
          value: fc.constantFrom(0, 500, 999),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 4 },
  ),
  events: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constantFrom('opened', 'clicked', 'sent'),
        name: fc.constant(''),
        at: instant,
        campaignId: fc.constantFrom(null, 'k1', 'k2'),
        properties,
      }),
      fc.record({
        kind: fc.constant('custom'),
        name: fc.constantFrom('trial', 'demo'),
        at: instant,
        campaignId: fc.constant(null),
        properties,
      }),
    ),
    { maxLength: 4 },
  ),
  heat: fc.option(fc.double({ min: 685, max: 700, noNaN: true }), { nil: null }),
  consents: fc.array(
    fc.record({ channel: fc.constantFrom('email', 'sms'), status: fc.constantFrom('granted', 'denied', 'withdrawn') }),
    { maxLength: 3 },
  ),
  suppressed: fc.uniqueArray(fc.constantFrom('email', 'sms')),
  sources: fc.uniqueArray(fc.constantFrom('shop', 'crm')),
})

const NO_STATUSES: fc.Arbitrary<never[]> = fc.constant([])
const node = { id: fc.uuid(), negated: fc.boolean() }
const words = text.filter(one => one !== '')
const dates = {
  operator: fc.constantFrom(
    'before',
    'after',
    'on',
    'between',
    'within_last',
    'more_than_ago',
    'within_next',
    'is_today',
    'is_empty',
    'is_not_empty',
  ),
  date: fc.constantFrom('2026-10-01', '2026-10-25', '2026-10-26'),
  until: fc.constantFrom('2026-10-26', '2026-11-30'),
  n: fc.integer({ min: 0, max: 40 }),
  unit: fc.constantFrom('hours', 'days', 'weeks', 'months', 'years'),
} as const
const window = fc.oneof(
  fc.constant({ kind: 'ever' as const }),
  fc.record({ kind: fc.constant('within_last' as const), n: fc.integer({ min: 1, max: 40 }), unit: dates.unit }),
  fc.record({
    kind: fc.constant('between' as const),
    from: fc.constantFrom(null, '2026-10-01'),
    to: fc.constantFrom('2026-10-25', '2026-10-26'),
  }),
)
const comparison = fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'between')
const counted = (value: fc.Arbitrary<number>) => ({ operator: comparison, value, to: fc.constantFrom(200, 1000) })
const small = fc.integer({ min: 0, max: 4 })

const anyCondition = fc.oneof(
  fc.record({
    kind: fc.constant('text'),
    ...node,
    field: fc.constantFrom(
      'firstName',
      'city',
      'country',
      'email',
      'emailDomain',
      'phone',
      'custom:plan',
      'social:instagram',
    ),
    operator: fc.constantFrom(
      'equals',
      'not_equals',
      'contains',
      'not_contains',
      'starts_with',
      'ends_with',
      'in',
      'not_in',
      'is_empty',
      'is_not_empty',
    ),
    values: fc.array(fc.oneof(words, fc.constantFrom('x.org', 'a@x.org', 'b@y.org', '+49', 'ü', 'É', 'ÅÄÖÉÈÊË x')), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    kind: fc.constant('number'),
    ...node,
    field: fc.constantFrom('latitude', 'custom:seats'),
    value: fc.constantFrom(0, 2, 2.5, 10),
    to: fc.constantFrom(12, 60),
    operator: fc.oneof(comparison, fc.constantFrom('is_empty', 'is_not_empty')),
  }),
  fc.record({
    kind: fc.constant('date'),
    ...node,
    field: fc.constantFrom('createdAt', 'lastActivityAt', 'birthday', 'custom:renewal'),
    ...dates,
  }),
  fc.record({
    kind: fc.constant('boolean'),
    ...node,
    field: fc.constant('custom:trial'),
    operator: fc.constantFrom('is_true', 'is_false', 'is_empty', 'is_not_empty'),
  }),
  fc.record({
    kind: fc.constant('values'),
    ...node,
    field: fc.constant('custom:interests'),
    operator: fc.constantFrom('has_any', 'has_all', 'has_none', 'is_empty', 'is_not_empty'),
    values: fc.array(fc.constantFrom('tea', 'Coffee', 'KÄSE', 'cake'), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('membership'),
    ...node,
    of: fc.constant('tags'),
    operator: fc.constantFrom('has_any', 'has_all', 'has_none'),
    ids: fc.subarray(['t1', 't2', 't3'], { minLength: 1 }),
    statuses: NO_STATUSES,
  }),
  fc.record({
    kind: fc.constant('membership'),
    ...node,
    of: fc.constant('lists'),
    operator: fc.constantFrom('has_any', 'has_all', 'has_none'),
    ids: fc.subarray(['l1', 'l2'], { minLength: 1 }),
    statuses: fc.subarray(['active', 'removed', 'bounced', 'unsubscribed']),
  }),
  fc.record({
    kind: fc.constant('membership'),
    ...node,
    of: fc.constant('segments'),
    operator: fc.constantFrom('has_any', 'has_all', 'has_none'),
    ids: fc.subarray(['s1', 's2'], { minLength: 1 }),
    statuses: NO_STATUSES,
  }),
  fc.record({
    kind: fc.constant('place'),
    ...node,
    operator: fc.constantFrom('within', 'outside'),
    latitude: fc.constantFrom(52.52, -17.8, 89.5),
    longitude: fc.constantFrom(13.4, 179.9, -179.9),
    label: fc.constant(''),
    radius: fc.constantFrom(1, 50, 400, 20_000),
    unit: fc.constantFrom('km', 'mi'),
  }),
  fc.record({
    kind: fc.constant('anniversary'),
    ...node,
    field: fc.constantFrom('birthday', 'custom:renewal'),
    operator: fc.constantFrom('is_today', 'within_next', 'within_last'),
    days: fc.constantFrom(0, 1, 7, 130, 366),
  }),
  fc.record({
    kind: fc.constant('purchases'),
    ...node,
    measure: fc.constantFrom('count', 'spend', 'average'),
    of: fc.option(
      fc.oneof(
        fc.record({ by: fc.constant('sku' as const), values: fc.array(sku, { minLength: 1, maxLength: 2 }) }),
        fc.record({
          by: fc.constantFrom('name' as const, 'category' as const),
          values: fc.array(
            product.filter(one => one !== ''),
            { minLength: 1, maxLength: 2 },
          ),
        }),
      ),
      { nil: null },
    ),
    currency: fc.constantFrom(null, 'EUR', 'JPY'),
    window,
    ...counted(fc.constantFrom(0, 1, 2, 10, 10.01, 20)),
  }),
  fc.record({ kind: fc.constant('purchase_date'), ...node, which: fc.constantFrom('first', 'last'), ...dates }),
  fc.record({
    kind: fc.constant('events'),
    ...node,
    event: fc.constantFrom('opened', 'clicked', 'sent', 'custom'),
    name: fc.constantFrom('trial', 'demo'),
    campaignId: fc.constantFrom(null, null, 'k1'),
    properties: fc.array(
      fc.oneof(
        fc.record({
          name: fc.constantFrom('plan', 'n'),
          operator: fc.constantFrom('equals', 'not_equals', 'contains', 'is_present'),
          value: words,
        }),
        fc.record({
          name: fc.constantFrom('plan', 'n'),
          operator: fc.constantFrom('equals', 'not_equals', '<', '<=', '>', '>=', 'is_present'),
          value: fc.constantFrom(0, 1, 1.5),
        }),
      ),
      { maxLength: 1 },
    ),
    window,
    ...counted(small),
  }),
  fc.record({
    kind: fc.constant('score'),
    ...node,
    score: fc.constantFrom('engagement', 'lead'),
    ...counted(fc.constantFrom(0, 5, 25, 59, 60, 100)),
  }),
  fc.record({
    kind: fc.constant('consent'),
    ...node,
    channel: fc.constantFrom('email', 'sms'),
    status: fc.constantFrom('granted', 'denied', 'withdrawn', 'unknown'),
  }),
  fc.record({ kind: fc.constant('suppressed'), ...node, channel: fc.constantFrom('email', 'sms') }),
  fc.record({ kind: fc.constant('external'), ...node, source: fc.constantFrom('', 'shop', 'crm') }),
)

/** Any condition that says something. */
export const aCondition: fc.Arbitrary<Condition> = anyCondition.map(one => Condition.parse(one))

/** A tree of groups and conditions, up to three groups deep. */
export const aRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule; group: Rule }>(tie => ({
  rule: fc.oneof({ depthSize: 'small', maxDepth: 3 }, aCondition, tie('group')),
  group: fc.record({
    kind: fc.constant('group' as const),
    ...node,
    match: fc.constantFrom('all' as const, 'any' as const),
    rules: fc.array(tie('rule'), { minLength: 1, maxLength: 4 }),
  }),
})).group

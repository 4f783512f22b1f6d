import { fc } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { leavesOf, peopleStore } from '../../../src/main/segments/people/people-store.ts'
import { readRule } from '../../../src/main/segments/rule/read-rule.ts'
import { problemsOf } from '../../../src/main/segments/rule/setting.ts'
import type { Condition } from '../../../src/shared/domain/segment-rule.ts'
import { aPerson } from './random-rules.ts'
import { makeWorld, type Person, planFor, SETTING, TODAY } from './segment-world.ts'

type Case = readonly [condition: Condition, expected: (person: Person) => boolean]

const node = { id: 'n', negated: false }
// Days of Berlin, written down by hand: clocks went back on 25 October 2026.
const OCT_24 = Date.parse('2026-10-23T22:00:00Z')
const OCT_25 = Date.parse('2026-10-24T22:00:00Z')
const OCT_26 = Date.parse('2026-10-25T23:00:00Z')
const OCT_27 = Date.parse('2026-10-26T23:00:00Z')
const NOV_3 = Date.parse('2026-11-02T23:00:00Z')
const SEP_26 = Date.parse('2026-09-25T22:00:00Z')
const { now } = TODAY

const lower = (text: string): string => text.toLowerCase()
const texts = (field: string, of: (person: Person) => string): readonly Case[] => {
  const ask = (operator: Extract<Condition, { kind: 'text' }>['operator'], ...values: string[]): Condition => ({
    kind: 'text',
    ...node,
    field,
    operator,
    values,
  })
  return [
    [ask('equals', 'ZÜRICH'), person => lower(of(person)) === 'zürich'],
    [ask('not_equals', 'zürich'), person => lower(of(person)) !== 'zürich'],
    [ask('contains', 'O'), person => lower(of(person)).includes('o')],
    [ask('contains', 'ελλ'), person => lower(of(person)).includes('ελλ')],
    [ask('not_contains', '%'), person => !of(person).includes('%')],
    [ask('starts_with', 'SÃO'), person => lower(of(person)).startsWith('são')],
    [ask('starts_with', 'a%B_'), person => lower(of(person)).startsWith('a%b_')],
    [ask('ends_with', 'Άδα'), person => lower(of(person)).endsWith('άδα')],
    [ask('in', 'rome', 'ß', 'x'), person => ['rome', 'ß', 'x'].includes(lower(of(person)))],
    [ask('not_in', 'rome', 'roma'), person => !['rome', 'roma'].includes(lower(of(person)))],
    [ask('is_empty'), person => of(person) === ''],
    [ask('is_not_empty'), person => of(person) !== ''],
  ]
}

const numbers: readonly Case[] = (() => {
  const seats = (person: Person): number | null => {
    const value = person.custom['seats']
    return typeof value === 'number' ? value : null
  }
  const ask = (
    operator: Extract<Condition, { kind: 'number' }>['operator'],
    value: number | null = null,
    to: number | null = null,
  ): Condition => ({
    kind: 'number',
    ...node,
    field: 'custom:seats',
    operator,
    value,
    to,
  })
  const known = (test: (value: number) => boolean) => (person: Person) => {
    const value = seats(person)
    return value !== null && test(value)
  }
  return [
    [ask('=', 2.5), known(value => value === 2.5)],
    [ask('!=', 2.5), person => seats(person) !== 2.5],
    [ask('<', 3), known(value => value < 3)],
    [ask('<=', 3), known(value => value <= 3)],
    [ask('>', 3), known(value => value > 3)],
    [ask('>=', 3), known(value => value >= 3)],
    [ask('between', 2, 3), known(value => value >= 2 && value <= 3)],
    [ask('is_empty'), person => seats(person) === null],
    [ask('is_not_empty'), person => seats(person) !== null],
  ]
})()

type DateOperator = Extract<Condition, { kind: 'date' }>['operator']
type Length = Pick<Extract<Condition, { kind: 'date' }>, 'n' | 'unit'>
const date = (
  field: string,
  operator: DateOperator,
  days: readonly [string?, string?] = [],
  length: Length = { n: null, unit: 'days' },
): Condition => ({ kind: 'date', ...node, field, operator, date: days[0] ?? null, until: days[1] ?? null, ...length })

const instants: readonly Case[] = (() => {
  const at = (test: (instant: number) => boolean) => (person: Person) =>
    person.lastActivityAt !== null && test(person.lastActivityAt)
  const field = 'lastActivityAt'
  return [
    [date(field, 'before', ['2026-10-25']), at(instant => instant < OCT_25)],
    [date(field, 'after', ['2026-10-25']), at(instant => instant >= OCT_26)],
    [date(field, 'on', ['2026-10-25']), at(instant => instant >= OCT_25 && instant < OCT_26)],
    [date(field, 'between', ['2026-10-24', '2026-10-25']), at(instant => instant >= OCT_24 && instant < OCT_26)],
    [date(field, 'is_today'), at(instant => instant >= OCT_26 && instant < OCT_27)],
    [date(field, 'within_last', [], { n: 1, unit: 'days' }), at(instant => instant >= OCT_25 && instant <= now)],
    [date(field, 'within_last', [], { n: 1, unit: 'months' }), at(instant => instant >= SEP_26 && instant <= now)],
    [
      date(field, 'within_last', [], { n: 36, unit: 'hours' }),
      at(instant => instant >= now - 36 * 3_600_000 && instant <= now),
    ],
    [date(field, 'more_than_ago', [], { n: 1, unit: 'days' }), at(instant => instant < OCT_25)],
    [date(field, 'within_next', [], { n: 1, unit: 'weeks' }), at(instant => instant > now && instant < NOV_3)],
    [date(field, 'is_empty'), person => person.lastActivityAt === null],
    [date(field, 'is_not_empty'), person => person.lastActivityAt !== null],
  ]
})()

const days = (field: string, of: (person: Person) => string | null): readonly Case[] => {
  const at = (test: (day: string) => boolean) => (person: Person) => {
    const day = of(person)
    return day !== null && test(day)
  }
  return [
    [date(field, 'before', ['2026-10-25']), at(day => day < '2026-10-25')],
    [date(field, 'after', ['2026-10-25']), at(day => day > '2026-10-25')],
    [date(field, 'on', ['2026-10-25']), at(day => day === '2026-10-25')],
    [date(field, 'between', ['2026-10-25', '2026-10-27']), at(day => day >= '2026-10-25' && day <= '2026-10-27')],
    [date(field, 'is_today'), at(day => day === '2026-10-26')],
    [date(field, 'within_last', [], { n: 4, unit: 'weeks' }), at(day => day >= '2026-09-28' && day <= '2026-10-26')],
    [date(field, 'more_than_ago', [], { n: 1, unit: 'days' }), at(day => day < '2026-10-25')],
    [date(field, 'within_next', [], { n: 7, unit: 'days' }), at(day => day >= '2026-10-26' && day <= '2026-11-02')],
    [date(field, 'is_empty'), person => of(person) === null],
    [date(field, 'is_not_empty'), person => of(person) !== null],
    [
      { kind: 'anniversary', ...node, field, operator: 'within_next', days: 7 },
      at(day => ['10-26', '10-27', '10-28', '10-29', '10-30', '10-31', '11-01', '11-02'].includes(day.slice(5))),
    ],
    [{ kind: 'anniversary', ...node, field, operator: 'is_today', days: null }, at(day => day.endsWith('10-26'))],
    [
      { kind: 'anniversary', ...node, field, operator: 'within_last', days: 1 },
      at(day => day.endsWith('10-26') || day.endsWith('10-25')),
    ],
  ]
}

const customText =
  (key: string) =>
  (person: Person): string => {
    const value = person.custom[key]
    return typeof value === 'string' ? value : ''
  }
const elements = (person: Person): readonly string[] =>
  lower(customText('interests')(person))
    .split(/[,;|]/)
    .map(one => one.trim())
const values = (operator: Extract<Condition, { kind: 'values' }>['operator'], ...wanted: string[]): Condition => ({
  kind: 'values',
  ...node,
  field: 'custom:interests',
  operator,
  values: wanted,
})
const flags = (operator: Extract<Condition, { kind: 'boolean' }>['operator']): Condition => ({
  kind: 'boolean',
  ...node,
  field: 'custom:trial',
  operator,
})
const member = (
  of: 'tags' | 'lists' | 'segments',
  operator: 'has_any' | 'has_all' | 'has_none',
  ids: string[],
  statuses: Extract<Condition, { kind: 'membership' }>['statuses'] = [],
): Condition => ({ kind: 'membership', ...node, of, operator, ids, statuses })
const status = (person: Person, list: number): string => person.lists.find(([no]) => no === list)?.[1] ?? ''

const memberships: readonly Case[] = [
  [values('has_any', 'tea', 'cake'), person => elements(person).some(one => one === 'tea' || one === 'cake')],
  [values('has_all', 'TEA', 'coffee'), person => ['tea', 'coffee'].every(one => elements(person).includes(one))],
  [values('has_none', 'käse'), person => !elements(person).includes('käse')],
  [values('is_empty'), person => customText('interests')(person) === ''],
  [flags('is_true'), person => person.custom['trial'] === true],
  [flags('is_false'), person => person.custom['trial'] === false],
  [flags('is_empty'), person => person.custom['trial'] === undefined],
  [member('tags', 'has_any', ['t1', 't3']), person => person.tags.includes(1) || person.tags.includes(3)],
  [member('tags', 'has_all', ['t1', 't3']), person => person.tags.includes(1) && person.tags.includes(3)],
  [member('tags', 'has_none', ['t1', 't3']), person => !person.tags.includes(1) && !person.tags.includes(3)],
  [
    member('lists', 'has_any', ['l1', 'l2']),
    person => status(person, 1) === 'active' || status(person, 2) === 'active',
  ],
  [
    member('lists', 'has_all', ['l1', 'l2'], ['bounced', 'removed']),
    person => [1, 2].every(no => ['bounced', 'removed'].includes(status(person, no))),
  ],
  [member('lists', 'has_none', ['l1'], ['unsubscribed']), person => status(person, 1) !== 'unsubscribed'],
  [member('segments', 'has_any', ['s2']), person => person.held.includes(2)],
  [{ kind: 'suppressed', ...node, channel: 'sms' }, () => false],
  [{ kind: 'external', ...node, source: 'crm' }, person => person.sources.includes('crm')],
  [{ kind: 'external', ...node, source: '' }, person => person.sources.length > 0],
  ...(['granted', 'denied', 'withdrawn', 'unknown'] as const).map(
    (wanted): Case => [
      { kind: 'consent', ...node, channel: 'email', status: wanted },
      person => (person.consents.findLast(one => one.channel === 'email')?.status ?? 'unknown') === wanted,
    ],
  ),
]

/** Another formula than the one in use: the angle between two vectors. */
function kilometres([lat1, lon1]: readonly [number, number], [lat2, lon2]: readonly [number, number]): number {
  const vector = (lat: number, lon: number): readonly number[] => {
    const [a, b] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180]
    return [Math.cos(a) * Math.cos(b), Math.cos(a) * Math.sin(b), Math.sin(a)]
  }
  const [one, other] = [vector(lat1, lon1), vector(lat2, lon2)]
  const cosine = one.reduce((sum, part, n) => sum + part * (other[n] ?? 0), 0)
  return 6371.0088 * Math.acos(Math.min(1, Math.max(-1, cosine)))
}
const places: readonly Case[] = (
  [
    [52.5, 13.4, 60],
    [52.5, 13.4, 600],
    [-17.7, 179.5, 200],
    [89, -170, 400],
  ] as const
).flatMap(([latitude, longitude, radius]): readonly Case[] => {
  const near = (person: Person): boolean =>
    person.place !== null && kilometres([latitude, longitude], person.place) <= radius
  const place = { kind: 'place' as const, ...node, latitude, longitude, label: '', radius, unit: 'km' as const }
  return [
    [{ ...place, operator: 'within' }, near],
    [{ ...place, operator: 'outside' }, person => !near(person)],
  ]
})

type Counted = Pick<Extract<Condition, { kind: 'purchases' }>, 'operator' | 'value' | 'to'>
const COMPARISONS: readonly (readonly [Counted, (number: number) => boolean])[] = [
  [{ operator: '=', value: 1, to: null }, number => number === 1],
  [{ operator: '!=', value: 1, to: null }, number => number !== 1],
  [{ operator: '<', value: 2, to: null }, number => number < 2],
  [{ operator: '<=', value: 0, to: null }, number => number <= 0],
  [{ operator: '>', value: 1, to: null }, number => number > 1],
  [{ operator: '>=', value: 1, to: null }, number => number >= 1],
  [{ operator: 'between', value: 1, to: 2 }, number => number >= 1 && number <= 2],
]
const MONTH = { kind: 'within_last' as const, n: 1, unit: 'months' as const }
const EVER = { kind: 'ever' as const }
const paid = (person: Person) => person.orders.filter(order => order.status === 'paid')
const purchases = (more: Partial<Extract<Condition, { kind: 'purchases' }>>): Condition => ({
  kind: 'purchases',
  ...node,
  measure: 'count',
  of: null,
  currency: null,
  window: EVER,
  operator: '>=',
  value: 1,
  to: null,
  ...more,
})
const spent = (person: Person): number =>
  paid(person).reduce((sum, order) => sum + (order.currency === 'EUR' ? order.value : 0), 0)

const bought: readonly Case[] = [
  ...COMPARISONS.flatMap(([comparison, test]): readonly Case[] => [
    [purchases(comparison), person => test(paid(person).length)],
    [
      purchases({ ...comparison, window: MONTH }),
      person => test(paid(person).filter(order => order.at >= SEP_26).length),
    ],
    [
      purchases({ ...comparison, of: { by: 'name', values: ['käse', 'tea'] } }),
      person =>
        test(paid(person).filter(order => order.items.some(item => ['käse', 'tea'].includes(lower(item.name)))).length),
    ],
    [
      {
        kind: 'events',
        ...node,
        event: 'opened',
        name: '',
        campaignId: null,
        properties: [],
        window: EVER,
        ...comparison,
      },
      person => test(person.events.filter(event => event.kind === 'opened').length),
    ],
    [
      {
        kind: 'events',
        ...node,
        event: 'clicked',
        name: '',
        campaignId: 'k1',
        properties: [],
        window: MONTH,
        ...comparison,
      },
      person =>
        test(person.events.filter(one => one.kind === 'clicked' && one.campaignId === 'k1' && one.at >= SEP_26).length),
    ],
  ]),
  [purchases({ measure: 'spend', operator: '>=', value: 20 }), person => spent(person) >= 2000],
  [purchases({ measure: 'spend', operator: '<', value: 10.01 }), person => spent(person) < 1001],
  [
    purchases({ measure: 'average', currency: 'JPY', operator: 'between', value: 999, to: 1000 }),
    person => {
      const yen = paid(person).filter(order => order.currency === 'JPY')
      const average = Math.round(yen.reduce((sum, order) => sum + order.value, 0) / yen.length)
      return yen.length > 0 && average >= 999 && average <= 1000
    },
  ],
  [
    {
      kind: 'purchase_date',
      ...node,
      which: 'last',
      operator: 'more_than_ago',
      date: null,
      until: null,
      n: 1,
      unit: 'days',
    },
    person => paid(person).length > 0 && paid(person).every(order => order.at < OCT_25),
  ],
  [
    {
      kind: 'purchase_date',
      ...node,
      which: 'first',
      operator: 'on',
      date: '2026-10-26',
      until: null,
      n: null,
      unit: 'days',
    },
    person => paid(person).some(order => order.at < OCT_27) && paid(person).every(order => order.at >= OCT_26),
  ],
  ...COMPARISONS.map(
    ([comparison, test]): Case => [
      { kind: 'score', ...node, score: 'lead', ...comparison },
      person => test(person.leadScore),
    ],
  ),
  [
    { kind: 'score', ...node, score: 'engagement', operator: '>=', value: 60, to: null },
    person =>
      person.heat !== null && 100 * (1 - Math.exp(-(2 ** (person.heat - now / (30 * 86_400_000))) / 20)) >= 59.5,
  ],
  [
    { kind: 'score', ...node, score: 'engagement', operator: '<', value: 5, to: null },
    person => person.heat === null || 100 * (1 - Math.exp(-(2 ** (person.heat - now / (30 * 86_400_000))) / 20)) < 4.5,
  ],
]

const CASES: readonly Case[] = [
  ...texts('city', person => person.city),
  ...texts('custom:plan', customText('plan')),
  ...texts('social:instagram', person => person.socials['instagram'] ?? ''),
  ...numbers,
  ...instants,
  ...days('birthday', person => person.birthday),
  ...days('custom:renewal', person => customText('renewal')(person) || null),
  ...memberships.filter(([condition]) => condition.kind !== 'suppressed'),
  ...places,
  ...bought,
]

test('every operator of every type finds whom plain TypeScript finds among ten thousand people', async () => {
  const people = fc.sample(aPerson, { numRuns: 10_000, seed: 7 })
  const world = await makeWorld(people)
  try {
    for (const [n, [condition, expected]] of CASES.entries()) {
      const rule = { ...condition, negated: n % 4 === 3 }
      expect(problemsOf(rule, SETTING)).toEqual([])
      const ask = readRule(rule, SETTING)
      const plan = await planFor(world.storage, ask, leavesOf)
      const [found] = await peopleStore.inRanges(world.storage.reader, ask, plan, 100_000)
      const wanted = people.flatMap((person, at) => (expected(person) === rule.negated ? [] : [at + 1]))
      const numbers: readonly number[] = JSON.parse(found?.nos ?? '[]')
      // Texts, because the comparison of two long lists of numbers takes longer than the questions.
      expect([...numbers].sort((a, b) => a - b).join(' ') === wanted.join(' '), JSON.stringify(rule)).toBe(true)
    }
  } finally {
    await world.close()
  }
}, 120_000)

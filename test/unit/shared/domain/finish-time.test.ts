import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { type ForecastAsk, type ForecastWindow, finishTime } from '../../../../src/shared/domain/finish-time.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

function ask(count: number, windows: ForecastWindow[], more: Partial<ForecastAsk> = {}): ForecastAsk {
  return {
    now: 0,
    account: { windows, begun: [] },
    families: new Map(),
    day: () => null,
    phases: [{ counts: new Map([['', count]]), rate: [] }],
    ...more,
  }
}

test('lets each window roll, the hour within the day', () => {
  const windows = [
    { limit: 1, ms: 1000 },
    { limit: 100, ms: HOUR },
    { limit: 250, ms: DAY },
  ]
  expect(finishTime(ask(100, windows))).toBe(99_000)
  expect(finishTime(ask(101, windows))).toBe(HOUR)
  expect(finishTime(ask(250, windows))).toBe(2 * HOUR + 49_000)
  expect(finishTime(ask(251, windows))).toBe(DAY)
})

test('counts what was sent before, families, what goes first, and the days of a warm-up', () => {
  const perHour = [{ limit: 10, ms: HOUR }]
  const begun = Array.from({ length: 10 }, (_, n) => n * 1000 - HOUR / 2)
  expect(finishTime(ask(1, perHour, { account: { windows: perHour, begun } }))).toBe(HOUR / 2)
  const families = new Map([['google', { windows: [{ limit: 1, ms: 60_000 }], begun: [] }]])
  const counts = new Map([
    ['', 1000],
    ['google', 5],
  ])
  expect(finishTime(ask(0, [], { families, phases: [{ counts, rate: [] }] }))).toBe(240_000)
  const before = { counts: new Map([['', 20]]), rate: [{ limit: 1, ms: 2000 }] }
  const phases = [before, { counts: new Map([['', 1]]), rate: [] }]
  expect(finishTime(ask(0, [], { phases }))).toBe(38_000)
  const plan = [3, 5]
  const day = (at: number) => {
    const n = Math.floor(at / DAY)
    const limit = plan[n]
    return limit === undefined ? null : { limit, from: n * DAY, until: (n + 1) * DAY }
  }
  expect(finishTime(ask(3, [], { day }))).toBe(0)
  expect(finishTime(ask(8, [], { day }))).toBe(DAY)
  expect(finishTime(ask(5000, [], { day }))).toBe(2 * DAY)
})

test('a million messages take as long as their rate says', () => {
  const finish = finishTime(
    ask(1_000_000, [
      { limit: 14, ms: 1000 },
      { limit: 200_000, ms: DAY },
    ]),
  )
  expect(finish / (4 * DAY)).toBeGreaterThan(1)
  expect(finish / (4 * DAY + (200_000 / 14) * 1000)).toBeLessThan(1.001)
})

property.prop([fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 100 })])(
  'more messages or a lower limit never finish earlier',
  (count, perSecond, perHour) => {
    const windows = [
      { limit: perSecond, ms: 1000 },
      { limit: perHour, ms: HOUR },
    ]
    const finish = finishTime(ask(count, windows))
    expect(finishTime(ask(count + 1, windows))).toBeGreaterThanOrEqual(finish)
    expect(finishTime(ask(count, [...windows, { limit: perHour, ms: DAY }]))).toBeGreaterThanOrEqual(finish)
  },
)

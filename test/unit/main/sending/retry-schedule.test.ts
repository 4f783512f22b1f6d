import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { hours, minutes } from '../../../../src/main/kernel/clock.ts'
import {
  backOffMs,
  PRACTICE_PACE,
  retryAfter,
  retryAtPace,
  retryByRule,
} from '../../../../src/main/sending/retry-schedule.ts'

test('waits 5, 15, 30 minutes, then 1, 2, 4 and 8 hours', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7].map(refusals => retryAfter(refusals, 0, 0, 0.5))
  const expected = [minutes(5), minutes(15), minutes(30), hours(1), hours(2), hours(4), hours(8)]
  expect(delays).toEqual(expected.map(at => ({ kind: 'at', at })))
})

test('gives up when the next attempt would come 24 hours after the first refusal', () => {
  expect(retryAfter(8, 0, hours(16), 0.5)).toEqual({ kind: 'expired' })
  expect(retryAfter(8, 0, hours(15), 0.5)).toEqual({ kind: 'at', at: hours(23) })
})

property.prop([fc.integer({ min: 1, max: 7 }), fc.double({ min: 0, max: 0.999999, noNaN: true })])(
  'moves a delay by at most 20 % either way',
  (refusals, chance) => {
    const middle = retryAfter(refusals, 0, 0, 0.5)
    const moved = retryAfter(refusals, 0, 0, chance)
    if (middle.kind !== 'at' || moved.kind !== 'at') throw new Error('expired')
    expect(moved.at / middle.at).toBeGreaterThanOrEqual(0.7999)
    expect(moved.at / middle.at).toBeLessThanOrEqual(1.2001)
  },
)

test('lets an account rest for 30 s, 1, 2, 5 and 15 minutes, or as long as its server wishes', () => {
  expect([1, 2, 3, 4, 5, 6].map(failures => backOffMs(failures, null))).toEqual([
    30_000,
    ...[1, 2, 5, 15, 15].map(minutes),
  ])
  expect(backOffMs(1, minutes(60))).toBe(minutes(60))
  expect(backOffMs(5, 1000)).toBe(minutes(15))
})

test('goes through the same schedule sixty times faster in practice', () => {
  const now = hours(5)
  expect(retryAtPace({ count: 1, firstAt: now }, now, { chance: 0.5, pace: PRACTICE_PACE })).toEqual({
    kind: 'at',
    at: now + 5000,
  })
  expect(retryAtPace({ count: 8, firstAt: now - minutes(16) }, now, { chance: 0.5, pace: PRACTICE_PACE })).toEqual({
    kind: 'expired',
  })
  expect(retryAtPace({ count: 1, firstAt: now }, now, { chance: 0.5, pace: 1 })).toEqual(retryAfter(1, now, now, 0.5))
})

test('tries a call that nobody took again after two hours at the least, twice', () => {
  const rule = { leastWaitMs: hours(2), mostRetries: 2 }
  const terms = { chance: 0, pace: 1 }
  expect(retryByRule(rule, { count: 1, firstAt: 0 }, 5, terms)).toEqual({ kind: 'at', at: 5 + hours(2) })
  expect(retryByRule(rule, { count: 2, firstAt: 0 }, 5, { ...terms, chance: 1 })).toEqual({
    kind: 'at',
    at: 5 + minutes(132),
  })
  expect(retryByRule(rule, { count: 3, firstAt: 0 }, 5, terms)).toEqual({ kind: 'expired' })
})

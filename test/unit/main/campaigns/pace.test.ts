import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messagesPerSecond, secondsNeeded } from '../../../../src/main/campaigns/pace.ts'

const NONE = {
  perSecond: null,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 5,
  families: [],
  warmUp: null,
}

describe('the pace of a campaign', () => {
  test('is the slowest of what account and campaign allow', () => {
    expect(messagesPerSecond({ ...NONE, perSecond: 14 }, null)).toBe(14)
    expect(messagesPerSecond({ ...NONE, perSecond: 14, perMinute: 30 }, null)).toBe(0.5)
    expect(messagesPerSecond({ ...NONE, perSecond: 14 }, 2)).toBe(2)
  })

  test.each([
    [0, { ...NONE }, 10, 0],
    [100, { ...NONE }, 10, 10],
    [100, { ...NONE, perHour: 100 }, 10, 10],
    [150, { ...NONE, perHour: 100 }, 10, 3600 + 5],
    [2000, { ...NONE, perDay: 500 }, 10, 3 * 86_400 + 50],
    [1100, { ...NONE, perDay: 500, perHour: 60 }, 10, 2 * 86_400 + 3600 + 4],
  ])('%i messages under %o at %i a second take %i s', (messages, limits, perSecond, seconds) => {
    expect(secondsNeeded(messages, limits, perSecond)).toBeCloseTo(seconds, 6)
  })

  test('more messages never take less time', () => {
    const limit = fc.option(fc.integer({ min: 1, max: 5000 }), { nil: null })
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.nat(1000),
        limit,
        limit,
        fc.integer({ min: 1, max: 500 }),
        (n, more, perHour, perDay, rate) => {
          const limits = { ...NONE, perHour, perDay }
          expect(secondsNeeded(n + more, limits, rate)).toBeGreaterThanOrEqual(secondsNeeded(n, limits, rate))
        },
      ),
    )
  })
})

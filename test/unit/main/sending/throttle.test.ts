import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import {
  createThrottle,
  memoryOf,
  notAhead,
  type RateWindow,
  rateWindow,
  windowsOf,
} from '../../../../src/main/sending/throttle.ts'

test('allows everything without limits', () => {
  const throttle = createThrottle([], [])
  throttle.begin(1000, 50)
  expect(throttle.allowance(1000)).toBe(Number.POSITIVE_INFINITY)
  expect(throttle.nextAt(1000)).toBe(1000)
})

test('rolls: a place is free again one window after it was taken', () => {
  const throttle = createThrottle([{ limit: 2, ms: 1000 }], [])
  throttle.begin(0, 1)
  throttle.begin(400, 1)
  expect(throttle.allowance(999)).toBe(0)
  expect(throttle.nextAt(999)).toBe(1000)
  expect(throttle.allowance(1000)).toBe(1)
  expect(throttle.allowance(1400)).toBe(2)
})

test('writes fractions of a message a second as a longer window', () => {
  expect(rateWindow(0.5)).toEqual({ limit: 1, ms: 2000 })
  expect(rateWindow(14)).toEqual({ limit: 14, ms: 1000 })
  expect(rateWindow(1.5)).toEqual({ limit: 1, ms: 667 })
})

test('counts what was begun before a restart', () => {
  const windows = windowsOf({
    perSecond: null,
    perMinute: null,
    perHour: 3,
    perDay: null,
  })
  const throttle = createThrottle(windows, [0, 1000, 2000])
  expect(throttle.allowance(3000)).toBe(0)
  expect(throttle.nextAt(3000)).toBe(3_600_000)
})

test('is not stopped by a clock that was set back', () => {
  const throttle = createThrottle([{ limit: 1, ms: 1000 }], [500_000])
  expect(throttle.nextAt(1000)).toBe(2000)
})

test('gives a place back when the server was never reached', () => {
  const throttle = createThrottle([{ limit: 1, ms: 86_400_000 }], [])
  throttle.begin(5, 1)
  throttle.forget(5)
  expect(throttle.allowance(6)).toBe(1)
})

const windowsArbitrary: fc.Arbitrary<RateWindow[]> = fc.array(
  fc.record({ limit: fc.integer({ min: 1, max: 40 }), ms: fc.integer({ min: 100, max: 5000 }) }),
  { minLength: 1, maxLength: 4 },
)

property.prop([windowsArbitrary, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 50, maxLength: 400 })])(
  'no window ever exceeds its limit, over restarts too, and no place stays free while something waits',
  (windows, pauses) => {
    const begun: number[] = []
    const { count } = memoryOf(windows)
    let throttle = createThrottle(windows, [])
    let now = 0
    for (const [n, pause] of pauses.entries()) {
      // Every few steps the process dies, and what is on disk is counted again.
      if (n % 7 === 3) throttle = createThrottle(windows, begun.slice(-count))
      const allowed = throttle.allowance(now)
      const most = Math.min(allowed, 1 + (pause % 5))
      for (let i = 0; i < most; i++) begun.push(now)
      throttle.begin(now, most)
      // With nothing allowed, the next place comes exactly when the throttle says.
      if (allowed === 0) {
        const next = throttle.nextAt(now)
        expect(next).toBeGreaterThan(now)
        expect(throttle.allowance(next - 1)).toBe(0)
        expect(throttle.allowance(next)).toBeGreaterThan(0)
        now = next
      } else now += pause
    }
    for (const { limit, ms } of windows) {
      for (let i = limit; i < begun.length; i++) {
        expect((begun[i] ?? 0) - (begun[i - limit] ?? 0)).toBeGreaterThanOrEqual(ms)
      }
    }
  },
)

test('counts by how long ago it was when the clock is set back, not by what the hands said', () => {
  const throttle = createThrottle([{ limit: 2, ms: 60_000 }], [3_600_000, 3_650_000])
  expect(throttle.nextAt(50_000)).toBe(60_000)
  expect(notAhead([1000, 3_600_000], 5000)).toEqual([1000, 5000])
})

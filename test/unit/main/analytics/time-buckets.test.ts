import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { heat, rate } from '../../../../src/main/analytics/report.ts'
import { bucketsFor, localHourOf } from '../../../../src/main/analytics/time-buckets.ts'

property.prop([fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e10 })])(
  'covers the whole time with at most sixty buckets',
  (first, span) => {
    const { from, widthMs, count } = bucketsFor(first, first + span)
    expect(count).toBeLessThanOrEqual(61)
    expect(from).toBeLessThanOrEqual(first)
    expect(from + count * widthMs).toBeGreaterThan(first + span)
    expect(from % widthMs).toBe(0)
  },
)

test('takes seconds for a minute and days for a month', () => {
  expect(bucketsFor(0, 50_000).widthMs).toBe(1000)
  expect(bucketsFor(0, 30 * 86_400_000).widthMs).toBe(86_400_000)
})

test('knows the hour and the weekday of a zone, over a change of clocks too', () => {
  const newYork = localHourOf('America/New_York')
  expect(newYork(Date.parse('2026-03-08T06:30:00Z'))).toEqual({ weekday: 7, hour: 1 })
  expect(newYork(Date.parse('2026-03-08T07:30:00Z'))).toEqual({ weekday: 7, hour: 3 })
  const kolkata = localHourOf('Asia/Kolkata')
  expect(kolkata(Date.parse('2026-03-08T18:30:00Z'))).toEqual({ weekday: 1, hour: 0 })
  expect(kolkata(Date.parse('2026-03-08T18:15:00Z'))).toEqual({ weekday: 7, hour: 23 })
})

test('adds the quarters of an hour up by hour and weekday', () => {
  const at = Date.parse('2026-03-02T09:00:00Z')
  const cells = heat(
    [
      { at, count: 2 },
      { at: at + 900_000, count: 3 },
      { at: at + 3_600_000, count: 1 },
    ],
    'UTC',
  )
  expect(cells).toEqual([
    { weekday: 1, hour: 9, count: 5 },
    { weekday: 1, hour: 10, count: 1 },
  ])
})

test('has no rate where there is nothing to divide by', () => {
  expect(rate(0, 0)).toBeNull()
  expect(rate(1, 4)).toBe(0.25)
})

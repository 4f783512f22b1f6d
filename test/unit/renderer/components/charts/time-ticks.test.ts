import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { timeAxis } from '../../../../../src/renderer/components/charts/time-ticks.ts'

const HOUR = 3_600_000

test('a minute of sending is divided into quarter minutes', () => {
  expect(timeAxis(10_000, 70_000, 0)).toEqual({ min: 0, max: 75_000, stepMs: 15_000 })
})

test('days begin at local midnight', () => {
  const offset = 2 * HOUR
  const { min, stepMs } = timeAxis(Date.UTC(2026, 5, 1, 9), Date.UTC(2026, 5, 6, 9), offset)
  expect(stepMs).toBe(24 * HOUR)
  expect(new Date(min + offset).getUTCHours()).toBe(0)
})

property.prop([
  fc.integer({ min: 0, max: 2 ** 41 }),
  fc.integer({ min: 0, max: 2 ** 36 }),
  fc.integer({ min: -14, max: 14 }),
])('the axis holds both ends in at most eight whole steps', (first, span, hours) => {
  const { min, max, stepMs } = timeAxis(first, first + span, hours * HOUR)
  expect(min).toBeLessThanOrEqual(first)
  expect(max).toBeGreaterThanOrEqual(first + span)
  expect((max - min) % stepMs).toBe(0)
  expect((max - min) / stepMs).toBeLessThanOrEqual(8)
})

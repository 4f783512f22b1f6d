import { expect, test } from 'vitest'
import { isFedByFigures } from '../../../../src/main/segments/fresh-figures.ts'
import { averageOf } from '../../../../src/main/segments/rule/holds.ts'
import { daysMeant } from '../../../../src/main/segments/rule/period.ts'

const TODAY = { now: Date.parse('2026-11-20T12:00:00Z'), timeZone: 'Europe/Rome' }
const dates = { date: null, until: null, n: null, unit: 'days' as const }

test('days beyond the year 9999 come after all others, also when they are compared as text', () => {
  const after = daysMeant({ ...dates, operator: 'after', date: '9999-12-31' }, TODAY)
  expect((after?.from ?? '') > '9999-12-31').toBe(true)
  const within = daysMeant({ ...dates, operator: 'within_next', n: 9000, unit: 'years' }, TODAY)
  expect((within?.to ?? '') > '9999-12-31').toBe(true)
  const ago = daysMeant({ ...dates, operator: 'more_than_ago', n: 9000, unit: 'years' }, TODAY)
  expect((ago?.to ?? '') < '0000-01-01').toBe(true)
})

test('the last activity is derived of events and is waited for as they are', () => {
  expect(isFedByFigures({ kind: 'instant', column: 'last_activity_at', from: null, to: 1 })).toBe(true)
  expect(isFedByFigures({ kind: 'instant', column: 'created_at', from: null, to: 1 })).toBe(false)
})

test('averages are rounded away from zero, as SQL does it', () => {
  expect([averageOf(5, 2), averageOf(-5, 2), averageOf(4, 3)]).toEqual([3, -3, 1])
})

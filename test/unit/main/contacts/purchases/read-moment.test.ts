import { expect, test } from 'vitest'
import { createMomentReader } from '../../../../../src/main/contacts/purchases/import/read-moment.ts'

const readBerlin = createMomentReader('Europe/Berlin')

test.each([
  ['1997-01-01', '1996-12-31T23:00:00Z'],
  ['1997-07-01', '1997-06-30T22:00:00Z'],
  ['2026-03-29', '2026-03-28T23:00:00Z'],
  ['2026-03-29 12:00', '2026-03-29T10:00:00Z'],
  ['29.03.2026 02:30', '2026-03-29T01:30:00Z'],
  ['2026-10-25 12:00:07', '2026-10-25T11:00:07Z'],
  ['2026-10-02 14:03:00 +0200', '2026-10-02T12:03:00Z'],
  ['2026-10-02T14:03:00.123Z', '2026-10-02T14:03:00Z'],
  ['2026-10-02T14:03:00-05:30', '2026-10-02T19:33:00Z'],
  ['31/12/2025 11:59 PM', '2025-12-31T22:59:00Z'],
  ['Oct 2, 2026 12:00 am', '2026-10-01T22:00:00Z'],
  ['1767225600', '2026-01-01T00:00:00Z'],
  ['1767225600000', '2026-01-01T00:00:00Z'],
  ['46023', '2025-12-31T23:00:00Z'],
  ['46023.5', '2026-01-01T11:00:00Z'],
])('%s is %s in Berlin', (cell, instant) => {
  const at = readBerlin(cell, 'dmy')
  expect(at === null ? null : new Date(at).toISOString().replace('.000', '')).toBe(instant)
})

test.each(['', 'soon', '2026-02-30', '2026-01-01 25:00', '2026-01-01 13:00 PM', '31.31.2026'])(
  '%s is no moment',
  cell => {
    expect(readBerlin(cell, 'dmy')).toBeNull()
  },
)

test('a zone is asked for the hour, so that neighbours of a change of time are right', () => {
  const read = createMomentReader('America/New_York')
  const hours = ['00:30', '01:30', '03:30', '04:30'].map(time => read(`2026-03-08 ${time}`, 'ymd') ?? 0)
  expect(hours.map(at => new Date(at).toISOString().slice(11, 16))).toEqual(['05:30', '06:30', '07:30', '08:30'])
})

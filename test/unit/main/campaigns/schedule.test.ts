import { describe, expect, test } from 'vitest'
import { scheduledTime, scheduleText } from '../../../../src/main/campaigns/schedule.ts'

const at = (local: string, timeZone: string) => scheduledTime({ kind: 'at', local, timeZone })
const instant = (iso: string) => ({ kind: 'at', at: Date.parse(iso) })

describe('a scheduled time', () => {
  // standards.md section 11.
  test.each([
    ['2026-03-02T09:00', 'America/New_York', '2026-03-02T14:00Z'],
    ['2026-03-09T09:00', 'America/New_York', '2026-03-09T13:00Z'],
    ['2026-03-09T02:30', 'America/New_York', '2026-03-09T06:30Z'],
    ['2026-04-14T10:00', 'Asia/Kolkata', '2026-04-14T04:30Z'],
  ])('%s in %s is %s', (local, zone, iso) => {
    expect(at(local, zone)).toEqual({ ...instant(iso), note: '' })
  })

  test('that clocks skip moves on by the gap, and says so', () => {
    expect(at('2026-03-08T02:30', 'America/New_York')).toEqual({
      ...instant('2026-03-08T07:30Z'),
      note: 'Clocks go forward that day and skip 02:30; it is sent at 03:30.',
    })
    expect(at('2026-03-29T01:30', 'Europe/London')).toMatchObject(instant('2026-03-29T01:30Z'))
  })

  test('that comes twice means the first, and says so', () => {
    expect(at('2026-11-01T01:30', 'America/New_York')).toEqual({
      ...instant('2026-11-01T05:30Z'),
      note: 'Clocks go back that day and 01:30 comes twice; it is sent the first time.',
    })
    expect(at('2026-10-25T01:30', 'Europe/London')).toMatchObject(instant('2026-10-25T00:30Z'))
  })

  test.each([
    ['2026-02-30T09:00', 'Europe/Rome', '2026-02-30T09:00'],
    ['2026-02-20T25:00', 'Europe/Rome', '2026-02-20T25:00'],
    ['2026-02-20T09:00', 'Europe/Atlantis', 'Europe/Atlantis'],
    ['2026-02-20T09:00', '', 'time zone'],
  ])('%s in "%s" is refused in words', (local, zone, named) => {
    const time = at(local, zone)
    expect(time.kind).toBe('invalid')
    expect(time.kind === 'invalid' ? time.why : '').toContain(named)
  })

  test('reads as it was written', () => {
    expect(scheduleText({ kind: 'at', local: '2026-12-01T09:00', timeZone: 'Europe/Rome' })).toBe(
      '2026-12-01 09:00 (Europe/Rome)',
    )
  })
})

import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createHolidays } from '../../../../src/main/compliance/hours/holidays.ts'
import { legalRowOf } from '../../../../src/main/compliance/hours/legal-hours.ts'
import {
  type Clock,
  closedDays,
  type HoursRules,
  isOpen,
  MARGIN_MS,
  nextOpening,
} from '../../../../src/main/compliance/hours/openings.ts'
import { legalRules } from '../../../../src/main/compliance/hours/recipient-hours.ts'
import {
  both,
  during,
  except,
  lawful,
  type Week,
  WHOLE_WEEK,
  windowWeek,
  withoutWeekend,
} from '../../../../src/main/compliance/hours/week.ts'

const NEW_YORK = 'America/New_York'
const NIGHT = { from: '21:00', to: '08:00' }

function clock(zone: string, week: Week, isClosed: HoursRules['isClosed'] = null): Clock {
  return { zone, rules: { week, isClosed } }
}

function instant(local: string, zone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds
}

/** Where it opens next, on the wall of a zone. */
function opensAt(local: string, zone: string, ...clocks: readonly Clock[]): string | null {
  const found = nextOpening(instant(local, zone), clocks)
  return found === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(found.at).toZonedDateTimeISO(zone).toPlainDateTime().toString()
}

test('nothing begins in the last five minutes before the quiet hours, nor before they end', () => {
  const day = clock(NEW_YORK, except(NIGHT))
  for (const [local, opens] of [
    ['2026-06-01T07:59:59.999', '2026-06-01T08:00:00'],
    ['2026-06-01T08:00:00', '2026-06-01T08:00:00'],
    ['2026-06-01T20:54:59.999', '2026-06-01T20:54:59.999'],
    ['2026-06-01T20:55:00', '2026-06-02T08:00:00'],
    ['2026-06-01T20:59:59', '2026-06-02T08:00:00'],
    ['2026-06-01T21:00:00', '2026-06-02T08:00:00'],
    ['2026-06-02T00:00:00', '2026-06-02T08:00:00'],
  ] as const) {
    expect(opensAt(local, NEW_YORK, day)).toBe(opens)
  }
})

test('without a margin the last moment of the window is open and its end is not', () => {
  const day = clock(NEW_YORK, except(NIGHT))
  expect(isOpen(instant('2026-06-01T20:59:59.999', NEW_YORK), [day], 0)).toBe(true)
  expect(isOpen(instant('2026-06-01T21:00:00', NEW_YORK), [day], 0)).toBe(false)
})

test('hours over midnight belong to the day on which they begin', () => {
  const mondayNight = clock(
    'Europe/Rome',
    windowWeek({ weekdays: [1], from: '22:00', to: '02:00', skipHolidays: false }),
  )
  expect(opensAt('2026-06-01T21:00:00', 'Europe/Rome', mondayNight)).toBe('2026-06-01T22:00:00')
  expect(opensAt('2026-06-02T01:30:00', 'Europe/Rome', mondayNight)).toBe('2026-06-02T01:30:00')
  expect(opensAt('2026-06-02T02:00:00', 'Europe/Rome', mondayNight)).toBe('2026-06-08T22:00:00')
  // Midnight itself is no edge: there is no margin before it.
  expect(opensAt('2026-06-01T23:58:00', 'Europe/Rome', mondayNight)).toBe('2026-06-01T23:58:00')
})

test('an hour that clocks skip opens when they have gone forward', () => {
  // New York goes from 02:00 to 03:00 on 8 March 2026.
  const early = clock(NEW_YORK, during({ from: '02:30', to: '06:00' }))
  expect(opensAt('2026-03-07T12:00:00', NEW_YORK, early)).toBe('2026-03-08T03:00:00')
  const gone = clock(NEW_YORK, during({ from: '02:00', to: '03:00' }))
  expect(opensAt('2026-03-07T12:00:00', NEW_YORK, gone)).toBe('2026-03-09T02:00:00')
})

test('an hour that comes twice is open twice, and only then', () => {
  // New York goes from 02:00 back to 01:00 on 1 November 2026, at 06:00 UTC.
  const hour = clock(NEW_YORK, during({ from: '01:00', to: '01:30' }))
  const utc = (text: string): number => Date.parse(`2026-11-01T${text}Z`)
  expect(nextOpening(utc('04:00:00'), [hour])?.at).toBe(utc('05:00:00'))
  expect(nextOpening(utc('05:26:00'), [hour])?.at).toBe(utc('06:00:00'))
  expect(nextOpening(utc('06:10:00'), [hour])?.at).toBe(utc('06:10:00'))
  expect(nextOpening(utc('06:30:00'), [hour])?.at).toBe(Date.parse('2026-11-02T06:00:00Z'))
})

test('in a state with two zones it is open only while both are', () => {
  const clocks = [NEW_YORK, 'America/Chicago'].map(zone => clock(zone, except(NIGHT)))
  expect(opensAt('2026-06-01T07:00:00', NEW_YORK, ...clocks)).toBe('2026-06-01T09:00:00')
  expect(opensAt('2026-06-01T20:54:59', NEW_YORK, ...clocks)).toBe('2026-06-01T20:54:59')
  expect(opensAt('2026-06-01T20:55:00', NEW_YORK, ...clocks)).toBe('2026-06-02T09:00:00')
})

test('weekends are those of the country', () => {
  expect(opensAt('2026-06-05T23:30:00', 'Europe/Rome', clock('Europe/Rome', withoutWeekend('IT')))).toBe(
    '2026-06-05T23:30:00',
  )
  expect(opensAt('2026-06-05T23:56:00', 'Europe/Rome', clock('Europe/Rome', withoutWeekend('IT')))).toBe(
    '2026-06-08T00:00:00',
  )
  expect(opensAt('2026-06-05T12:00:00', 'Africa/Cairo', clock('Africa/Cairo', withoutWeekend('EG')))).toBe(
    '2026-06-07T00:00:00',
  )
})

test('holidays of the country and of the state are left out', async () => {
  const holidays = createHolidays()
  await holidays.load()
  const closedIn = (country: string, region: string) => (day: string) => holidays.isHoliday(country, region, day)
  const usual = during({ from: '09:00', to: '17:00' })
  expect(opensAt('2026-12-24T18:00:00', NEW_YORK, clock(NEW_YORK, usual, closedIn('US', 'NY')))).toBe(
    '2026-12-26T09:00:00',
  )
  expect(opensAt('2026-04-26T18:00:00', 'America/Chicago', clock('America/Chicago', usual, closedIn('US', 'AL')))).toBe(
    '2026-04-28T09:00:00',
  )
  expect(opensAt('2026-04-26T18:00:00', 'America/Chicago', clock('America/Chicago', usual, closedIn('US', 'IL')))).toBe(
    '2026-04-27T09:00:00',
  )
  expect(holidays.nameOf('DE', '', '2026-10-03')).toBe('Tag der Deutschen Einheit')
})

test('the law of a state is kept where the state is known, and that of all states where it is not', async () => {
  const holidays = createHolidays()
  await holidays.load()
  const lawIn = (region: string): HoursRules => {
    const who = {
      zones: ['America/Chicago'] as const,
      source: 'region',
      confidence: 'likely',
      country: 'US',
      region,
    } as const
    const rules = legalRules(who, holidays)
    if (rules === null) throw new Error('no law')
    return rules
  }
  const opens = (local: string, region: string): string | null =>
    opensAt(local, 'America/Chicago', { zone: 'America/Chicago', rules: lawIn(region) })
  // 7 June 2026 is a Sunday.
  expect(opens('2026-06-07T10:00:00', 'TX')).toBe('2026-06-07T12:00:00')
  expect(opens('2026-06-07T10:00:00', 'MS')).toBe('2026-06-08T08:00:00')
  expect(opens('2026-06-07T10:00:00', 'IA')).toBe('2026-06-07T10:00:00')
  // Mon-Fri 10-18, Sat 10-17, none on Sunday: right in every state (standards.md 1.13).
  expect(opens('2026-06-07T10:00:00', '')).toBe('2026-06-08T10:00:00')
  expect(opens('2026-06-08T17:54:00', '')).toBe('2026-06-08T17:54:00')
  expect(opens('2026-06-08T17:56:00', '')).toBe('2026-06-09T10:00:00')
  expect(opens('2026-06-06T16:56:00', '')).toBe('2026-06-08T10:00:00')
  expect(legalRowOf('IT', '')).toBeNull()
})

test('what never opens is found to be closed, and what never closes is always open', () => {
  const never = WHOLE_WEEK.map(() => [])
  expect(nextOpening(0, [clock('UTC', never)])).toBeNull()
  expect(nextOpening(5, [clock('UTC', WHOLE_WEEK)])).toEqual({ at: 5, until: Number.POSITIVE_INFINITY })
  const apart = [
    clock('UTC', during({ from: '01:00', to: '02:00' })),
    clock('UTC', during({ from: '03:00', to: '04:00' })),
  ]
  expect(nextOpening(0, apart)).toBeNull()
})

test('days that are closed from midnight to midnight are counted', () => {
  const week = clock('Europe/Rome', withoutWeekend('IT'))
  const at = (day: string): number => instant(`${day}T12:00:00`, 'Europe/Rome')
  expect(closedDays(at('2026-06-05'), at('2026-06-08'), week)).toBe(2)
  expect(closedDays(at('2026-06-08'), at('2026-06-09'), week)).toBe(0)
})

const ZONES = [
  NEW_YORK,
  'Europe/London',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'America/St_Johns',
  'Africa/Casablanca',
]
// Around the days on which clocks change, and ordinary ones.
const DAYS = [
  '2026-03-07',
  '2026-03-28',
  '2026-04-04',
  '2026-06-01',
  '2026-09-26',
  '2026-10-03',
  '2026-10-24',
  '2026-10-31',
  '2026-12-31',
]

const time = fc.integer({ min: 0, max: 95 }).map(n => {
  const pad = (part: number): string => String(part).padStart(2, '0')
  return `${pad(Math.floor(n / 4))}:${pad((n % 4) * 15)}`
})
const weekOf = fc
  .tuple(time, time, fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }))
  .filter(([from, to]) => from !== to)
  .map(([from, to, weekdays]) => windowWeek({ weekdays, from, to, skipHolidays: false }))

/** The same question asked of the wall clock, minute by minute. */
function isOpenByTheWall({ zone, rules }: Clock, at: number): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  const minute = wall.hour * 60 + wall.minute
  if (rules.isClosed?.(wall.toPlainDate().toString())) return false
  return (rules.week[wall.dayOfWeek - 1] ?? []).some(range => range.from <= minute && minute < range.to)
}

test('agrees with the wall clocks of all zones, minute by minute', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...DAYS),
      fc.integer({ min: 0, max: 48 * 60 }),
      fc.array(fc.tuple(fc.constantFrom(...ZONES), weekOf), { minLength: 1, maxLength: 2 }),
      fc.boolean(),
      (day, offset, chosen, closesMonthEnds) => {
        const isClosed = closesMonthEnds ? (text: string): boolean => text.endsWith('-01') : null
        const clocks = chosen.map(([zone, week]) => clock(zone, week, isClosed))
        const t = Date.parse(`${day}T00:00:00Z`) + offset * 60_000
        const found = nextOpening(t, clocks)
        const horizon = found === null ? t + 2 * 86_400_000 : Math.min(found.at, t + 2 * 86_400_000)
        const isOpenFor = (at: number): boolean =>
          [0, 1, 2, 3, 4, 5].every(n => clocks.every(one => isOpenByTheWall(one, at + n * 60_000)))
        // Nothing before it was open for long enough, and it is.
        for (let at = t; at < horizon; at += 60_000) expect(isOpenFor(at)).toBe(false)
        if (found === null) return
        expect(isOpenFor(found.at)).toBe(true)
        expect(found.until).toBeGreaterThan(found.at)
        if (Number.isFinite(found.until)) {
          const last = Math.floor((found.until - 1) / 60_000) * 60_000
          expect(clocks.every(one => isOpenByTheWall(one, last))).toBe(true)
          expect(clocks.every(one => isOpenByTheWall(one, last + MARGIN_MS - 60_000))).toBe(true)
        }
      },
    ),
    { numRuns: 100 },
  )
})

test('the hours of two rules are the hours that both allow', () => {
  fc.assert(
    fc.property(
      weekOf,
      weekOf,
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 1439 }),
      (a, b, day, minute) => {
        const isIn = (week: Week): boolean => (week[day] ?? []).some(range => range.from <= minute && minute < range.to)
        expect(isIn(both(a, b))).toBe(isIn(a) && isIn(b))
      },
    ),
  )
})

test('a row of the law without hours on a day closes it', () => {
  const row = legalRowOf('US', 'AL')
  expect(row === null ? null : lawful(row)[6]).toEqual([])
})

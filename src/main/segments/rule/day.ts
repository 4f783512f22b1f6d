import { Temporal } from 'temporal-polyfill'
import type { TimeUnit } from '../../../shared/domain/segment-rule.ts'

/** Instants from `from` (included) to `to` (not included), epoch ms; null where it is open. */
export interface InstantRange {
  readonly from: number | null
  readonly to: number | null
}

/** Days as YYYY-MM-DD, both included; null where it is open. */
export interface DayRange {
  readonly from: string | null
  readonly to: string | null
}

/** Now, as the workspace sees it. */
export interface Today {
  readonly now: number
  readonly timeZone: string
}

/** The day of an instant in the zone, YYYY-MM-DD. */
export function dayOf(instant: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The first instant of a day in the zone; where clocks skip midnight, the first that exists. */
export function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds
}

/** The day `n` units later (earlier when negative). A month later than 31 January is the last day of February. Hours are not days. */
export function addToDay(day: string, n: number, unit: Exclude<TimeUnit, 'hours'>): string {
  return Temporal.PlainDate.from(day)
    .add({ [unit]: n })
    .toString()
}

/** The day after. */
export function nextDay(day: string): string {
  return addToDay(day, 1, 'days')
}

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/**
 * Months and days (MM-DD) of the days from `back` days ago to `ahead` days from now. 29 February is kept on 28 February in
 * years that have none, so that nobody's birthday is left out.
 */
export function monthDays(today: Today, back: number, ahead: number): readonly string[] {
  const found = new Set<string>()
  const first = Temporal.PlainDate.from(dayOf(today.now, today.timeZone))
  for (let n = -back; n <= ahead; n++) {
    const day = first.add({ days: n })
    found.add(day.toString().slice(5))
    if (day.month === 2 && day.day === 28 && !day.inLeapYear) found.add('02-29')
  }
  return [...found]
}

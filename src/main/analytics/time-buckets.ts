import { days, hours, minutes, seconds } from '../kernel/clock.ts'

const WIDTHS_MS = [
  seconds(1),
  seconds(2),
  seconds(5),
  seconds(10),
  seconds(30),
  minutes(1),
  minutes(2),
  minutes(5),
  minutes(15),
  minutes(30),
  hours(1),
  hours(3),
  hours(6),
  hours(12),
  days(1),
  days(7),
]
const MOST_BUCKETS = 60

/** A row of equal pieces of time. */
export interface Buckets {
  /** Where the first begins, epoch ms; a multiple of the width. */
  readonly from: number
  readonly widthMs: number
  readonly count: number
}

/** Some sixty buckets at most that cover the time from `first` to `last`, of a width that people count in. */
export function bucketsFor(first: number, last: number): Buckets {
  const span = Math.max(0, last - first)
  const widthMs =
    WIDTHS_MS.find(width => span / width < MOST_BUCKETS - 1) ?? Math.ceil(span / MOST_BUCKETS / days(7)) * days(7)
  const from = Math.floor(first / widthMs) * widthMs
  return { from, widthMs, count: Math.floor((last - from) / widthMs) + 1 }
}

/** Hour (0–23) and weekday (1 = Monday) of instants in a zone, by the calendar of the platform. */
export function localHourOf(timeZone: string): (at: number) => { readonly weekday: number; readonly hour: number } {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
  return at => {
    const parts = format.formatToParts(at)
    const weekday = WEEKDAYS.indexOf(parts.find(part => part.type === 'weekday')?.value ?? '') + 1
    return { weekday, hour: Number(parts.find(part => part.type === 'hour')?.value ?? 0) }
  }
}

const WEEKDAYS: readonly string[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

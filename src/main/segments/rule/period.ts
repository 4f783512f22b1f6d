import type { DateCondition, TimeWindow } from '../../../shared/domain/segment-rule.ts'
import { addToDay, type DayRange, dayOf, type InstantRange, nextDay, startOfDay, type Today } from './day.ts'

type Dates = Pick<DateCondition, 'operator' | 'date' | 'until' | 'n' | 'unit'>

const HOUR_MS = 3_600_000

/**
 * The instants that a date operator means; null when it asks only whether there is one. Days begin and end in the
 * workspace's zone. Within the last n days is from the beginning of the day n days ago up to now; more than n days ago is
 * everything before that; within the next n days is after now, up to the end of the day in n days. Hours count from now.
 */
export function instantsMeant(dates: Dates, today: Today): InstantRange | null {
  const { now, timeZone } = today
  const start = (day: string): number => startOfDay(day, timeZone)
  const day = dayOf(now, timeZone)
  switch (dates.operator) {
    case 'before':
      return { from: null, to: start(dates.date ?? day) }
    case 'after':
      return { from: start(nextDay(dates.date ?? day)), to: null }
    case 'on':
      return { from: start(dates.date ?? day), to: start(nextDay(dates.date ?? day)) }
    case 'between':
      return { from: start(dates.date ?? day), to: start(nextDay(dates.until ?? day)) }
    case 'is_today':
      return { from: start(day), to: start(nextDay(day)) }
    case 'within_last':
      return { from: ago(dates, today), to: now + 1 }
    case 'more_than_ago':
      return { from: null, to: ago(dates, today) }
    case 'within_next': {
      const n = dates.n ?? 0
      const to = dates.unit === 'hours' ? now + n * HOUR_MS + 1 : start(nextDay(addToDay(day, n, dates.unit)))
      return { from: now + 1, to }
    }
    case 'is_empty':
    case 'is_not_empty':
      return null
  }
}

/** The days that a date operator means for dates without a time; today counts as past and as coming. Hours are rounded up to days. */
export function daysMeant(dates: Dates, today: Today): DayRange | null {
  const range = daysAsked(dates, today)
  return range && { from: range.from && sortable(range.from), to: range.to && sortable(range.to) }
}

/** Days are compared as text, and years beyond 9999 are written with a plus, which would sort before all others. */
function sortable(day: string): string {
  return day.startsWith('+') ? LATEST : day
}

const LATEST = '9999-99-99'

function daysAsked(dates: Dates, today: Today): DayRange | null {
  const day = dayOf(today.now, today.timeZone)
  const n = dates.unit === 'hours' ? Math.ceil((dates.n ?? 0) / 24) : (dates.n ?? 0)
  const unit = dates.unit === 'hours' ? 'days' : dates.unit
  switch (dates.operator) {
    case 'before':
      return { from: null, to: addToDay(dates.date ?? day, -1, 'days') }
    case 'after':
      return { from: nextDay(dates.date ?? day), to: null }
    case 'on':
      return { from: dates.date ?? day, to: dates.date ?? day }
    case 'between':
      return { from: dates.date ?? day, to: dates.until ?? day }
    case 'is_today':
      return { from: day, to: day }
    case 'within_last':
      return { from: addToDay(day, -n, unit), to: day }
    case 'more_than_ago':
      return { from: null, to: addToDay(addToDay(day, -n, unit), -1, 'days') }
    case 'within_next':
      return { from: day, to: addToDay(day, n, unit) }
    case 'is_empty':
    case 'is_not_empty':
      return null
  }
}

/** The instants of a window. One that goes up to now is open, so that what a provider dates a second ahead counts. */
export function windowMeant(window: TimeWindow, today: Today): InstantRange {
  switch (window.kind) {
    case 'ever':
      return { from: null, to: null }
    case 'within_last':
      return { from: ago(window, today), to: null }
    case 'between':
      return {
        from: window.from === null ? null : startOfDay(window.from, today.timeZone),
        to: window.to === null ? null : startOfDay(nextDay(window.to), today.timeZone),
      }
  }
}

function ago({ n, unit }: Pick<Dates, 'n' | 'unit'>, { now, timeZone }: Today): number {
  if (unit === 'hours') return now - (n ?? 0) * HOUR_MS
  return startOfDay(addToDay(dayOf(now, timeZone), -(n ?? 0), unit), timeZone)
}

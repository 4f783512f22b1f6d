import { offsetAt } from '../zone/offset.ts'
import { isWholeWeek, type Week } from './week.ts'

/** When messages may go on somebody's clock: hours of the week, without the days that are closed altogether. */
export interface HoursRules {
  readonly week: Week
  /** Whether nothing goes on a day (YYYY-MM-DD on her clock); null where no day is closed. */
  readonly isClosed: ((day: string) => boolean) | null
}

/** A stretch of time; the end is not included. */
interface Stretch {
  readonly start: number
  readonly end: number
}

/** An answer about an instant: the first at or after it at which a message may go, and until when the answer holds. */
export interface Opening {
  readonly at: number
  /** From `at` on a message may go until then; Infinity where nothing limits it. */
  readonly until: number
}

const MINUTE = 60_000
const DAY = 86_400_000
/** Looking ahead ends here: what is closed for so long is closed for good. */
export const MOST_DAYS = 400
/** A message takes time on its way: nothing begins in the last minutes of a window (standards.md 6.4). */
export const MARGIN_MS = 5 * MINUTE
// Answers about hours that are open for days are asked again after that.
const LONG_ENOUGH = 2 * DAY

/** A clock that somebody may go by, and the hours to keep on it. */
export interface Clock {
  readonly zone: string
  readonly rules: HoursRules
}

/**
 * The first instant at or after `t` from which on all clocks are open for longer than `margin` ms; null when there is none in
 * 400 days.
 */
export function nextOpening(t: number, clocks: readonly Clock[], margin = MARGIN_MS): Opening | null {
  const calendars = clocks.filter(({ rules }) => !isAlwaysOpen(rules)).map(clock => createCalendar(clock))
  let at = t
  for (;;) {
    let until = Number.POSITIVE_INFINITY
    let latest = at
    for (const calendar of calendars) {
      const fit = firstFit(calendar, at, margin, t + MOST_DAYS * DAY)
      if (fit === null) return null
      latest = Math.max(latest, fit.at)
      until = Math.min(until, fit.until)
    }
    if (latest === at) return { at, until }
    at = latest
  }
}

/** Whether a message may begin at an instant. */
export function isOpen(t: number, clocks: readonly Clock[], margin = MARGIN_MS): boolean {
  return nextOpening(t, clocks, margin)?.at === t
}

/** Whether rules never close. */
export function isAlwaysOpen(rules: HoursRules): boolean {
  return rules.isClosed === null && isWholeWeek(rules.week)
}

/** How many days pass from one instant to a later one on which a clock's rules are closed from midnight to midnight. */
export function closedDays(from: number, to: number, clock: Clock): number {
  const calendar = createCalendar(clock)
  const first = dayAt(clock.zone, from)
  const last = Math.min(dayAt(clock.zone, to), first + MOST_DAYS)
  let closed = 0
  for (let day = first; day < last; day++) if (calendar.piecesOf(day).length === 0) closed += 1
  return closed
}

interface Calendar {
  readonly zone: string
  /** When a day is open, by its number since 1970 on the zone's clock. */
  piecesOf(day: number): readonly Stretch[]
}

function firstFit(calendar: Calendar, t: number, margin: number, horizon: number): Opening | null {
  let run: Stretch | null = null
  const openingIn = (stretch: Stretch | null): Opening | null => {
    if (stretch === null) return null
    const at = Math.max(t, stretch.start)
    return at + margin < stretch.end ? { at, until: stretch.end - margin } : null
  }
  // What began the day before may last until today.
  for (let day = dayAt(calendar.zone, t) - 1; day * DAY < horizon + 2 * DAY; day++) {
    for (const piece of calendar.piecesOf(day)) {
      if (run !== null && piece.start <= run.end) {
        run = { start: run.start, end: Math.max(run.end, piece.end) }
        continue
      }
      const found = openingIn(run)
      if (found !== null) return found
      run = piece
    }
    const so: Opening | null = openingIn(run)
    if (so !== null && so.until >= so.at + LONG_ENOUGH) return so
    if (so !== null && so.at > horizon) return null
  }
  return openingIn(run)
}

/** The number of the day since 1970 that a zone's calendar shows at an instant. */
function dayAt(zone: string, instant: number): number {
  return Math.floor((instant + offsetAt(zone, instant)) / DAY)
}

function createCalendar({ zone, rules }: Clock): Calendar {
  const known = new Map<number, readonly Stretch[]>()
  return {
    zone,
    piecesOf(day) {
      const found = known.get(day)
      if (found !== undefined) return found
      const pieces = open(zone, rules, day)
      known.set(day, pieces)
      return pieces
    },
  }
}

/**
 * When a day is open. Where clocks change, hours that they skip never come and hours that they repeat come twice: before the
 * change the old offset holds, after it the new one.
 */
function open(zone: string, rules: HoursRules, day: number): readonly Stretch[] {
  const midnight = day * DAY
  // 1970-01-01 was a Thursday; Monday is 0.
  const ranges = rules.week[(((day + 3) % 7) + 7) % 7] ?? []
  if (ranges.length === 0) return []
  if (rules.isClosed?.(new Date(midnight).toISOString().slice(0, 10))) return []
  // No clock is further than 14 hours from UTC.
  const before = offsetAt(zone, midnight - 14 * 60 * MINUTE)
  const after = offsetAt(zone, midnight + 38 * 60 * MINUTE)
  const stretches = (offset: number): readonly Stretch[] =>
    ranges.map(({ from, to }) => ({
      start: midnight + from * MINUTE - offset,
      end: midnight + to * MINUTE - offset,
    }))
  if (before === after) return stretches(before)
  const change = changeBetween(zone, midnight - 14 * 60 * MINUTE, midnight + 38 * 60 * MINUTE, before)
  return [
    ...stretches(before).flatMap(({ start, end }) => kept(start, Math.min(end, change))),
    ...stretches(after).flatMap(({ start, end }) => kept(Math.max(start, change), end)),
  ].sort((a, b) => a.start - b.start)
}

function kept(start: number, end: number): readonly Stretch[] {
  return start < end ? [{ start, end }] : []
}

/** The first instant with another offset than `before`, to the second. */
function changeBetween(zone: string, from: number, to: number, before: number): number {
  let low = from
  let high = to
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (middle <= low) break
    if (offsetAt(zone, middle) === before) low = middle
    else high = middle
  }
  return Math.ceil(high / 1000) * 1000
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const STEPS = [
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
]

/** A time axis: both ends in epoch milliseconds lie on whole steps of local time. */
export interface TimeAxis {
  readonly min: number
  readonly max: number
  readonly stepMs: number
}

/** The axis around two instants with at most `most` steps, aligned to local wall time. `offsetMs` is local time minus UTC. */
export function timeAxis(first: number, last: number, offsetMs: number, most = 6): TimeAxis {
  const span = Math.max(last - first, SECOND)
  const stepMs = STEPS.find(step => span / step <= most) ?? Math.ceil(span / most / DAY) * DAY
  const min = Math.floor((first + offsetMs) / stepMs) * stepMs - offsetMs
  const max = Math.ceil((last + offsetMs) / stepMs) * stepMs - offsetMs
  return { min, max: max > min ? max : min + stepMs, stepMs }
}

/** How an instant on the axis is written: seconds, minutes or days, as fine as the step needs. */
export function timeLabel(at: number, stepMs: number): string {
  if (stepMs >= DAY) return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' }).format(at)
  return new Intl.DateTimeFormat(
    undefined,
    stepMs < MINUTE
      ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
      : { hour: '2-digit', minute: '2-digit' },
  ).format(at)
}

import type { FamilyLimit, SenderLimits } from '../../shared/contract/sender-settings.ts'

/** At most `limit` attempts begin within any `ms` milliseconds. */
export interface RateWindow {
  readonly limit: number
  readonly ms: number
}

/** At most `limit` attempts begin from `from` until before `until`. */
export interface DayLimit {
  readonly limit: number
  readonly from: number
  readonly until: number
}

/** The limit of the calendar day at an instant; null when there is none. */
export type DailyLimit = (now: number) => DayLimit | null

/** Says how many attempts may begin. It counts attempts that were begun, whoever began them, so limits hold across restarts. */
export interface Throttle {
  /** How many may begin at `now`; Infinity without limits. */
  allowance(now: number): number
  /** When the next may begin: `now` or later. */
  nextAt(now: number): number
  /** Keeps a place for an attempt that is about to begin, until `release`. */
  reserve(): void
  /** Gives a kept place up: the attempt began, or did not. */
  release(): void
  /** Takes note of `count` attempts that begin at `at`. */
  begin(at: number, count: number): void
  /** Forgets an attempt that began at `at` and never reached the server. */
  forget(at: number): void
  /** How many of a window's places are used up at `now`. */
  used(window: RateWindow, now: number): number
  /** When attempts began that still count for something, ascending. */
  begun(): readonly number[]
}

const SECOND_MS = 1000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
// Lanes look at slightly different moments; only more than this is a clock that was set back.
const SET_BACK_MS = 500
// How soon to look again when all places are kept for attempts that are about to begin.
const SOON_MS = 20

/** A rate as a window of about a second; slower than one a second it is one in a longer window, so fractions hold too. */
export function rateWindow(perSecond: number): RateWindow {
  const limit = Math.max(1, Math.floor(perSecond))
  return { limit, ms: Math.ceil((limit / perSecond) * SECOND_MS) }
}

/** The windows of an account or a family. All roll (standards.md 1.5): a burst is never more than what one window allows. */
export function windowsOf(
  limits: Pick<SenderLimits | FamilyLimit, 'perSecond' | 'perMinute' | 'perHour' | 'perDay'>,
): readonly RateWindow[] {
  const windows: RateWindow[] = []
  if (limits.perSecond !== null) windows.push(rateWindow(limits.perSecond))
  if (limits.perMinute !== null) windows.push({ limit: limits.perMinute, ms: MINUTE_MS })
  if (limits.perHour !== null) windows.push({ limit: limits.perHour, ms: HOUR_MS })
  if (limits.perDay !== null) windows.push({ limit: limits.perDay, ms: DAY_MS })
  return windows
}

/** Attempts as they count: those that lie ahead of the clock, which was set back since, count as of now. */
export function notAhead(past: readonly number[], now: number): readonly number[] {
  return (past.at(-1) ?? now) > now ? past.map(at => Math.min(at, now)) : past
}

/** How far back, and how many attempts, a throttle must know of. */
export function memoryOf(windows: readonly RateWindow[]): { readonly ms: number; readonly count: number } {
  return {
    ms: Math.max(0, ...windows.map(window => window.ms)),
    count: Math.max(0, ...windows.map(window => window.limit)),
  }
}

/**
 * A throttle that begins with the attempts of the past, in ascending order, as many as `memoryOf` says, none of them ahead of
 * the clock (`notAhead`); `daily` with its largest limit holds besides the windows.
 */
export function createThrottle(
  windows: readonly RateWindow[],
  past: readonly number[],
  daily: { readonly at: DailyLimit; readonly most: number } | null = null,
): Throttle {
  const most = Math.max(memoryOf(windows).count, daily?.most ?? 0)
  const isLimited = windows.length > 0 || daily !== null
  let begun = isLimited ? past.slice(-most || past.length) : []
  let reserved = 0

  // A clock that was set back must not stop an account until it has caught up: everything was as long ago as it is.
  function followClock(now: number): void {
    const newest = begun.at(-1)
    if (newest !== undefined && newest > now + SET_BACK_MS) begun = begun.map(at => at - (newest - now))
  }

  function firstAfter(instant: number): number {
    let low = 0
    let high = begun.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((begun[middle] ?? 0) > instant) high = middle
      else low = middle + 1
    }
    return low
  }

  const countAfter = (instant: number): number => begun.length - firstAfter(instant)

  return {
    allowance(now) {
      followClock(now)
      let allowed = Number.POSITIVE_INFINITY
      for (const { limit, ms } of windows) allowed = Math.min(allowed, limit - countAfter(now - ms))
      const day = daily?.at(now) ?? null
      if (day !== null) allowed = Math.min(allowed, day.limit - countAfter(day.from - 1))
      return Math.max(0, allowed - reserved)
    },
    nextAt(now) {
      followClock(now)
      let next = now
      for (const { limit, ms } of windows) {
        // The window is full as long as the limit-th newest attempt lies in it.
        const oldest = begun[begun.length - limit]
        if (oldest !== undefined) next = Math.max(next, oldest + ms)
      }
      const day = daily?.at(now) ?? null
      if (day !== null && countAfter(day.from - 1) >= day.limit) next = Math.max(next, day.until)
      return next === now && reserved > 0 ? now + SOON_MS : next
    },
    reserve() {
      reserved += 1
    },
    release() {
      reserved = Math.max(0, reserved - 1)
    },
    begin(at, count) {
      if (!isLimited) return
      // Another lane may have begun something a moment later than this.
      const place = firstAfter(at)
      if (place === begun.length) for (let n = 0; n < count; n++) begun.push(at)
      else begun.splice(place, 0, ...Array.from({ length: count }, () => at))
      if (begun.length > 2 * most + 100) begun = begun.slice(-most)
    },
    forget(at) {
      const after = firstAfter(at)
      if (begun[after - 1] === at) begun.splice(after - 1, 1)
    },
    used: (window, now) => Math.min(window.limit, countAfter(now - window.ms)),
    begun: () => begun,
  }
}

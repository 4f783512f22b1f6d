import type { SenderLimits } from '../../shared/contract/sender-settings.ts'

// What one account without limits does on an ordinary machine (performance.md section 4, rounded down).
const UNLIMITED_PER_SECOND = 200

/** Messages per second that an account and a campaign allow together. */
export function messagesPerSecond(limits: SenderLimits | null, campaignRate: number | null): number {
  return Math.min(
    limits?.perSecond ?? UNLIMITED_PER_SECOND,
    limits?.perMinute ? limits.perMinute / 60 : UNLIMITED_PER_SECOND,
    campaignRate ?? UNLIMITED_PER_SECOND,
  )
}

const HOUR = 3600
const DAY = 86_400

/**
 * Seconds that `messages` need, when nothing else was sent lately: each full day's or hour's allowance goes out at full rate
 * and then waits for its rolling window to pass; what is left over goes out at full rate.
 */
export function secondsNeeded(messages: number, limits: SenderLimits | null, perSecond: number): number {
  if (messages <= 0) return 0
  // An allowance that the pace cannot use up in its window never makes anybody wait.
  const perHour = binding(limits?.perHour ?? null, perSecond * HOUR)
  const perDay = binding(limits?.perDay ?? null, (perHour ?? perSecond * HOUR) * 24)
  const [days, today] = windows(messages, perDay)
  const [hours, lastHour] = windows(today, perHour)
  return days * DAY + hours * HOUR + lastHour / perSecond
}

function binding(allowance: number | null, possible: number): number | null {
  return allowance !== null && allowance < possible ? allowance : null
}

/** How many full windows pass before the last, and what is left for the last. */
function windows(messages: number, allowance: number | null): readonly [number, number] {
  if (allowance === null) return [0, messages]
  const full = Math.ceil(messages / allowance) - 1
  return [full, messages - full * allowance]
}

import type { RetryRule } from '../integrations/index.ts'
import { days, hours, minutes } from '../kernel/clock.ts'

/** What comes after a temporary refusal: another attempt at a time, or the end. */
export type Retry = { readonly kind: 'at'; readonly at: number } | { readonly kind: 'expired' }

/** Temporary refusals of a message so far, the present one included. */
export interface Refusals {
  readonly count: number
  readonly firstAt: number
}

// standards.md 1.8: greylisting lets the second attempt pass after some five minutes; late marketing mail is worthless.
const DELAYS_MS = [minutes(5), minutes(15), minutes(30), hours(1), hours(2), hours(4), hours(8)]
const VALID_MS = days(1)
const JITTER = 0.2

/**
 * When a message is tried again after its `refusals`-th temporary refusal (from 1). `chance` in [0, 1) moves the delay by
 * up to 20 % either way. It has expired when the next attempt would come `validMs` after the first refusal or later.
 */
export function retryAfter(
  refusals: number,
  firstRefusedAt: number,
  now: number,
  chance: number,
  validMs = VALID_MS,
): Retry {
  const delay = DELAYS_MS[Math.min(refusals, DELAYS_MS.length) - 1] ?? minutes(5)
  const at = now + Math.round(delay * (1 - JITTER + 2 * JITTER * chance))
  return at - firstRefusedAt >= validMs ? { kind: 'expired' } : { kind: 'at', at }
}

/** How many times faster the practice account goes through its retries: a person wants to see the end of her first campaign. */
export const PRACTICE_PACE = 60

/** `retryAfter` on a clock that runs `pace` times faster. */
export function retryAtPace(
  refusals: Refusals,
  now: number,
  { chance, pace, validMs = VALID_MS }: { readonly chance: number; readonly pace: number; readonly validMs?: number },
): Retry {
  const elapsed = (now - refusals.firstAt) * pace
  const retry = retryAfter(refusals.count, 0, elapsed, chance, validMs)
  return retry.kind === 'at' ? { kind: 'at', at: now + Math.ceil((retry.at - elapsed) / pace) } : retry
}

/**
 * When a message is tried again by its provider's own rule: never before the wait that the rule asks for, up to 10 % later by
 * chance, on a clock that runs `pace` times faster. It has expired when it was tried again as often as the rule allows.
 */
export function retryByRule(
  rule: RetryRule,
  refusals: Refusals,
  now: number,
  { chance, pace }: { readonly chance: number; readonly pace: number },
): Retry {
  if (refusals.count > rule.mostRetries) return { kind: 'expired' }
  return { kind: 'at', at: now + Math.round((rule.leastWaitMs * (1 + 0.1 * chance)) / pace) }
}

// standards.md 1.8: trouble with the submission host is the account's, not the message's.
const BACK_OFF_MS = [30_000, minutes(1), minutes(2), minutes(5), minutes(15)]

/** How long an account rests after `failures` failed tries in a row (from 1); a longer wish of the server is granted. */
export function backOffMs(failures: number, wishedMs: number | null): number {
  const rung = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length) - 1] ?? 30_000
  return Math.max(rung, wishedMs ?? 0)
}

const PAIR_MS = 6000

/** How long a message waits whose recipient had too many at once (standards.md 3.3): 6 s, doubling with each of its attempts. */
export function recipientRestMs(attempt: number, wishedMs: number | null): number {
  return Math.max(Math.min(PAIR_MS * 2 ** (attempt - 1), minutes(15)), wishedMs ?? 0)
}

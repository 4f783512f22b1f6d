import type { LiveHold, LiveWindow } from '../../shared/contract/sending-live.ts'
import type { MailboxFamily } from '../../shared/domain/domain-family.ts'
import type { SendingAccount } from '../integrations/index.ts'
import type { AccountPace } from './account-pace.ts'
import { type RateWindow, type Throttle, windowsOf } from './throttle.ts'
import { warmUpLimit } from './warm-up.ts'

/** Writes an instant for a person. */
export type Say = (at: number) => string

export const NO_HOLD: LiveHold = { kind: 'none', text: '', until: null }

// Waiting a second for a place is the ordinary pace, not a hold-up.
const ORDINARY_MS = 1500

const NAMES: Readonly<Record<MailboxFamily, string>> = {
  google: 'Google',
  microsoft: 'Microsoft',
  yahoo: 'Yahoo',
  apple: 'Apple',
  '': 'other domains',
}

/** What holds an account back at `now`; `due` is how much is due, `nextDueAt` when something is again. */
export function accountHold(
  account: SendingAccount,
  pace: AccountPace,
  work: { readonly due: number; readonly waiting: number; readonly nextDueAt: number | null },
  at: { readonly now: number; readonly say: Say; readonly timeZone: string },
): LiveHold {
  const { now, say } = at
  if (account.state === 'paused') return { kind: 'paused', text: 'Paused. Resume it to go on.', until: null }
  if (account.state === 'tripped') return { kind: 'stopped', text: account.stateReason, until: null }
  const until = account.backingOffUntil ?? 0
  if (account.state === 'backing_off' && until > now) {
    return { kind: 'resting', text: `${account.stateReason} Next try at ${say(until)}.`, until }
  }
  if (work.waiting > 0 && work.due === 0) {
    const text = work.nextDueAt === null ? 'Nothing is due.' : `Nothing is due before ${say(work.nextDueAt)}.`
    return { kind: 'not_due', text, until: work.nextDueAt }
  }
  const next = pace.account.nextAt(now)
  if (work.due === 0 || next - now <= ORDINARY_MS) return NO_HOLD
  const daily = warmUpLimit(account.limits.warmUp, at.timeZone)?.at(now) ?? null
  return daily !== null && next >= daily.until
    ? {
        kind: 'warm_up',
        text: `The ${daily.limit} messages of this day of the warm-up are sent. Next at ${say(next)}.`,
        until: next,
      }
    : { kind: 'limit', text: `The limit of the account is reached. Next at ${say(next)}.`, until: next }
}

/** What holds messages to a mailbox family back. */
export function familyHold(pace: AccountPace, family: MailboxFamily, now: number, say: Say): LiveHold {
  const rest = pace.rest(family, now)
  if (rest !== null) {
    const why = rest.reason === '' ? '' : ` (${rest.reason})`
    return {
      kind: 'family_rest',
      text: `${NAMES[family]} asked to slow down${why}. Next try at ${say(rest.until)}.`,
      until: rest.until,
    }
  }
  const next = pace.familyNextAt(family, now)
  return next - now > ORDINARY_MS
    ? { kind: 'family_limit', text: `The limit for ${NAMES[family]} is reached. Next at ${say(next)}.`, until: next }
    : NO_HOLD
}

/** The windows of limits with what is used up of each. */
export function liveWindows(limits: Parameters<typeof windowsOf>[0], throttle: Throttle, now: number): LiveWindow[] {
  const named = [
    ['second', { ...NONE, perSecond: limits.perSecond }],
    ['minute', { ...NONE, perMinute: limits.perMinute }],
    ['hour', { ...NONE, perHour: limits.perHour }],
    ['day', { ...NONE, perDay: limits.perDay }],
  ] as const
  return named.flatMap(([window, only]) => windowsOf(only).map(rate => ({ window, ...usage(rate, throttle, now) })))
}

const NONE = { perSecond: null, perMinute: null, perHour: null, perDay: null }

function usage(rate: RateWindow, throttle: Throttle, now: number): Omit<LiveWindow, 'window'> {
  const used = throttle.used(rate, now)
  const starts = throttle.begun()
  const oldest = starts[starts.length - rate.limit]
  const freeAt = used < rate.limit || oldest === undefined ? null : oldest + rate.ms
  return { limit: rate.limit, used, left: rate.limit - used, freeAt }
}

/** The day of a warm-up as a window. */
export function warmUpWindow(account: SendingAccount, throttle: Throttle, timeZone: string, now: number): LiveWindow[] {
  const daily = warmUpLimit(account.limits.warmUp, timeZone)?.at(now) ?? null
  if (daily === null) return []
  const { limit, from, until } = daily
  const used = throttle.used({ limit, ms: now - from + 1 }, now)
  return [{ window: 'warm_up', limit, used, left: limit - used, freeAt: used < limit ? null : until }]
}

import type { DomainFamily, FamilyLimit } from '../../shared/contract/sender-settings.ts'
import { familyOf, type MailboxFamily, mailDomain } from '../../shared/domain/domain-family.ts'
import { createFamilyRest, type FamilyRest } from './family-rest.ts'
import { createThrottle, type RateWindow, type Throttle, windowsOf } from './throttle.ts'
import type { Verdict } from './verdict.ts'

/** Whom a message goes to, as far as limits are concerned. */
export interface PaceTarget {
  readonly address: string
}

/** What was begun before and still counts, by key (`paceKey`), ascending. */
export type PastStarts = ReadonlyMap<string, readonly number[]>

/** A limit of a family as its throttle knows it. */
export interface FamilyPace {
  readonly windows: readonly RateWindow[]
  readonly throttle: Throttle
}

/** All limits of one account together: its own, those of the mailbox families, and the rests that families asked for. */
export interface AccountPace {
  readonly account: Throttle
  /** How many messages to mailboxes of a family may begin; for '' what holds for all other domains together. */
  familyAllowance(family: MailboxFamily, now: number): number
  /** When the next message to a family may begin. */
  familyNextAt(family: MailboxFamily, now: number): number
  /** How many messages to the mailboxes that share a limit with this one may begin (`paceKey`). */
  keyAllowance(key: string, now: number): number
  keyNextAt(key: string, now: number): number
  /** Domains of no family that nothing may go to now, and when the first of them opens; `held` are places taken, by key. */
  fullDomains(now: number, held: ReadonlyMap<string, number>): { readonly domains: string[]; readonly nextAt: number }
  /** Keeps a place in every limit that holds for a target; false, and nothing kept, when one of them has none. */
  reserve(target: PaceTarget, now: number): boolean
  /** Gives kept places up: the attempt did not begin. */
  release(target: PaceTarget): void
  /** The attempt that places were kept for began at `at`. */
  begin(target: PaceTarget, at: number): void
  /** The attempt began at `at` and never reached the server. */
  forget(target: PaceTarget, at: number): void
  /** Takes note of how an attempt ended; returns until when the family rests, null when it need not. */
  observe(target: PaceTarget, verdict: Verdict, startedAt: number, now: number): number | null
  /** Until when a family rests, and why; null when it does not. */
  rest(family: MailboxFamily, now: number): { readonly until: number; readonly reason: string } | null
  family(family: MailboxFamily): FamilyPace | null
}

const DOMAIN_MARK = '@'
const MOST_IDLE_DOMAINS = 5000

/** What limits of families are counted by: the family, or the domain of those that are in none. */
export function paceKey(address: string): string {
  return familyOf(address) || DOMAIN_MARK + mailDomain(address)
}

/** The pace of an account, beginning with what is on disk; `rests` are those of families that go on after a restart. */
export function createAccountPace(
  account: Throttle,
  limits: readonly FamilyLimit[],
  past: PastStarts,
  rests: ReadonlyMap<string, number>,
): AccountPace {
  const windows = new Map<DomainFamily, readonly RateWindow[]>(limits.map(one => [one.family, windowsOf(one)]))
  const throttles = new Map<string, Throttle>()
  const resting = new Map<string, FamilyRest>()
  for (const [key, until] of rests) resting.set(key, createFamilyRest(until))

  const windowsFor = (key: string): readonly RateWindow[] => {
    const name = key.startsWith(DOMAIN_MARK) ? 'other' : key
    for (const [family, own] of windows) if (family === name) return own
    return []
  }

  function throttleOf(key: string): Throttle | null {
    const known = throttles.get(key)
    if (known) return known
    const own = windowsFor(key)
    if (own.length === 0) return null
    const fresh = createThrottle(own, past.get(key) ?? [])
    throttles.set(key, fresh)
    return fresh
  }
  for (const key of past.keys()) throttleOf(key)

  function allowance(key: string, now: number): number {
    const rest = resting.get(key)?.allowance(now) ?? Number.POSITIVE_INFINITY
    return rest <= 0 ? 0 : Math.min(rest, throttleOf(key)?.allowance(now) ?? Number.POSITIVE_INFINITY)
  }

  const nextAt = (key: string, now: number): number =>
    Math.max(resting.get(key)?.nextAt(now) ?? now, throttleOf(key)?.nextAt(now) ?? now)

  /** Domains that have every place free again are forgotten, when there are many. */
  function forgetIdle(now: number): void {
    if (throttles.size < MOST_IDLE_DOMAINS) return
    for (const [key, throttle] of throttles) {
      const own = windowsFor(key)
      if (key.startsWith(DOMAIN_MARK) && own.every(window => throttle.used(window, now) === 0)) throttles.delete(key)
    }
  }

  return {
    account,
    familyAllowance: (family, now) => (family === '' ? Number.POSITIVE_INFINITY : allowance(family, now)),
    familyNextAt: (family, now) => (family === '' ? now : nextAt(family, now)),
    keyAllowance: allowance,
    keyNextAt: nextAt,
    fullDomains(now, held) {
      forgetIdle(now)
      const domains: string[] = []
      let first = Number.POSITIVE_INFINITY
      for (const key of new Set([...throttles.keys(), ...resting.keys()])) {
        if (!key.startsWith(DOMAIN_MARK)) continue
        if (allowance(key, now) - (held.get(key) ?? 0) > 0) continue
        domains.push(key.slice(DOMAIN_MARK.length))
        first = Math.min(first, nextAt(key, now))
      }
      return { domains, nextAt: first }
    },
    reserve(target, now) {
      const key = paceKey(target.address)
      if (account.allowance(now) < 1 || allowance(key, now) < 1) return false
      account.reserve()
      throttleOf(key)?.reserve()
      resting.get(key)?.begin()
      return true
    },
    release(target) {
      const key = paceKey(target.address)
      account.release()
      throttles.get(key)?.release()
      resting.get(key)?.giveUp()
    },
    begin(target, at) {
      const throttle = throttleOf(paceKey(target.address))
      account.release()
      account.begin(at, 1)
      throttle?.release()
      throttle?.begin(at, 1)
    },
    forget(target, at) {
      account.forget(at)
      throttles.get(paceKey(target.address))?.forget(at)
    },
    observe(target, verdict, startedAt, now) {
      const key = paceKey(target.address)
      if (verdict.kind === 'held' && verdict.scope === 'family') {
        const rest = resting.get(key) ?? createFamilyRest(null)
        resting.set(key, rest)
        return rest.refused(verdict, startedAt, now)
      }
      const rest = resting.get(key)
      if (rest?.answered(verdict, startedAt) === true) resting.delete(key)
      return null
    },
    rest: (family, now) => resting.get(family)?.current(now) ?? null,
    family(family) {
      const throttle = family === '' ? null : throttleOf(family)
      return throttle === null ? null : { windows: windowsFor(family), throttle }
    },
  }
}

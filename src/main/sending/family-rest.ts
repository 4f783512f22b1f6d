import { backOffMs } from './retry-schedule.ts'
import type { Verdict } from './verdict.ts'

/** A mailbox family that asked for a rest. After it one message is tried; when that is answered, the others follow. */
export interface FamilyRest {
  /** How many may begin: none while it rests, one to find out, then none until that one is answered. */
  allowance(now: number): number
  nextAt(now: number): number
  /** An attempt begins, or is about to. */
  begin(): void
  /** It did not begin after all. */
  giveUp(): void
  /** It asked for a rest again; returns until when. */
  refused(verdict: Extract<Verdict, { kind: 'held' }>, startedAt: number, now: number): number
  /** Something else was answered; true when the rest is over. */
  answered(verdict: Verdict, startedAt: number): boolean
  current(now: number): { readonly until: number; readonly reason: string } | null
}

// Should the answer to the one that was tried get lost, it is tried again.
const LOOK_AGAIN_MS = 60_000

/** A rest, going on until `restUntil` when it is known from before a restart. */
export function createFamilyRest(restUntil: number | null): FamilyRest {
  let until = restUntil ?? 0
  let failures = restUntil === null ? 0 : 1
  let failedAt = 0
  let isTrying = false
  let reason = ''

  return {
    allowance: now => (now < until || (isTrying && now < until + LOOK_AGAIN_MS) ? 0 : 1),
    nextAt: now => Math.max(now, until + (isTrying ? LOOK_AGAIN_MS : 0)),
    begin() {
      isTrying = true
    },
    giveUp() {
      isTrying = false
    },
    refused(verdict, startedAt, now) {
      // Those that were on the wire together are refused together: they are one refusal.
      if (failures === 0 || startedAt > failedAt) failures += 1
      failedAt = now
      isTrying = false
      until = Math.max(until, now + backOffMs(failures, verdict.retryAfterMs))
      reason = [verdict.fault.code, verdict.fault.reply].filter(Boolean).join(' ')
      return until
    },
    answered(verdict, startedAt) {
      if (startedAt <= failedAt) return false
      isTrying = false
      return verdict.kind === 'accepted' || verdict.kind === 'rejected' || verdict.kind === 'deferred'
    },
    current: now => (now < until ? { until, reason } : null),
  }
}

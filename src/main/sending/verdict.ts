import type { Fault, FaultClass, HoldScope, RetryRule, SendOutcome } from '../integrations/index.ts'
import { assertNever } from '../kernel/assert-never.ts'
import { scopeOf } from './hold-scope.ts'

/** What an outcome means for the message and for its account (standards.md 1.7). */
export type Verdict =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  /** Never again; a bad address is suppressed too, and so is one whose owner opted out with the provider. */
  | {
      readonly kind: 'rejected'
      readonly fault: Fault
      readonly suppress: boolean
      readonly optedOut?: true
      /** About this recipient only: it counts against nothing else. */
      readonly isPersonal?: true
    }
  /** Again by the retry schedule, or by the provider's own rule. */
  | { readonly kind: 'deferred'; readonly fault: Fault; readonly retry?: RetryRule }
  /** Not the message's fault: back to ready, and what `scope` names rests. */
  | {
      readonly kind: 'held'
      readonly fault: Fault
      readonly retryAfterMs: number | null
      readonly scope: HoldScope
    }
  /** Not the message's fault: back to ready, and the account stops until a person looks at it. */
  | { readonly kind: 'tripped'; readonly fault: Fault }
  | { readonly kind: 'unknown'; readonly fault: Fault }

/** Classes that are about the account whatever the provider calls them: no message may be lost to them. */
const RESTS: ReadonlySet<FaultClass> = new Set(['rate_limited', 'transport'])

/** Reads the outcome of a message to `address`. An account's trouble is never counted against a message. */
export function verdictOf(outcome: SendOutcome, address = ''): Verdict {
  if (outcome.kind === 'accepted') return { kind: 'accepted', providerMessageId: outcome.providerMessageId }
  const { fault } = outcome
  if (outcome.kind === 'unknown') return { kind: 'unknown', fault }
  const scope = scopeOf(outcome, address)
  // A template that was paused or disabled: the campaign cannot go on, whatever the provider calls it.
  if (scope === 'campaign') return { kind: 'held', fault, retryAfterMs: null, scope }
  if (fault.class === 'account') return { kind: 'tripped', fault }
  switch (outcome.kind) {
    case 'throttled':
      return fault.class === 'policy_sender'
        ? { kind: 'tripped', fault }
        : { kind: 'held', fault, retryAfterMs: outcome.retryAfterMs, scope }
    case 'deferred':
      if (RESTS.has(fault.class)) return { kind: 'held', fault, retryAfterMs: null, scope }
      return { kind: 'deferred', fault, ...(outcome.retry ? { retry: outcome.retry } : {}) }
    case 'rejected':
      if (outcome.optedOut) return { kind: 'rejected', fault, suppress: true, optedOut: true, isPersonal: true }
      if (outcome.isPersonal) return { kind: 'rejected', fault, suppress: false, isPersonal: true }
      return RESTS.has(fault.class)
        ? { kind: 'held', fault, retryAfterMs: null, scope }
        : { kind: 'rejected', fault, suppress: fault.class === 'permanent_address' }
    default:
      return assertNever(outcome)
  }
}

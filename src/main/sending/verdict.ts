import type { Fault, FaultClass, SendOutcome } from '../integrations/index.ts'
import { assertNever } from '../kernel/assert-never.ts'

/** What an outcome means for the message and for its account (standards.md 1.7). */
export type Verdict =
  | { readonly kind: 'accepted'; readonly providerMessageId: string }
  /** Never again; a bad address is suppressed too. */
  | { readonly kind: 'rejected'; readonly fault: Fault; readonly suppress: boolean }
  /** Again by the retry schedule. */
  | { readonly kind: 'deferred'; readonly fault: Fault }
  /** Not the message's fault: back to ready, and the account rests. */
  | { readonly kind: 'held'; readonly fault: Fault; readonly retryAfterMs: number | null }
  /** Not the message's fault: back to ready, and the account stops until a person looks at it. */
  | { readonly kind: 'tripped'; readonly fault: Fault }
  | { readonly kind: 'unknown'; readonly fault: Fault }

/** Classes that are about the account whatever the provider calls them: no message may be lost to them. */
const RESTS: ReadonlySet<FaultClass> = new Set(['rate_limited', 'transport'])

/** Reads an outcome. An account's trouble is never counted against a message. */
export function verdictOf(outcome: SendOutcome): Verdict {
  if (outcome.kind === 'accepted') return { kind: 'accepted', providerMessageId: outcome.providerMessageId }
  const { fault } = outcome
  if (outcome.kind === 'unknown') return { kind: 'unknown', fault }
  if (fault.class === 'account') return { kind: 'tripped', fault }
  switch (outcome.kind) {
    case 'throttled':
      return fault.class === 'policy_sender'
        ? { kind: 'tripped', fault }
        : { kind: 'held', fault, retryAfterMs: outcome.retryAfterMs }
    case 'deferred':
      return RESTS.has(fault.class) ? { kind: 'held', fault, retryAfterMs: null } : { kind: 'deferred', fault }
    case 'rejected':
      return RESTS.has(fault.class)
        ? { kind: 'held', fault, retryAfterMs: null }
        : { kind: 'rejected', fault, suppress: fault.class === 'permanent_address' }
    default:
      return assertNever(outcome)
  }
}

import { assertNever } from '../kernel/assert-never.ts'
import type { LedgerEntry } from './index.ts'
import type { Finished } from './prepared.ts'
import type { Settlement } from './queue-store.ts'
import { type Refusals, recipientRestMs, retryAtPace, retryByRule } from './retry-schedule.ts'
import type { Verdict } from './verdict.ts'

/** What is written about an attempt that ended; `entry` is null where the message's fate is still open and nothing happened to it. */
export interface Closing {
  readonly settlement: Settlement
  readonly entry: LedgerEntry | null
}

const MOST_REPLY = 500
const DAY_MS = 86_400_000

/** What the time of a next attempt depends on. */
export interface RetryTerms {
  /** Temporary refusals of the message before this one. */
  readonly before: Refusals | undefined
  /** In [0, 1): moves the time. */
  readonly chance: number
  /** How many times faster than the schedule. */
  readonly pace: number
}

/** Turns a verdict into what the tables and the ledger say. */
export function closingOf(finished: Finished, verdict: Verdict, terms: RetryTerms): Closing {
  const { messageId, n, endedAt } = finished
  const base = { messageId, n, endedAt, dueAt: endedAt, providerMessageId: null, reason: '' }
  if (verdict.kind === 'accepted') {
    const { providerMessageId } = verdict
    return {
      settlement: {
        ...base,
        outcome: 'accepted',
        class: null,
        code: null,
        reply: null,
        state: 'accepted',
        providerMessageId,
      },
      entry: entryOf(finished, 'accepted', finished.segments === null ? { n } : { n, segments: finished.segments }),
    }
  }
  const { code } = verdict.fault
  const reply = verdict.fault.reply.slice(0, MOST_REPLY)
  const fault = { class: verdict.fault.class, code, reply }
  switch (verdict.kind) {
    case 'rejected': {
      const reason = verdict.optedOut ? 'unsubscribed' : fault.class
      return {
        settlement: { ...base, ...fault, outcome: 'rejected', state: 'rejected', reason },
        entry: entryOf(finished, 'rejected', { n, ...fault, reason }),
      }
    }
    case 'deferred': {
      const refusals = { count: (terms.before?.count ?? 0) + 1, firstAt: terms.before?.firstAt ?? endedAt }
      const retry = verdict.retry
        ? retryByRule(verdict.retry, refusals, endedAt, terms)
        : retryAtPace(refusals, endedAt, { ...terms, validMs: finished.validMs ?? DAY_MS })
      if (retry.kind === 'expired') {
        return {
          settlement: { ...base, ...fault, outcome: 'deferred', state: 'rejected', reason: 'expired' },
          entry: entryOf(finished, 'rejected', { n, ...fault, reason: 'expired' }),
        }
      }
      return {
        settlement: { ...base, ...fault, outcome: 'deferred', state: 'ready', reason: fault.class, dueAt: retry.at },
        entry: entryOf(finished, 'deferred', { n, ...fault, retryAt: retry.at }),
      }
    }
    case 'held':
      return { settlement: { ...base, ...fault, ...restOf(finished, verdict) }, entry: null }
    case 'tripped':
      return { settlement: { ...base, ...fault, outcome: 'throttled', state: 'ready' }, entry: null }
    case 'unknown':
      return {
        settlement: { ...base, ...fault, outcome: 'unknown', state: 'unknown', reason: fault.class },
        entry: entryOf(finished, 'unknown', { n, ...fault, reason: fault.class }),
      }
    default:
      return assertNever(verdict)
  }
}

/** When a message that was held back is tried again: at once where the account rests, or when its family or she may be asked. */
function restOf(
  { n, endedAt, notBefore }: Finished,
  { scope, retryAfterMs }: Extract<Verdict, { kind: 'held' }>,
): Pick<Settlement, 'outcome' | 'state' | 'reason' | 'dueAt'> {
  const held = { outcome: 'throttled', state: 'ready' } as const
  if (scope === 'family') return { ...held, reason: 'rate_limited', dueAt: Math.max(endedAt, notBefore ?? 0) }
  if (scope === 'recipient') {
    return { ...held, reason: 'temporary', dueAt: endedAt + recipientRestMs(n, retryAfterMs) }
  }
  return { ...held, reason: '', dueAt: endedAt }
}

function entryOf(finished: Finished, kind: LedgerEntry['kind'], data: LedgerEntry['data']): LedgerEntry {
  const { messageId, campaignId, contactId, n, endedAt } = finished
  return { kind, campaignId, messageId, contactId, at: endedAt, eventKey: `${messageId}:${n}:${kind}`, data }
}

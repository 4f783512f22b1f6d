import { hours } from '../../../kernel/clock.ts'
import { apiFault } from '../../http/send-outcome.ts'
import type { SendOutcome } from '../../provider.ts'

/** A call as Twilio tells of it. */
export interface Call {
  readonly sid: string
  /** queued, ringing, in-progress, completed, busy, failed, no-answer or canceled. */
  readonly status: string
  /** Who or what answered, where it was asked for. */
  readonly answeredBy: string | null
}

// standards.md 4: busy or nobody there is tried twice more, at least two hours apart.
const NOBODY = { leastWaitMs: hours(2), mostRetries: 2 } as const
const NOT_COMPLETED = { leastWaitMs: hours(2), mostRetries: 1 } as const

/** What a call came to; null while it goes on. */
export function outcomeOfCall(call: Call): SendOutcome | null {
  switch (call.status) {
    case 'completed':
      return completed(call)
    case 'busy':
      return { kind: 'deferred', fault: apiFault('temporary', 'busy', 'The line was busy'), retry: NOBODY }
    case 'no-answer':
      return { kind: 'deferred', fault: apiFault('temporary', 'no-answer', 'Nobody answered'), retry: NOBODY }
    case 'canceled':
      return {
        kind: 'rejected',
        fault: apiFault('permanent_message', 'canceled', 'The call was ended by hand'),
        isPersonal: true,
      }
    case 'failed':
      // Carriers fail as well as numbers, and the call does not say which: once more, and the number keeps its good name.
      return {
        kind: 'deferred',
        fault: apiFault('temporary', 'failed', 'The call could not be completed as dialled'),
        retry: NOT_COMPLETED,
      }
    default:
      return null
  }
}

function completed({ sid, answeredBy }: Call): SendOutcome {
  if (answeredBy === 'fax') {
    return { kind: 'rejected', fault: apiFault('permanent_address', 'fax', 'A fax machine answered') }
  }
  const who =
    answeredBy === null || answeredBy === 'unknown'
      ? 'answered'
      : answeredBy.startsWith('machine')
        ? 'left on a mailbox'
        : 'answered by a person'
  return { kind: 'accepted', providerMessageId: sid, reply: who }
}

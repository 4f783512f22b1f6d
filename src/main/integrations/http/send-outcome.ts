import { assertNever } from '../../kernel/assert-never.ts'
import { redact } from '../../kernel/log.ts'
import type { Fault, FaultClass, SendOutcome } from '../provider.ts'
import type { HttpAnswer, HttpOutcome } from './http-outcome.ts'

const MOST_REPLY = 300

/** What became of a request to send. Answers are read by `read`; everything else is the same for all providers. */
export function sendOutcome(outcome: HttpOutcome, read: (answer: HttpAnswer) => SendOutcome): SendOutcome {
  switch (outcome.kind) {
    case 'answered':
      return read(outcome)
    case 'lost':
      return { kind: 'unknown', fault: apiFault('uncertain', outcome.code, outcome.text) }
    case 'refused':
      // What cannot even be written is a matter of the account's settings; stopping is nobody's fault.
      return outcome.stage === 'request' && outcome.code !== 'aborted'
        ? refusal(apiFault('account', outcome.code, outcome.text), null)
        : refusal(apiFault('transport', outcome.code, outcome.text), null)
    default:
      return assertNever(outcome)
  }
}

/** What a refusal means for the message and the account, by its class (standards.md 1.7). */
export function refusal(fault: Fault, retryAfterMs: number | null): SendOutcome {
  switch (fault.class) {
    case 'permanent_address':
    case 'permanent_message':
      return { kind: 'rejected', fault }
    case 'temporary':
      return { kind: 'deferred', fault }
    case 'uncertain':
      return { kind: 'unknown', fault }
    case 'policy_sender':
    case 'rate_limited':
    case 'account':
    case 'transport':
      return { kind: 'throttled', fault, retryAfterMs }
    default:
      return assertNever(fault.class)
  }
}

/** An answer that says the message was taken, or that cannot be read so that nobody knows. */
export function acceptance(answer: HttpAnswer, providerMessageId: string | null): SendOutcome {
  if (providerMessageId === null || providerMessageId === '') {
    const text = 'The answer cannot be read: nobody knows whether the message was taken'
    return { kind: 'unknown', fault: apiFault('uncertain', String(answer.status), text) }
  }
  return { kind: 'accepted', providerMessageId: providerMessageId.slice(0, 200), reply: String(answer.status) }
}

/** A fault as it is kept: short, without addresses and numbers. */
export function apiFault(why: FaultClass, code: string, reply: string): Fault {
  return { class: why, code: code.slice(0, 100), reply: redact(reply).slice(0, MOST_REPLY) }
}

/**
 * The class of a status that the provider's own codes did not explain. A 5xx after the request was sent is uncertain, unless
 * the provider documents for that status that it took nothing (`takesNothing`).
 */
export function classOfStatus(status: number, takesNothing: readonly number[]): FaultClass {
  if (takesNothing.includes(status)) return 'transport'
  if (status === 429) return 'rate_limited'
  // A success of another kind than the documented one.
  if (status < 300) return 'uncertain'
  // A redirect or a missing path: the address of the service is wrong.
  if (status < 400 || status === 401 || status === 402 || status === 403 || status === 404 || status === 405)
    return 'account'
  if (status === 408 || status >= 500) return 'uncertain'
  return 'permanent_message'
}

import type { HttpAnswer, HttpOutcome } from '../../http/http-outcome.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { apiFault, refusal, sendOutcome } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'

/**
 * What became of a delivery (Standard Webhooks 1.0). The receiver tells repeats by `webhook-id`, so what was lost on the way may
 * be delivered again.
 */
export function readDelivery(outcome: HttpOutcome, now: number): SendOutcome {
  if (outcome.kind === 'lost') {
    return { kind: 'deferred', fault: apiFault('temporary', outcome.code, outcome.text) }
  }
  return sendOutcome(outcome, answer => readAnswer(answer, now))
}

function readAnswer(answer: HttpAnswer, now: number): SendOutcome {
  const { status } = answer
  if (status >= 200 && status <= 299) return { kind: 'accepted', providerMessageId: '', reply: String(status) }
  const fault = apiFault(classOf(status), String(status), wordsOf(status))
  return refusal(fault, retryAfterMs(answer.headers, now))
}

function classOf(status: number): FaultClass {
  if (status === 429 || status === 502 || status === 504) return 'rate_limited'
  // 410 means that nobody wants deliveries any more; a redirect is not followed, so its address is wrong.
  if (status < 400 || status === 410 || status === 401 || status === 403 || status === 404 || status === 405)
    return 'account'
  return status === 408 || status >= 500 ? 'temporary' : 'permanent_message'
}

function wordsOf(status: number): string {
  if (status === 410) return 'The receiver wants no more deliveries'
  return status < 400 ? 'The address leads elsewhere, and that is not followed' : ''
}

import { z } from 'zod'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'

const Answer = z.object({
  messages: z
    .array(z.object({ status: z.string(), 'message-id': z.string().nullish(), 'error-text': z.string().nullish() }))
    .min(1),
})

// standards.md 2.5; 10 to 15 and 29 from the same documentation.
const CLASS_OF: Readonly<Record<string, FaultClass>> = {
  1: 'rate_limited',
  2: 'permanent_message',
  3: 'permanent_message',
  4: 'account',
  5: 'temporary',
  6: 'permanent_message',
  7: 'permanent_address',
  8: 'account',
  9: 'account',
  10: 'rate_limited',
  11: 'account',
  12: 'permanent_message',
  14: 'account',
  15: 'account',
  29: 'policy_sender',
}
// A demo account reaches only the numbers that it lists: the others of the campaign may be among them.
const OF_THIS_NUMBER = '29'

/** Reads an answer of Vonage: 200 whatever became of it, with one entry for each part. */
export function readVonage(answer: HttpAnswer, now: number): SendOutcome {
  const parts = readJson(answer, Answer)?.messages ?? null
  if (parts === null) {
    const isOk = answer.status >= 200 && answer.status <= 299
    if (isOk) return acceptance(answer, null)
    const fault = apiFault(classOfStatus(answer.status, []), String(answer.status), '')
    return refusal(fault, retryAfterMs(answer.headers, now))
  }
  // A part that went has reached the person: what came after it must not make her get it twice.
  const taken = parts.find(part => part.status === '0')
  if (taken) return acceptance(answer, taken['message-id'] ?? null)
  const { status = '', 'error-text': text } = parts[0] ?? {}
  const fault = apiFault(CLASS_OF[status] ?? 'permanent_message', status, text ?? '')
  if (status === OF_THIS_NUMBER) return { kind: 'rejected', fault, isPersonal: true }
  return refusal(fault, retryAfterMs(answer.headers, now))
}

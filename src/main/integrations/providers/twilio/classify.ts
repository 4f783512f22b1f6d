import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'
import { TwilioError } from './api.ts'

// standards.md 2.4, as of 2026-11-01. 21214 to 21219 and 13xxx are of calls.
const CLASS_OF: ReadonlyMap<number, FaultClass> = new Map([
  ...all('account', [20003, 20005, 20006, 20008, 20404, 21210, 21212, 21603, 21606, 21659, 21660, 30002]),
  ...all('rate_limited', [20429, 21611, 30001, 30022, 30023]),
  ...all('permanent_address', [13223, 13224, 13225, 13226, 13227]),
  ...all('permanent_address', [21211, 21214, 21217, 21614, 21635, 30004, 30005, 30006]),
  ...all('permanent_message', [21602, 21610, 21617, 21619, 21620]),
  ...all('policy_sender', [21215, 21216, 21219, 21408, 21612, 30007, 30032, 30034]),
  ...all('temporary', [30003, 30008]),
])

// The account may not reach that country or that one number: the others are not concerned.
const OF_THIS_NUMBER: ReadonlySet<number> = new Set([21215, 21216, 21219, 21408, 21612])
// standards.md 2.4: nothing goes until the number is registered.
const STOPS: ReadonlySet<number> = new Set([30032, 30034])
const OPTED_OUT = 21610
// standards.md 2.4: the queue of one number holds four hours of messages.
const QUEUE_FULL = 21611
const QUEUE_FULL_MS = 60_000

/** The class of an error code of Twilio, of an answer or of a message's later fate; null for one that is not known. */
export function classOfTwilioCode(code: number): FaultClass | null {
  return CLASS_OF.get(code) ?? null
}

/** What a refusal of Twilio means. */
export function twilioRefusal(answer: HttpAnswer, now: number): SendOutcome {
  const said = readJson(answer, TwilioError)
  const code = said?.code ?? null
  const message = said?.message ?? ''
  const known = code === null ? null : classOfTwilioCode(code)
  const fault = apiFault(known ?? classOfStatus(answer.status, []), String(code ?? answer.status), message)
  if (code === OPTED_OUT) return { kind: 'rejected', fault, optedOut: true }
  if (code !== null && OF_THIS_NUMBER.has(code)) return { kind: 'rejected', fault, isPersonal: true }
  const waitMs = retryAfterMs(answer.headers, now) ?? (code === QUEUE_FULL ? QUEUE_FULL_MS : null)
  if (code !== null && STOPS.has(code)) return { kind: 'throttled', fault, retryAfterMs: null }
  return refusal(fault, waitMs)
}

function all(kind: FaultClass, codes: readonly number[]): readonly (readonly [number, FaultClass])[] {
  return codes.map(code => [code, kind] as const)
}

import { z } from 'zod'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { SendOutcome } from '../../provider.ts'

const Posted = z.object({ id: z.string() })
const Refused = z.object({ error: z.string() })

/** Reads an answer of an instance; it says in X-RateLimit-Reset when it takes posts again. */
export function readMastodon(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status >= 200 && answer.status <= 299) return acceptance(answer, readJson(answer, Posted)?.id ?? null)
  const said = readJson(answer, Refused)?.error ?? ''
  const fault = apiFault(classOfStatus(answer.status, []), String(answer.status), said)
  const reset = Date.parse(answer.headers['x-ratelimit-reset'] ?? '')
  const wait = Number.isNaN(reset) ? null : Math.max(0, reset - now)
  return refusal(fault, retryAfterMs(answer.headers, now) ?? wait)
}

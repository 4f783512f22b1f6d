import { z } from 'zod'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'

const Posted = z.object({ id: z.string(), post_id: z.string().nullish() })
/** What the Graph API says when it refuses. */
export const PageError = z.object({ error: z.object({ message: z.string().nullish(), code: z.number().int() }) })

// Graph API, Handling errors: 4, 17, 32 and 613 are limits; 506 is the same post again.
const LIMITS: ReadonlySet<number> = new Set([4, 17, 32, 613])
const ACCOUNT: ReadonlySet<number> = new Set([3, 10, 102, 190, 368, 459, 464, 467])

/** Reads an answer about a page. */
export function readFacebook(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status >= 200 && answer.status <= 299) {
    const posted = readJson(answer, Posted)
    return acceptance(answer, posted?.post_id ?? posted?.id ?? null)
  }
  const error = readJson(answer, PageError)?.error ?? null
  const why = error === null ? classOfStatus(answer.status, []) : classOf(error.code)
  const fault = apiFault(why, String(error?.code ?? answer.status), error?.message ?? '')
  return refusal(fault, retryAfterMs(answer.headers, now))
}

function classOf(code: number): FaultClass {
  if (LIMITS.has(code)) return 'rate_limited'
  if (ACCOUNT.has(code) || (code >= 200 && code <= 299)) return 'account'
  return code === 1 || code === 2 ? 'temporary' : 'permanent_message'
}

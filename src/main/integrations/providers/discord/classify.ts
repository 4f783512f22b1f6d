import { z } from 'zod'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { SendOutcome } from '../../provider.ts'

const Posted = z.object({ id: z.string() })
const Refused = z.object({
  message: z.string().nullish(),
  code: z.number().nullish(),
  retry_after: z.number().nullish(),
})

/** Reads an answer of Discord: the post, or why not; `retry_after` is in seconds (standards.md 5). */
export function readDiscord(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status >= 200 && answer.status <= 299) return acceptance(answer, readJson(answer, Posted)?.id ?? null)
  const said = readJson(answer, Refused)
  const code = String(said?.code || answer.status)
  const fault = apiFault(classOfStatus(answer.status, []), code, said?.message ?? '')
  const wait = said?.retry_after == null ? null : Math.ceil(said.retry_after * 1000)
  return refusal(fault, wait ?? retryAfterMs(answer.headers, now))
}

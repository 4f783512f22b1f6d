import { z } from 'zod'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'

const Posted = z.object({ ok: z.literal(true), result: z.object({ message_id: z.number().int() }) })
const Refused = z.object({
  ok: z.literal(false),
  error_code: z.number().int(),
  description: z.string().nullish(),
  parameters: z.object({ retry_after: z.number().nullish() }).nullish(),
})

/** Reads an answer of the Bot API: `ok`, or a code and words (standards.md 5). */
export function readTelegram(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status >= 200 && answer.status <= 299) {
    const posted = readJson(answer, Posted)
    return acceptance(answer, posted === null ? null : String(posted.result.message_id))
  }
  const said = readJson(answer, Refused)
  const words = said?.description ?? ''
  const fault = apiFault(classOf(answer.status, words), String(said?.error_code ?? answer.status), words)
  const wait = said?.parameters?.retry_after ?? null
  return refusal(fault, wait === null ? retryAfterMs(answer.headers, now) : wait * 1000)
}

function classOf(status: number, words: string): FaultClass {
  // Where the post was to go is part of the account, not of the post.
  return status === 400 && /chat not found|chat_id is empty|not enough rights|chat was upgraded/i.test(words)
    ? 'account'
    : classOfStatus(status, [])
}

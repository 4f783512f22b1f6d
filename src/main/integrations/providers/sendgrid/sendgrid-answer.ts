import { z } from 'zod'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import type { SendgridError } from './classify.ts'

const Errors = z.object({
  errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })),
})

/** What an answer complains of; nothing when it cannot be read. */
export function sendgridErrors(answer: HttpAnswer): readonly SendgridError[] {
  return (readJson(answer, Errors)?.errors ?? []).map(({ message, field }) => ({ message, field: field ?? '' }))
}

/** How long SendGrid wants us to wait: Retry-After, or when its limit is reset (X-RateLimit-Reset, epoch seconds). */
export function sendgridWaitMs(answer: HttpAnswer, now: number): number | null {
  const asked = retryAfterMs(answer.headers, now)
  if (asked !== null || answer.status !== 429) return asked
  const reset = Number(answer.headers['x-ratelimit-reset'] ?? Number.NaN)
  return Number.isFinite(reset) && reset > 0 ? Math.min(Math.max(0, reset * 1000 - now), 3_600_000) : null
}

import { z } from 'zod'
import { days, seconds } from '../../../kernel/clock.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'

/** What Meta says when it refuses (standards.md 3.1). */
export const GraphError = z.object({
  error: z.object({
    message: z.string().nullish(),
    code: z.number().int(),
    error_subcode: z.number().int().nullish(),
    error_data: z.object({ details: z.string().nullish() }).nullish(),
  }),
})

// standards.md 3.5, as of 2026-11-01. What is about one recipient and what stops a campaign is below.
const CLASS_OF: ReadonlyMap<number, FaultClass> = new Map([
  ...all('account', [0, 3, 10, 190, 368, 131005, 131030, 131031, 131042, 131045, 133016]),
  ...all(
    'account',
    Array.from({ length: 100 }, (_, n) => 200 + n),
  ),
  ...all('rate_limited', [4, 80007, 130429, 131056]),
  ...all('permanent_message', [100, 131008, 131009, 131021, 131047, 470, 131050, 130472, 131051, 131052, 131053]),
  ...all('permanent_message', [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016]),
  ...all('permanent_address', [131026]),
  ...all('policy_sender', [130497, 131048, 131062, 131063, 131064]),
  ...all('temporary', [1, 2, 131000, 131016, 131049, 131057, 135000]),
])

/** The recipient sent herself, wrote too long ago, takes part in a trial of Meta's, or lives where it may not go. */
const OF_THIS_PERSON: ReadonlySet<number> = new Set([131021, 131047, 470, 130472, 130497, 131062])
/** The template itself is wrong, paused or gone: the next recipient would hear the same. */
const OF_THE_TEMPLATE: ReadonlySet<number> = new Set([132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016])
const OPTED_OUT = 131050
const PAIR_RATE = 131056
const NOT_NOW = 131049

/** The class of an error of the Cloud API; null for one that is not known. */
export function classOfWhatsappCode(code: number): FaultClass | null {
  return CLASS_OF.get(code) ?? null
}

/** What a refusal of the Cloud API means for the message, the recipient, the campaign or the account. */
export function whatsappRefusal(answer: HttpAnswer, now: number): SendOutcome {
  const error = readJson(answer, GraphError)?.error ?? null
  const wait = retryAfterMs(answer.headers, now)
  if (error === null) {
    return refusal(apiFault(classOfStatus(answer.status, []), String(answer.status), ''), wait)
  }
  const { code } = error
  const said = error.error_data?.details ?? error.message ?? ''
  const fault = apiFault(classOfWhatsappCode(code) ?? classOfStatus(answer.status, []), String(code), said)
  if (code === OPTED_OUT) return { kind: 'rejected', fault, optedOut: true }
  if (OF_THIS_PERSON.has(code)) return { kind: 'rejected', fault, isPersonal: true }
  // standards.md 3.3: one message in six seconds to one person; the others are not concerned.
  if (code === PAIR_RATE) {
    return { kind: 'throttled', fault, retryAfterMs: Math.max(wait ?? 0, seconds(6)), scope: 'recipient' }
  }
  if (code === NOT_NOW) return { kind: 'deferred', fault, retry: { leastWaitMs: days(1), mostRetries: 1 } }
  if (OF_THE_TEMPLATE.has(code)) return { kind: 'throttled', fault, retryAfterMs: null, scope: 'campaign' }
  return refusal(fault, wait)
}

function all(kind: FaultClass, codes: readonly number[]): readonly (readonly [number, FaultClass])[] {
  return codes.map(code => [code, kind] as const)
}

import type { FaultClass, Polled } from '../provider.ts'
import type { HttpAnswer, HttpOutcome } from './http-outcome.ts'
import { retryAfterMs } from './retry-after.ts'
import { apiFault } from './send-outcome.ts'

/** Why a provider could not be asked. `read` tells what its refusal means; null when the answer made no sense. */
export function failedPoll(
  outcome: HttpOutcome,
  now: number,
  read:
    | ((answer: HttpAnswer) => { readonly class: FaultClass; readonly code: string; readonly message: string })
    | null,
): Polled {
  if (outcome.kind !== 'answered') {
    return { kind: 'failed', fault: apiFault('transport', outcome.code, outcome.text), retryAfterMs: null }
  }
  const said = read === null ? null : read(outcome)
  const fault =
    said === null
      ? apiFault('temporary', String(outcome.status), 'The answer cannot be read')
      : apiFault(said.class, `${outcome.status} ${said.code}`.trim(), said.message)
  return { kind: 'failed', fault, retryAfterMs: retryAfterMs(outcome.headers, now) }
}

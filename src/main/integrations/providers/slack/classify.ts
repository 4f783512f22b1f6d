import type { HttpAnswer } from '../../http/http-outcome.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import type { FaultClass, SendOutcome } from '../../provider.ts'

/** Reads an answer of Slack, which is plain text: `ok`, or what is wrong (standards.md 5). */
export function readSlack(answer: HttpAnswer, now: number): SendOutcome {
  const said = answer.isComplete ? answer.body.trim().slice(0, 100) : ''
  if (answer.status === 200) return acceptance(answer, said === 'ok' ? 'ok' : null)
  return refusal(
    apiFault(classOf(answer.status), said || String(answer.status), said),
    retryAfterMs(answer.headers, now),
  )
}

function classOf(status: number): FaultClass {
  // 410 channel_is_archived: the place is gone, the post is not to blame.
  return status === 410 ? 'account' : classOfStatus(status, [])
}

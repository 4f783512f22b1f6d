import { z } from 'zod'
import { type Clock, days } from '../../../kernel/clock.ts'
import { failedPoll } from '../../http/failed-poll.ts'
import type { HttpOutcome } from '../../http/http-outcome.ts'
import { readCursor } from '../../http/poll-cursor.ts'
import { readJson } from '../../http/read-json.ts'
import type { Polled, ProviderEvent } from '../../provider.ts'
import { textKind } from '../../smtp/classify.ts'
import { classifySendgrid } from './classify.ts'
import { sendgridErrors, sendgridWaitMs } from './sendgrid-answer.ts'

/** What is asked for, one list after the other (reference: Suppressions). A block is about one message, not about the address. */
const LISTS = [
  { path: '/v3/suppression/bounces', kind: 'bounced', isAddress: true },
  { path: '/v3/suppression/invalid_emails', kind: 'bounced', isAddress: true },
  { path: '/v3/suppression/blocks', kind: 'bounced', isAddress: false },
  { path: '/v3/suppression/spam_reports', kind: 'complained', isAddress: false },
  { path: '/v3/suppression/unsubscribes', kind: 'unsubscribed', isAddress: false },
] as const

const Page = z.array(
  z.object({ email: z.string(), created: z.number(), reason: z.string().nullish(), status: z.string().nullish() }),
)

/** `since` and `newest` are epoch seconds; `list` and `offset` say where the round stands. */
const Cursor = z.object({ since: z.number(), newest: z.number(), list: z.number(), offset: z.number() })

const PAGE = 500
const OVERLAP_SECONDS = 600

/** Asks for the next page of the account's suppressions since the last round. */
export async function pollSendgrid(
  cursorText: string,
  ask: (path: string) => Promise<HttpOutcome>,
  clock: Clock,
): Promise<Polled> {
  const start = Math.floor((clock.now() - days(3)) / 1000)
  const cursor = readCursor(cursorText, Cursor) ?? { since: start, newest: start, list: 0, offset: 0 }
  const list = LISTS[cursor.list] ?? LISTS[0]
  const query = `start_time=${cursor.since}&limit=${PAGE}&offset=${cursor.offset}`
  const outcome = await ask(`${list.path}?${query}`)
  if (outcome.kind !== 'answered' || outcome.status !== 200) {
    const failed = failedPoll(outcome, clock.now(), answer => {
      const errors = sendgridErrors(answer)
      const message = errors.map(error => error.message).join('; ')
      return { class: classifySendgrid(answer.status, errors), code: '', message }
    })
    return outcome.kind === 'answered' && failed.kind === 'failed'
      ? { ...failed, retryAfterMs: sendgridWaitMs(outcome, clock.now()) }
      : failed
  }
  const page = readJson(outcome, Page)
  if (page === null) return failedPoll(outcome, clock.now(), null)
  const events = page.map(row => eventOf(row, list))
  const newest = Math.max(cursor.newest, ...page.map(row => row.created))
  const isFull = page.length === PAGE
  const isLast = !isFull && cursor.list === LISTS.length - 1
  const next = isLast
    ? { since: newest - OVERLAP_SECONDS, newest, list: 0, offset: 0 }
    : { since: cursor.since, newest, list: cursor.list + (isFull ? 0 : 1), offset: isFull ? cursor.offset + PAGE : 0 }
  return { kind: 'events', events, cursor: JSON.stringify(next), isMore: !isLast }
}

function eventOf(row: z.infer<typeof Page>[number], list: (typeof LISTS)[number]): ProviderEvent {
  const reason = row.reason ?? ''
  const name = list.path.slice(list.path.lastIndexOf('/') + 1)
  return {
    kind: list.kind,
    messageId: null,
    providerMessageId: null,
    address: row.email,
    at: row.created * 1000,
    eventId: `${name}:${row.email.toLowerCase()}:${row.created}`,
    class: list.kind === 'bounced' ? classOf(list.isAddress, row.status ?? '', reason) : null,
    detail: reason.slice(0, 300),
    costMinor: null,
  }
}

/** A bounce is about the address unless what the server said speaks of a full mailbox, of content or of the sender. */
function classOf(isAddress: boolean, status: string, reason: string): ProviderEvent['class'] {
  if (!isAddress) return 'policy_sender'
  if (status.startsWith('4')) return 'temporary'
  const says = textKind(reason)
  if (says === 'full' || says === 'greylist' || says === 'rate') return 'temporary'
  return says === 'reputation' || says === 'auth' || says === 'content' ? 'policy_sender' : 'permanent_address'
}

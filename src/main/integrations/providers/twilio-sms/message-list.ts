import { z } from 'zod'
import { days, hours } from '../../../kernel/clock.ts'
import { failedPoll } from '../../http/failed-poll.ts'
import type { HttpClient } from '../../http/http-client.ts'
import type { HttpRequest } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { Polled, ProviderEvent } from '../../provider.ts'
import { inboundEvent } from '../inbound.ts'
import { TwilioError } from '../twilio/api.ts'
import { classOfTwilioCode } from '../twilio/classify.ts'
import { fateOf } from './message-status.ts'

/** One message as Twilio lists it; numbers are text. */
export const ListedMessage = z.object({
  sid: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  body: z.string().nullish(),
  direction: z.string(),
  status: z.string(),
  error_code: z.number().int().nullish(),
  price: z.string().nullish(),
  date_created: z.string().nullish(),
  date_updated: z.string().nullish(),
  date_sent: z.string().nullish(),
})
export type ListedMessage = z.infer<typeof ListedMessage>

/** A page of the list. */
export const MessagePage = z.object({ messages: z.array(ListedMessage), next_page_uri: z.string().nullish() })

/** Where a sweep over the list is: `page` is what comes next, empty between two; times in epoch ms. */
const Cursor = z.object({ page: z.string(), startedAt: z.number(), deepAt: z.number() })
const FIRST: z.infer<typeof Cursor> = { page: '', startedAt: 0, deepAt: 0 }

// Carriers report within three days; most of it within minutes. So the last days are read again now and then, today often.
const DEEP_DAYS = 3
const DEEP_EVERY_MS = hours(6)
const PAGE_SIZE = 1000

/** Reads what became of messages and who wrote back: a page each time it is asked, newest first (standards.md 2.4). */
export async function pollMessages(
  cursorText: string,
  ask: (path: string) => HttpRequest,
  client: Pick<HttpClient, 'request'>,
  terms: { readonly now: number; readonly signal: AbortSignal },
): Promise<Polled> {
  const { now, signal } = terms
  const cursor = cursorOf(cursorText)
  const isNew = cursor.page === ''
  const isDeep = isNew && now - cursor.deepAt >= DEEP_EVERY_MS
  const path = isNew ? firstPage(now - (isDeep ? days(DEEP_DAYS) : hours(2))) : cursor.page
  const outcome = await client.request(ask(path), signal)
  const page = outcome.kind === 'answered' && outcome.status === 200 ? readJson(outcome, MessagePage) : null
  if (page === null) {
    return failedPoll(outcome, now, answer => {
      const said = readJson(answer, TwilioError)
      const code = said?.code ?? null
      return {
        class: (code === null ? null : classOfTwilioCode(code)) ?? 'temporary',
        code: String(code ?? answer.status),
        message: said?.message ?? '',
      }
    })
  }
  const next = pathOf(page.next_page_uri ?? '')
  const events = page.messages.flatMap(message => eventOf(message, now) ?? [])
  const after = {
    page: next,
    startedAt: isNew ? now : cursor.startedAt,
    deepAt: isDeep ? now : cursor.deepAt,
  }
  return { kind: 'events', events, cursor: JSON.stringify(after), isMore: next !== '' }
}

function cursorOf(text: string): z.infer<typeof Cursor> {
  if (text === '') return FIRST
  const read = Cursor.safeParse(jsonOf(text))
  return read.success ? read.data : FIRST
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function firstPage(since: number): string {
  const day = new Date(since).toISOString().slice(0, 10)
  return `/Messages.json?DateSent%3E=${day}&PageSize=${PAGE_SIZE}`
}

/** What comes after the account in the address of the next page; whatever else it names, our own host is asked. */
function pathOf(nextPageUri: string): string {
  return /\/Accounts\/[^/]+(\/Messages\.json\?[^#]*)/.exec(nextPageUri)?.[1] ?? ''
}

function eventOf(message: ListedMessage, now: number): ProviderEvent | null {
  const at = timeOf(message.date_updated) ?? timeOf(message.date_sent) ?? now
  if (message.direction === 'inbound') {
    const from = message.from ?? ''
    return from === '' ? null : inboundEvent({ id: message.sid, from, text: message.body ?? '', at })
  }
  const fate = fateOf(message.status, message.error_code ?? null)
  if (fate === null) return null
  return {
    kind: fate.kind,
    messageId: null,
    providerMessageId: message.sid,
    // The account may send for others too: only what we know by its SID is ours.
    address: '',
    at,
    eventId: `${message.sid}:${fate.kind}`,
    class: 'class' in fate ? fate.class : null,
    detail: message.error_code == null ? '' : String(message.error_code),
    costMinor: costOf(message.price),
  }
}

/** Twilio writes what it charged as a negative sum: "-0.00790" is 0.79 hundredths. */
function costOf(price: string | null | undefined): number | null {
  const sum = price == null || price === '' ? Number.NaN : Math.abs(Number(price))
  return Number.isFinite(sum) ? Math.round(sum * 1e6) / 1e4 : null
}

/** The time of an RFC 2822 date; null when there is none. */
export function timeOf(text: string | null | undefined): number | null {
  const at = text == null ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? null : at
}

import { z } from 'zod'
import { type Clock, days } from '../../../kernel/clock.ts'
import { failedPoll } from '../../http/failed-poll.ts'
import type { HttpOutcome } from '../../http/http-outcome.ts'
import { readCursor } from '../../http/poll-cursor.ts'
import { readJson } from '../../http/read-json.ts'
import type { Polled, ProviderEvent } from '../../provider.ts'
import { textKind } from '../../smtp/classify.ts'
import { classifyMailgun } from './classify.ts'
import { mailgunMessage } from './mailgun-request.ts'

const Event = z.object({
  id: z.string(),
  event: z.string(),
  timestamp: z.number(),
  recipient: z.string().optional(),
  severity: z.string().optional(),
  reason: z.string().optional(),
  url: z.string().optional(),
  'user-variables': z.record(z.string(), z.unknown()).optional(),
  'delivery-status': z
    .object({ code: z.number().nullish(), message: z.string().nullish(), description: z.string().nullish() })
    .optional(),
  message: z.object({ headers: z.object({ 'message-id': z.string().optional() }).optional() }).optional(),
})
const Page = z.object({ items: z.array(z.unknown()), paging: z.object({ next: z.string().optional() }).optional() })

/** `begin` is epoch ms; `next` is the path of the next page of a round under way. */
const Cursor = z.object({ begin: z.number(), newest: z.number(), next: z.string() })

const PAGE = 300
// Events of the last half hour may still come (documentation: Events, "Event polling").
const OVERLAP_MS = 1_800_000

/** Asks for the next page of events of a domain since the last round (API reference: GET /v3/{domain}/events). */
export async function pollMailgun(terms: {
  readonly cursor: string
  readonly domain: string
  readonly clock: Clock
  readonly ask: (path: string) => Promise<HttpOutcome>
}): Promise<Polled> {
  const { domain, clock, ask } = terms
  const start = clock.now() - days(3)
  const cursor = readCursor(terms.cursor, Cursor) ?? { begin: start, newest: start, next: '' }
  const wanted = 'delivered OR failed OR rejected OR complained OR unsubscribed OR opened OR clicked'
  const first = `/v3/${domain}/events?begin=${cursor.begin / 1000}&ascending=yes&limit=${PAGE}&event=${encodeURIComponent(wanted)}`
  const outcome = await ask(cursor.next === '' ? first : cursor.next)
  if (outcome.kind !== 'answered' || outcome.status !== 200) {
    return failedPoll(outcome, clock.now(), answer => {
      const message = mailgunMessage(answer)
      return { class: classifyMailgun(answer.status, message), code: '', message }
    })
  }
  const page = readJson(outcome, Page)
  if (page === null) return failedPoll(outcome, clock.now(), null)
  const events = page.items.flatMap(eventOf)
  const newest = Math.max(cursor.newest, ...events.map(event => event.at))
  const next = page.items.length === 0 ? '' : pathOf(page.paging?.next)
  const after = next === '' ? { begin: newest - OVERLAP_MS, newest, next: '' } : { begin: cursor.begin, newest, next }
  return { kind: 'events', events, cursor: JSON.stringify(after), isMore: next !== '' }
}

/** Only the path is taken: the key goes to the server it was typed for, whatever a page names. */
function pathOf(next: string | undefined): string {
  if (next === undefined || !URL.canParse(next)) return ''
  const url = new URL(next)
  return url.pathname + url.search
}

const KINDS: Readonly<Record<string, ProviderEvent['kind']>> = {
  delivered: 'delivered',
  rejected: 'failed',
  complained: 'complained',
  unsubscribed: 'unsubscribed',
  opened: 'opened',
  clicked: 'clicked',
}

/** An event that cannot be read is left out: it must not keep the others back. */
function eventOf(item: unknown): readonly ProviderEvent[] {
  const parsed = Event.safeParse(item)
  if (!parsed.success) return []
  const event = parsed.data
  // Mailgun goes on trying after a temporary failure.
  if (event.event === 'failed' && event.severity !== 'permanent') return []
  const kind = event.event === 'failed' ? 'bounced' : KINDS[event.event]
  if (kind === undefined) return []
  const ours = event['user-variables']?.['message-id']
  const { code, message, description } = event['delivery-status'] ?? {}
  const said = `${code ?? ''} ${message || description || ''}`.trim()
  return [
    {
      kind,
      messageId: typeof ours === 'string' ? ours : null,
      providerMessageId: event.message?.headers?.['message-id'] ?? null,
      address: event.recipient ?? '',
      at: Math.round(event.timestamp * 1000),
      eventId: event.id,
      class: kind === 'bounced' ? classOf(event.reason ?? '', code ?? 0, said) : null,
      detail: (kind === 'clicked' ? (event.url ?? '') : said).slice(0, 300),
      costMinor: null,
    },
  ]
}

/** `reason` is bounce, suppress-bounce, suppress-complaint, suppress-unsubscribe, generic, old and others. */
function classOf(reason: string, code: number, said: string): ProviderEvent['class'] {
  if (reason === 'suppress-bounce') return 'permanent_address'
  if (reason !== 'bounce' || code < 500) return 'temporary'
  const says = textKind(said)
  if (says === 'full' || says === 'greylist' || says === 'rate') return 'temporary'
  return says === 'reputation' || says === 'auth' || says === 'content' ? 'policy_sender' : 'permanent_address'
}

import { z } from 'zod'
import { type Clock, days } from '../../../kernel/clock.ts'
import { failedPoll } from '../../http/failed-poll.ts'
import type { HttpOutcome } from '../../http/http-outcome.ts'
import { readCursor } from '../../http/poll-cursor.ts'
import { readJson } from '../../http/read-json.ts'
import type { Polled, ProviderEvent } from '../../provider.ts'
import { classifySes } from './classify.ts'
import { sesError } from './ses-request.ts'

const Page = z.object({
  SuppressedDestinationSummaries: z.array(
    z.object({ EmailAddress: z.string(), Reason: z.string(), LastUpdateTime: z.number() }),
  ),
  NextToken: z.string().nullish(),
})

/** `since` is the start of what is asked for, epoch ms; `newest` is what the next round begins with. */
const Cursor = z.object({ since: z.number(), newest: z.number(), token: z.string() })

// The list is written some time after the bounce, so a little is asked for again: events that are known do no harm.
const OVERLAP_MS = 600_000

/** Asks for the account's suppression list (API reference, ListSuppressedDestinations): who bounced or complained since the last time. */
export async function pollSuppressions(
  cursorText: string,
  ask: (path: string) => Promise<HttpOutcome>,
  clock: Clock,
): Promise<Polled> {
  const cursor = readCursor(cursorText, Cursor)
  const since = cursor?.since ?? clock.now() - days(3)
  const query = new URLSearchParams({ PageSize: '1000', StartDate: String(Math.floor(since / 1000)) })
  if (cursor !== null && cursor.token !== '') query.set('NextToken', cursor.token)
  const outcome = await ask(`/v2/email/suppression/addresses?${query.toString()}`)
  if (outcome.kind !== 'answered' || outcome.status !== 200) {
    return failedPoll(outcome, clock.now(), answer => {
      const { code, message } = sesError(answer)
      return { class: classifySes(answer.status, code, message), code, message }
    })
  }
  const page = readJson(outcome, Page)
  if (page === null) return failedPoll(outcome, clock.now(), null)
  const events = page.SuppressedDestinationSummaries.flatMap(eventOf)
  const newest = Math.max(cursor?.newest ?? since, ...events.map(event => event.at))
  const token = page.NextToken ?? ''
  const next = token === '' ? { since: newest - OVERLAP_MS, newest, token } : { since, newest, token }
  return { kind: 'events', events, cursor: JSON.stringify(next), isMore: token !== '' }
}

function eventOf(one: z.infer<typeof Page>['SuppressedDestinationSummaries'][number]): readonly ProviderEvent[] {
  const kind = one.Reason === 'BOUNCE' ? 'bounced' : one.Reason === 'COMPLAINT' ? 'complained' : null
  if (kind === null) return []
  const at = Math.round(one.LastUpdateTime * 1000)
  return [
    {
      kind,
      messageId: null,
      providerMessageId: null,
      address: one.EmailAddress,
      at,
      eventId: `${kind}:${one.EmailAddress.toLowerCase()}:${at}`,
      class: kind === 'bounced' ? 'permanent_address' : null,
      detail: 'On the suppression list of Amazon SES',
      costMinor: null,
    },
  ]
}

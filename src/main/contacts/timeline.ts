import { z } from 'zod'
import type { Suppression, TimelineEntry } from '../../shared/contract/contacts.ts'
import type { LedgerLine } from './card-store.ts'

const CHANNELS: Readonly<Record<string, string>> = { email: 'e-mail', sms: 'SMS' }

const SUPPRESSED: Readonly<Record<Suppression['reason'], string>> = {
  unsubscribe: 'Unsubscribed from',
  complaint: 'Complained about',
  hard_bounce: 'Address bounced for',
  manual: 'Blocked by hand for',
  do_not_call: 'Put on the do-not-call list for',
  erasure: 'Erased for',
}

const CONSENT: Readonly<Record<string, string>> = {
  granted: 'Agreed to messages by',
  denied: 'Refused messages by',
  withdrawn: 'Withdrew consent to messages by',
}

const MEMBERSHIP: Readonly<Record<string, string>> = {
  removed: 'Taken off the list',
  unsubscribed: 'Unsubscribed from the list',
  bounced: 'Address bounced; set aside on the list',
}

const LEDGER: Readonly<Record<string, string>> = {
  skipped: 'Was left out of',
  accepted: 'Was sent',
  rejected: 'Could not be reached with',
  deferred: 'Delivery was put off for',
  unknown: 'Not known whether she got',
  cancelled: 'Did not get, because it was cancelled:',
  resolved: 'A person decided about',
  opened: 'Opened',
  clicked: 'Clicked a link in',
  unsubscribed: 'Unsubscribed through',
  bounced: 'Bounced:',
  complained: 'Complained about',
}

const LedgerDetail = z.object({
  reply: z.string().catch(''),
  reason: z.string().catch(''),
  url: z.string().catch(''),
  code: z.union([z.string(), z.number()]).transform(String).catch(''),
})

/** Everything that a timeline is made from. */
export interface TimelineSources {
  readonly created: { readonly at: number; readonly source: string }
  readonly notes: readonly { readonly body: string; readonly author: string | null; readonly at: number }[]
  readonly consents: readonly {
    readonly channel: string
    readonly status: string
    readonly basis: string
    readonly source: string
    readonly at: number
  }[]
  readonly suppressions: readonly Suppression[]
  readonly memberships: readonly {
    readonly name: string
    readonly status: string
    readonly addedAt: number
    readonly changedAt: number
    readonly source: string
  }[]
  readonly messages: readonly {
    readonly messageId: string
    readonly campaignId: string
    readonly campaignName: string | null
    readonly at: number
  }[]
  readonly ledger: readonly LedgerLine[]
}

/** What happened to a contact in sentences, newest first, at most `limit`. */
export function timelineOf(sources: TimelineSources, limit: number): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    created(sources.created),
    ...sources.notes
      .toReversed()
      .map(note => plain(note.at, 'note', `Note by ${note.author ?? 'somebody'}`, note.body)),
    ...sources.consents
      .toReversed()
      .map(consent =>
        plain(
          consent.at,
          'consent',
          `${CONSENT[consent.status] ?? consent.status} ${channelName(consent.channel)}`,
          [consent.basis, consent.source].filter(Boolean).join(', '),
        ),
      ),
    ...sources.suppressions
      .toReversed()
      .map(row =>
        plain(
          row.at,
          'suppressed',
          `${SUPPRESSED[row.reason]} ${channelName(row.channel)}`,
          [row.source, row.note].filter(Boolean).join(': '),
        ),
      ),
    ...sources.memberships.flatMap(memberships),
    ...sources.messages.toReversed().map(message => ({
      at: message.at,
      kind: 'planned',
      title: `Chosen for ${campaignTitle(message.campaignName)}`,
      detail: '',
      campaignId: message.campaignId,
      messageId: message.messageId,
    })),
    ...sources.ledger.toReversed().map(ledgerEntry),
  ]
  // Put together in the order of cause and effect, so that of two at the same instant the effect comes first here.
  return entries
    .reverse()
    .sort((a, b) => b.at - a.at)
    .slice(0, limit)
}

function plain(at: number, kind: string, title: string, detail: string): TimelineEntry {
  return { at, kind, title, detail, campaignId: null, messageId: null }
}

function created({ at, source }: TimelineSources['created']): TimelineEntry {
  if (source === 'manual') return plain(at, 'created', 'Added by hand', '')
  if (source === 'sample') return plain(at, 'created', 'Made up for the sample', '')
  const file = /^import:?\s*(.*)$/i.exec(source)?.[1] ?? source
  return plain(at, 'imported', 'Imported', file)
}

function memberships(row: TimelineSources['memberships'][number]): TimelineEntry[] {
  const added = plain(row.addedAt, 'list', `Put on the list ${quoted(row.name)}`, row.source)
  const now = MEMBERSHIP[row.status]
  return now ? [added, plain(row.changedAt, 'list', `${now} ${quoted(row.name)}`, '')] : [added]
}

function ledgerEntry(line: LedgerLine): TimelineEntry {
  const data = LedgerDetail.catch({ reply: '', reason: '', url: '', code: '' }).parse(JSON.parse(line.data))
  const said = data.url || [data.code, data.reply || data.reason.replaceAll('_', ' ')].filter(Boolean).join(' ')
  return {
    at: line.at,
    kind: line.kind,
    title: `${LEDGER[line.kind] ?? line.kind} ${campaignTitle(line.campaignName)}`,
    detail: said,
    campaignId: line.campaignId,
    messageId: line.messageId,
  }
}

function campaignTitle(name: string | null): string {
  return name === null ? 'a campaign that was deleted' : quoted(name)
}

function channelName(channel: string): string {
  return CHANNELS[channel] ?? channel
}

function quoted(text: string): string {
  return `“${text}”`
}

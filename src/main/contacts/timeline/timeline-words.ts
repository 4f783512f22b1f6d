import { z } from 'zod'
import type { Suppression, TimelineEntry } from '../../../shared/contract/contacts.ts'
import { currencyDigits } from '../../../shared/domain/currency.ts'

type Group = TimelineEntry['group']

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

const FIELDS: Readonly<Record<string, string>> = {
  firstName: 'first name',
  lastName: 'last name',
  postalCode: 'postal code',
  timeZone: 'time zone',
  leadStatus: 'lead status',
  leadQuality: 'lead quality',
  ownerId: 'owner',
  email: 'e-mail',
  socials: 'social handles',
  custom: 'other fields',
}

const LedgerDetail = z.object({
  reply: z.string().catch(''),
  reason: z.string().catch(''),
  url: z.string().catch(''),
  code: z.union([z.string(), z.number()]).transform(String).catch(''),
})
const NO_DETAIL = { reply: '', reason: '', url: '', code: '' }
const AuditDetail = z.object({
  fields: z.array(z.string()).catch([]),
  add: z.array(z.string()).catch([]),
  remove: z.array(z.string()).catch([]),
  merged: z.array(z.string()).catch([]),
})
const NO_CHANGE = { fields: [], add: [], remove: [], merged: [] }
const Crossing = z.object({ score: z.string(), direction: z.string(), threshold: z.number() }).partial()

/** How each kind of stored line reads on a timeline. */
export const words = {
  created({ at, source }: { readonly at: number; readonly source: string }): TimelineEntry {
    if (source === 'manual') return plain('profile', at, 'created', 'Added by hand', '')
    if (source === 'sample') return plain('profile', at, 'created', 'Made up for the sample', '')
    const file = /^import:?\s*(.*)$/i.exec(source)?.[1] ?? source
    return plain('profile', at, 'imported', 'Imported', file)
  },

  note(note: { readonly at: number; readonly author: string | null; readonly body: string }): TimelineEntry {
    return plain('notes', note.at, 'note', `Note by ${note.author ?? 'somebody'}`, note.body)
  },

  consent(row: ConsentLine): TimelineEntry {
    const title = `${CONSENT[row.status] ?? row.status} ${channelName(row.channel)}`
    return plain('consent', row.at, 'consent', title, [row.basis, row.source].filter(Boolean).join(', '))
  },

  suppression(row: Pick<Suppression, 'at' | 'reason' | 'channel' | 'source' | 'note'>): TimelineEntry {
    const title = `${SUPPRESSED[row.reason]} ${channelName(row.channel)}`
    return plain('consent', row.at, 'suppressed', title, [row.source, row.note].filter(Boolean).join(': '))
  },

  membership(row: MembershipLine): TimelineEntry {
    if (row.kind === 'added') return plain('lists', row.at, 'list', `Put on the list ${quoted(row.name)}`, row.source)
    return plain('lists', row.at, 'list', `${MEMBERSHIP[row.status] ?? row.status} ${quoted(row.name)}`, '')
  },

  move(row: { readonly at: number; readonly kind: string; readonly name: string }): TimelineEntry {
    const verb = row.kind === 'entered' ? 'Entered' : 'Left'
    return plain('lists', row.at, 'segment', `${verb} the segment ${quoted(row.name)}`, '')
  },

  planned(row: PlannedLine): TimelineEntry {
    const title = `Chosen for ${campaignTitle(row.campaignName)}`
    return { ...plain('messages', row.at, 'planned', title, ''), campaignId: row.campaignId, messageId: row.messageId }
  },

  ledger(line: LedgerLine): TimelineEntry {
    const data = LedgerDetail.catch(NO_DETAIL).parse(JSON.parse(line.data))
    const said = data.url || [data.code, data.reply || data.reason.replaceAll('_', ' ')].filter(Boolean).join(' ')
    const title = `${LEDGER[line.kind] ?? line.kind} ${campaignTitle(line.campaignName)}`
    const { campaignId, messageId } = line
    return { ...plain('messages', line.at, line.kind, title, said), campaignId, messageId }
  },

  order(row: OrderLine): TimelineEntry {
    const digits = currencyDigits(row.currency)
    const amount = `${(row.valueMinor / 10 ** digits).toFixed(digits)} ${row.currency}`
    const verb =
      row.status === 'paid' ? 'Bought for' : row.status === 'refunded' ? 'Was refunded' : 'Cancelled an order of'
    const detail = [`Order ${row.externalId}`, row.items].filter(Boolean).join(': ')
    return plain('purchases', row.at, 'order', `${verb} ${amount}`, detail)
  },

  event(row: {
    readonly at: number
    readonly kind: string
    readonly name: string
    readonly properties: string
  }): TimelineEntry {
    if (row.kind !== 'score_crossed') return plain('profile', row.at, 'event', row.name, propertiesOf(row.properties))
    const { score = row.name, direction = '', threshold } = Crossing.catch({}).parse(JSON.parse(row.properties))
    const where = threshold === undefined ? '' : ` ${threshold}`
    return plain('profile', row.at, 'score', `Score ${score} went ${direction || 'past'}${where}`, '')
  },

  edit(row: {
    readonly at: number
    readonly action: string
    readonly actor: string | null
    readonly data: string
  }): TimelineEntry {
    const data = AuditDetail.catch(NO_CHANGE).parse(JSON.parse(row.data))
    const by = ` by ${row.actor ?? 'somebody'}`
    if (row.action === 'contact.merged') {
      const others = data.merged.length === 1 ? 'another contact' : `${data.merged.length} other contacts`
      return plain('profile', row.at, 'merged', `Merged with ${others}${by}`, '')
    }
    if (row.action === 'contact.tagged') {
      const detail = [...data.add.map(tag => `+ ${tag}`), ...data.remove.map(tag => `− ${tag}`)].join(', ')
      return plain('lists', row.at, 'tags', `Tags changed${by}`, detail)
    }
    const fields = data.fields.map(field => FIELDS[field] ?? field).join(', ')
    return plain('profile', row.at, 'edited', `Profile changed${by}`, fields)
  },
}

export interface ConsentLine {
  readonly at: number
  readonly channel: string
  readonly status: string
  readonly basis: string
  readonly source: string
}
export interface MembershipLine {
  readonly at: number
  readonly kind: 'added' | 'changed'
  readonly name: string
  readonly status: string
  readonly source: string
}
export interface PlannedLine {
  readonly at: number
  readonly messageId: string
  readonly campaignId: string
  readonly campaignName: string | null
}
/** What the ledger says about one contact; `data` is JSON. */
export interface LedgerLine {
  readonly at: number
  readonly kind: string
  readonly campaignId: string | null
  readonly messageId: string | null
  readonly campaignName: string | null
  readonly data: string
}
export interface OrderLine {
  readonly at: number
  readonly externalId: string
  readonly currency: string
  readonly valueMinor: number
  readonly status: string
  readonly items: string
}

function plain(group: Group, at: number, kind: string, title: string, detail: string): TimelineEntry {
  return { at, kind, group, title, detail, campaignId: null, messageId: null }
}

function propertiesOf(json: string): string {
  const parsed = z.record(z.string(), z.unknown()).catch({}).parse(JSON.parse(json))
  return Object.entries(parsed)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
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

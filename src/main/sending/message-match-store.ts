import { sql } from 'kysely'
import { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'

/** What a provider says of a message: our id where it gives it back, its own, or only the address and the time. */
export interface MessageHint {
  readonly messageId: string | null
  readonly providerMessageId: string | null
  readonly channel: Channel
  readonly address: string
  readonly at: number
}

/** A message that a hint leads to. */
export interface MatchedMessage {
  readonly messageId: string
  readonly campaignId: string
  readonly contactId: string
  readonly channel: Channel
  readonly address: string
  readonly senderId: string
}

// Bounces and complaints come within days; an older message is another story.
const WINDOW_MS = 14 * 86_400_000
// The clock of a provider is not ours.
const SKEW_MS = 300_000

interface Row extends Omit<MatchedMessage, 'channel'> {
  readonly channel: string
}

const COLUMNS = sql`m.id as "messageId", m.campaign_id as "campaignId", m.contact_id as "contactId", m.channel as "channel",
  m.address as "address", m.sender_id as "senderId"`

/** Finds the messages that providers speak of. */
export const messageMatchStore = {
  /** By our id, else by the provider's, else the newest one to that address within two weeks before. Null when there is none. */
  async match(reader: Reader, hint: MessageHint): Promise<MatchedMessage | null> {
    return (await byId(reader, hint)) ?? (await byProviderId(reader, hint)) ?? (await byAddress(reader, hint))
  },
}

async function byId(reader: Reader, { messageId }: MessageHint): Promise<MatchedMessage | null> {
  if (messageId === null) return null
  const { rows } = await sql<Row>`select ${COLUMNS} from messages m where m.id = ${messageId}`.execute(reader)
  return matched(rows[0])
}

async function byProviderId(
  reader: Reader,
  { providerMessageId, channel }: MessageHint,
): Promise<MatchedMessage | null> {
  // Ids of e-mails are not indexed: their Message-ID is ours.
  if (providerMessageId === null || providerMessageId === '' || channel === 'email') return null
  const { rows } = await sql<Row>`
    select ${COLUMNS} from messages m
    where m.provider_message_id = ${providerMessageId} and m.channel <> 'email' limit 1`.execute(reader)
  return matched(rows[0])
}

async function byAddress(reader: Reader, { channel, address, at }: MessageHint): Promise<MatchedMessage | null> {
  if (address === '') return null
  const key = address.toLowerCase()
  const holders =
    channel === 'email'
      ? sql`select id from contacts where email_key is not null and email_key = ${key}`
      : sql`select id from contacts where phone is not null and phone = ${address}`
  const { rows } = await sql<Row>`
    select ${COLUMNS} from messages m
    join attempts a on a.message_id = m.id and a.n = m.attempts
    where m.contact_id in (${holders}) and m.channel = ${channel} and lower(m.address) = ${key}
      and a.outcome in ('accepted', 'unknown') and a.started_at between ${at - WINDOW_MS} and ${at + SKEW_MS}
    order by a.started_at desc limit 1`.execute(reader)
  return matched(rows[0])
}

function matched(row: Row | undefined): MatchedMessage | null {
  return row ? { ...row, channel: Channel.parse(row.channel) } : null
}

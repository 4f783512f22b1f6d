import { type RawBuilder, sql } from 'kysely'
import type { Channel } from '../../shared/contract/define.ts'
import type { MessageState } from '../../shared/contract/sending.ts'
import type { Reader } from '../storage/transaction.ts'

/** Which recipients are asked for. */
export interface RecipientFilter {
  readonly campaignId: string
  readonly state: 'all' | 'sent' | 'failed' | 'skipped' | 'pending' | 'unknown' | 'opened' | 'clicked'
  readonly search: string
}

/** A recipient as the tables have her; `code` and `reply` are of the last attempt. */
export interface RecipientRow {
  readonly messageId: string
  readonly contactId: string
  readonly name: string
  readonly address: string
  readonly channel: Channel
  readonly step: number
  readonly state: MessageState
  readonly reason: string
  readonly code: string | null
  readonly reply: string | null
  readonly attempts: number
  readonly updatedAt: number
  readonly openedAt: number | null
  readonly clickedAt: number | null
}

/** A message to a contact, with the campaign that it belongs to. */
export interface ContactMessageRow extends Omit<RecipientRow, 'contactId' | 'name'> {
  readonly campaignId: string
  readonly campaignName: string
}

const STATES: Readonly<
  Record<Exclude<RecipientFilter['state'], 'all' | 'opened' | 'clicked'>, readonly MessageState[]>
> = {
  sent: ['accepted'],
  failed: ['rejected'],
  skipped: ['skipped', 'cancelled'],
  pending: ['waiting', 'ready', 'claimed', 'attempting'],
  unknown: ['unknown'],
}

// Of a message `m` and its last attempt `a`.
const COLUMNS = sql`m.id as "messageId", m.address, m.channel, m.step, m.state, m.reason, a.code, a.reply, m.attempts, m.updated_at as "updatedAt",
  (select min(l.at) from ledger l where l.message_id = m.id and l.kind in ('opened', 'clicked')) as "openedAt",
  (select min(l.at) from ledger l where l.message_id = m.id and l.kind = 'clicked') as "clickedAt"`

/** The reads of the recipient table. */
export const recipientStore = {
  async page(reader: Reader, filter: RecipientFilter, offset: number, limit: number): Promise<readonly RecipientRow[]> {
    return rowsOf(reader, filter, sql`order by m.id limit ${limit} offset ${offset}`)
  },

  /** The next recipients after a message, in order of message id. */
  async after(
    reader: Reader,
    filter: RecipientFilter,
    messageId: string,
    limit: number,
  ): Promise<readonly RecipientRow[]> {
    return rowsOf(reader, filter, sql`and m.id > ${messageId} order by m.id limit ${limit}`)
  },

  /** The newest messages to a contact and to those who were merged into her. */
  async ofContact(reader: Reader, contactId: string, limit: number): Promise<readonly ContactMessageRow[]> {
    const { rows } = await sql<ContactMessageRow>`
      select ${COLUMNS}, m.campaign_id as "campaignId", p.name as "campaignName"
      from messages m join campaigns p on p.id = m.campaign_id
      left join attempts a on a.message_id = m.id and a.n = m.attempts
      where m.contact_id in (select ${contactId} union all select old_id from contact_aliases
        where contact_no = (select no from contacts where id = ${contactId}))
      order by m.created_at desc, m.id desc limit ${limit}`.execute(reader)
    return rows
  },

  async count(reader: Reader, filter: RecipientFilter): Promise<number> {
    const join = filter.search.trim() === '' ? sql`` : sql`left join contacts c on c.id = m.contact_id`
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from messages m ${join} where ${conditions(filter)}`.execute(reader)
    return rows[0]?.n ?? 0
  },
}

async function rowsOf(
  reader: Reader,
  filter: RecipientFilter,
  rest: RawBuilder<unknown>,
): Promise<readonly RecipientRow[]> {
  const { rows } = await sql<RecipientRow>`
    select ${COLUMNS}, m.contact_id as "contactId",
      trim(coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, '')) as name
    from messages m
    left join contacts c on c.id = m.contact_id
    left join attempts a on a.message_id = m.id and a.n = m.attempts
    where ${conditions(filter)} ${rest}`.execute(reader)
  return rows
}

function conditions(filter: RecipientFilter): RawBuilder<boolean> {
  const { campaignId, state, search } = filter
  const parts: RawBuilder<boolean>[] = [sql<boolean>`m.campaign_id = ${campaignId}`]
  if (state === 'opened' || state === 'clicked') {
    // A click shows that the message was read, also where the picture that counts opens was not loaded.
    const kinds = state === 'clicked' ? sql`('clicked')` : sql`('opened', 'clicked')`
    parts.push(
      sql<boolean>`m.id in (select l.message_id from ledger l where l.campaign_id = ${campaignId} and l.kind in ${kinds})`,
    )
  } else if (state !== 'all') parts.push(sql<boolean>`m.state in (${sql.join(STATES[state])})`)
  const text = search.trim()
  if (text !== '') {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    parts.push(
      sql<boolean>`(m.address like ${pattern} escape '\\' or (c.first_name || ' ' || c.last_name) like ${pattern} escape '\\')`,
    )
  }
  return sql.join(parts, sql` and `)
}

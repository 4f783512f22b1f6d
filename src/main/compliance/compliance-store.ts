import { sql } from 'kysely'
import type { Suppression } from '../../shared/contract/contacts.ts'
import { Channel } from '../../shared/contract/define.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { Objection } from './block-reason.ts'

/** A suppression as it is written: the address is a key already. */
export interface SuppressionRow {
  readonly channel: Channel
  readonly addressKey: string
  readonly reason: Suppression['reason']
  readonly source: string
  readonly contactId: string | null
  readonly campaignId: string | null
  readonly note: string
  readonly at: number
}

export interface ConsentRow {
  readonly contactId: string
  readonly channel: Channel
  readonly status: 'granted' | 'denied' | 'withdrawn'
  readonly basis: string
  readonly source: string
  readonly evidence: string
  readonly at: number
  readonly actor: string
  /** When it ends by itself; absent where it holds for good. */
  readonly expiresAt?: number | undefined
}

/** The only SQL for suppressions and consents. */
export const complianceStore = {
  /** Keeps the first of two equal ones. */
  async insertSuppression(tx: Tx, row: SuppressionRow): Promise<void> {
    await tx
      .insertInto('suppressions')
      .values({
        channel: row.channel,
        address_key: row.addressKey,
        reason: row.reason,
        source: row.source,
        contact_id: row.contactId,
        campaign_id: row.campaignId,
        note: row.note,
        created_at: row.at,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  },

  /** Everything that is on record against an address, newest first. */
  async suppressionsOf(
    reader: Reader,
    channel: Channel,
    addressKey: string,
  ): Promise<readonly Suppression['reason'][]> {
    const rows = await reader
      .selectFrom('suppressions')
      .select('reason')
      .where('channel', '=', channel)
      .where('address_key', '=', addressKey)
      .orderBy('created_at', 'desc')
      .execute()
    return rows.map(row => row.reason)
  },

  /** The same with where they came from, the strongest will last entered first. */
  async suppressionLines(reader: Reader, channel: Channel, addressKey: string) {
    return reader
      .selectFrom('suppressions')
      .select(['reason', 'source', 'created_at as at'])
      .where('channel', '=', channel)
      .where('address_key', '=', addressKey)
      .orderBy('created_at', 'desc')
      .execute()
  },

  /** The newest word of a contact about a channel. */
  async newestConsent(reader: Reader, contactId: string, channel: Channel) {
    const { rows } = await sql<{
      status: ConsentRow['status']
      source: string
      at: number
      expiresAt: number | null
    }>`select n.status, n.source, n.at, n.expires_at as "expiresAt" from contacts c cross join consents n on n.contact_no = c.no
      where c.id = ${contactId} and n.channel = ${channel} order by n.seq desc limit 1`.execute(reader)
    return rows[0]
  },

  async deleteSuppressions(tx: Tx, channel: Channel, addressKey: string): Promise<void> {
    await tx
      .deleteFrom('suppressions')
      .where('channel', '=', channel)
      .where('address_key', '=', addressKey)
      .where('reason', '<>', 'erasure')
      .execute()
  },

  async page(reader: Reader, search: string, offset: number, limit: number) {
    const pattern = `%${search
      .trim()
      .toLowerCase()
      .replace(/[\\%_]/g, '\\$&')}%`
    const matches = sql<boolean>`address_key like ${pattern} escape '\\'`
    const all = reader.selectFrom('suppressions')
    const found = search.trim() === '' ? all : all.where(matches)
    const rows = await found
      .select([
        'channel',
        'address_key as address',
        'reason',
        'source',
        'note',
        'contact_id as contactId',
        'created_at as at',
      ])
      .orderBy('created_at', 'desc')
      .orderBy('address_key')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await found.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    return { rows: rows.map(row => ({ ...row, channel: Channel.parse(row.channel) })), total }
  },

  /**
   * Suppressions of the addresses and refusals of the people, in one statement whatever their number. CROSS JOIN keeps the
   * people first: left to itself SQLite walked every suppression of the channel for each of them.
   */
  async objections(
    reader: Reader,
    channel: Channel,
    people: readonly { readonly contactId: string; readonly addressKey: string }[],
  ): Promise<readonly Objection[]> {
    const asked = JSON.stringify(people.map(person => [person.contactId, person.addressKey]))
    const { rows } = await sql<Objection>`
      with people (contact_id, address_key) as materialized (select value ->> 0, value ->> 1 from json_each(${asked}))
      select people.contact_id as "contactId", suppressions.reason as suppression
      from people cross join suppressions
        on suppressions.channel = ${channel} and suppressions.address_key = people.address_key
      union all
      select people.contact_id, null
      from people cross join contacts on contacts.id = people.contact_id cross join consents on consents.seq =
        (select max(seq) from consents where contact_no = contacts.no and channel = ${channel})
      where consents.status <> 'granted'`.execute(reader)
    return rows
  },

  /** The contacts that have an address now: one, or several where an import kept them apart. */
  async holders(reader: Reader, channel: Channel, addressKey: string): Promise<readonly string[]> {
    const rows = await reader
      .selectFrom('contacts')
      .select('id')
      .where(channel === 'email' ? 'email_key' : 'phone', '=', addressKey)
      .orderBy('id')
      .execute()
    return rows.map(row => row.id)
  },

  /** The id of a contact, or of the one that she was merged into; her own when she is gone. */
  async present(reader: Reader, contactId: string | null): Promise<string | null> {
    if (contactId === null) return null
    const { rows } = await sql<{
      id: string
    }>`select c.id from contact_aliases a cross join contacts c on c.no = a.contact_no
      where a.old_id = ${contactId}`.execute(reader)
    return rows[0]?.id ?? contactId
  },

  /** The key of a contact's own address on a channel. */
  async addressOf(reader: Reader, contactId: string, channel: Channel): Promise<string | null> {
    const row = await reader
      .selectFrom('contacts')
      .select(channel === 'email' ? 'email_key as key' : 'phone as key')
      .where('id', '=', contactId)
      .executeTakeFirst()
    return row?.key ?? null
  },

  async contactExists(reader: Reader, id: string): Promise<boolean> {
    return (await reader.selectFrom('contacts').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  },

  /** Changes where people stand on their lists; a removed membership stays removed. */
  async markMemberships(
    tx: Tx,
    contactIds: readonly string[],
    from: readonly ('active' | 'bounced' | 'unsubscribed')[],
    to: 'active' | 'bounced' | 'unsubscribed',
    at: number,
  ): Promise<void> {
    if (contactIds.length === 0) return
    const { rows } = await sql<{ contactNo: number }>`update list_members set status = ${to}, changed_at = ${at}
      where contact_no in (select no from contacts where id in (select value from json_each(${JSON.stringify(contactIds)})))
        and status in (${sql.join(from)})
      returning contact_no as "contactNo"`.execute(tx)
    const changed = JSON.stringify(rows.map(row => row.contactNo))
    await sql`update contacts set revision = revision + 1 where no in (select value from json_each(${changed}))`.execute(
      tx,
    )
  },

  async insertConsent(tx: Tx, consent: ConsentRow): Promise<void> {
    const { contactId, channel, status, basis, source, evidence, at, actor, expiresAt = null } = consent
    await sql`insert into consents (contact_no, channel, status, basis, source, evidence, at, actor, expires_at)
      select no, ${channel}, ${status}, ${basis}, ${source}, ${evidence}, ${at}, ${actor}, ${expiresAt}
      from contacts where id = ${contactId}`.execute(tx)
    await sql`update contacts set revision = revision + 1 where id = ${contactId}`.execute(tx)
  },
}

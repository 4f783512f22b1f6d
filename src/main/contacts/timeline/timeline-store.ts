import { sql } from 'kysely'
import type { Suppression } from '../../../shared/contract/contacts.ts'
import { Channel } from '../../../shared/contract/define.ts'
import type { Reader } from '../../storage/transaction.ts'
import type { ConsentLine, LedgerLine, MembershipLine, OrderLine, PlannedLine } from './timeline-words.ts'

/** Whose lines are asked for: a contact by number, with her own id and the ids of those who were merged into her. */
export interface Whose {
  readonly no: number
  readonly ids: readonly string[]
  readonly emailKey: string | null
  readonly phone: string | null
  readonly source: string
  readonly createdAt: number
}

/** How far back: lines at or before an instant, the newest so many. */
export interface Reach {
  readonly upTo: number
  readonly limit: number
}

/** The SQL of timelines. Every read gives lines newest first, in the same order each time. */
export const timelineStore = {
  async whose(reader: Reader, id: string): Promise<Whose | null> {
    const row = await reader
      .selectFrom('contacts')
      .select(['no', 'email_key as emailKey', 'phone', 'source', 'created_at as createdAt'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) return null
    const merged = await reader
      .selectFrom('contact_aliases')
      .select('old_id as oldId')
      .where('contact_no', '=', row.no)
      .execute()
    return { ...row, ids: [id, ...merged.map(({ oldId }) => oldId)] }
  },

  async notes(reader: Reader, { no }: Whose, { upTo, limit }: Reach) {
    return reader
      .selectFrom('notes as n')
      .leftJoin('members as m', 'm.id', 'n.author_id')
      .select(['n.body', 'm.name as author', 'n.created_at as at'])
      .where('n.contact_no', '=', no)
      .where('n.created_at', '<=', upTo)
      .orderBy('n.created_at', 'desc')
      .orderBy('n.id', 'desc')
      .limit(limit)
      .execute()
  },

  async consents(reader: Reader, { no }: Whose, { upTo, limit }: Reach): Promise<readonly ConsentLine[]> {
    return reader
      .selectFrom('consents')
      .select(['channel', 'status', 'basis', 'source', 'at'])
      .where('contact_no', '=', no)
      .where('at', '<=', upTo)
      .orderBy('at', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute()
  },

  async suppressions(reader: Reader, whose: Whose, { upTo, limit }: Reach) {
    const { rows } = await sql<{
      channel: string
      reason: Suppression['reason']
      source: string
      note: string
      at: number
    }>`select channel, reason, source, note, created_at as at from suppressions
      where ((channel = 'email' and address_key = ${whose.emailKey ?? ''})
        or (channel <> 'email' and address_key = ${whose.phone ?? ''})) and created_at <= ${upTo}
      order by created_at desc, channel, reason limit ${limit}`.execute(reader)
    return rows.map(row => ({ ...row, channel: Channel.parse(row.channel) }))
  },

  async memberships(reader: Reader, { no }: Whose, { upTo, limit }: Reach): Promise<readonly MembershipLine[]> {
    const { rows } = await sql<MembershipLine>`
      select m.added_at as at, 'added' as kind, l.name, m.status, m.source
        from list_members m join lists l on l.no = m.list_no where m.contact_no = ${no} and m.added_at <= ${upTo}
      union all
      select m.changed_at, 'changed', l.name, m.status, ''
        from list_members m join lists l on l.no = m.list_no
        where m.contact_no = ${no} and m.status <> 'active' and m.changed_at <= ${upTo}
      order by 1 desc, 2 desc, 3 limit ${limit}`.execute(reader)
    return rows
  },

  async moves(reader: Reader, { no }: Whose, { upTo, limit }: Reach) {
    return reader
      .selectFrom('segment_moves as m')
      .innerJoin('segments as s', 's.no', 'm.segment_no')
      .select(['m.at', 'm.kind', 's.name'])
      .where('m.contact_no', '=', no)
      .where('m.at', '<=', upTo)
      .orderBy('m.at', 'desc')
      .orderBy('m.no', 'desc')
      .limit(limit)
      .execute()
  },

  async planned(reader: Reader, { ids }: Whose, { upTo, limit }: Reach): Promise<readonly PlannedLine[]> {
    return reader
      .selectFrom('messages as m')
      .leftJoin('campaigns as c', 'c.id', 'm.campaign_id')
      .select(['m.id as messageId', 'm.campaign_id as campaignId', 'c.name as campaignName', 'm.created_at as at'])
      .where('m.contact_id', 'in', ids)
      .where('m.created_at', '<=', upTo)
      .orderBy('m.created_at', 'desc')
      .orderBy('m.id', 'desc')
      .limit(limit)
      .execute()
  },

  async ledger(reader: Reader, { ids }: Whose, { upTo, limit }: Reach): Promise<readonly LedgerLine[]> {
    return reader
      .selectFrom('ledger as l')
      .leftJoin('campaigns as c', 'c.id', 'l.campaign_id')
      .select(['l.at', 'l.kind', 'l.campaign_id as campaignId', 'l.message_id as messageId', 'c.name as campaignName'])
      .select('l.data')
      .where('l.contact_id', 'in', ids)
      .where('l.at', '<=', upTo)
      .orderBy('l.at', 'desc')
      .orderBy('l.seq', 'desc')
      .limit(limit)
      .execute()
  },

  async orders(reader: Reader, { no }: Whose, { upTo, limit }: Reach): Promise<readonly OrderLine[]> {
    const items = sql<string>`coalesce((select group_concat(name, ', ') from (select name from order_items
      where order_no = o.no and name <> '' order by position limit 5)), '')`
    return reader
      .selectFrom('orders as o')
      .select(['o.at', 'o.external_id as externalId', 'o.currency', 'o.value_minor as valueMinor', 'o.status'])
      .select(items.as('items'))
      .where('o.contact_no', '=', no)
      .where('o.at', '<=', upTo)
      .orderBy('o.at', 'desc')
      .orderBy('o.no', 'desc')
      .limit(limit)
      .execute()
  },

  /** Events of her own and crossings of a score; those of messages are in the ledger. */
  async events(reader: Reader, { no }: Whose, { upTo, limit }: Reach) {
    return reader
      .selectFrom('contact_events')
      .select(['at', 'kind', 'name', 'properties'])
      .where('contact_no', '=', no)
      .where('kind', 'in', ['custom', 'score_crossed'])
      .where('at', '<=', upTo)
      .orderBy('at', 'desc')
      .orderBy('no', 'desc')
      .limit(limit)
      .execute()
  },

  edits: (reader: Reader, whose: Whose, reach: Reach) =>
    auditLines(reader, whose, reach, ['contact.changed', 'contact.merged']),

  tagging: (reader: Reader, whose: Whose, reach: Reach) => auditLines(reader, whose, reach, ['contact.tagged']),
}

function auditLines(reader: Reader, { ids }: Whose, { upTo, limit }: Reach, actions: readonly string[]) {
  return reader
    .selectFrom('audit as a')
    .leftJoin('members as m', 'm.id', 'a.actor')
    .select(['a.at', 'a.action', 'm.name as actor', 'a.data'])
    .where('a.entity', '=', 'contact')
    .where('a.entity_id', 'in', ids)
    .where('a.action', 'in', actions)
    .where('a.at', '<=', upTo)
    .orderBy('a.at', 'desc')
    .orderBy('a.seq', 'desc')
    .limit(limit)
    .execute()
}

import { sql } from 'kysely'
import type { Suppression } from '../../shared/contract/contacts.ts'
import { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'

/** What the ledger says about one contact. */
export interface LedgerLine {
  readonly at: number
  readonly kind: string
  readonly campaignId: string | null
  readonly messageId: string | null
  readonly campaignName: string | null
  readonly channel: string | null
  readonly data: string
}

/** Reads what belongs to one contact: consents, notes, suppressions and the ledger. */
export const cardStore = {
  async suppressions(
    reader: Reader,
    contact: { readonly id: string; readonly email: string | null; readonly phone: string | null },
  ): Promise<readonly Suppression[]> {
    const { rows } = await sql<{
      channel: string
      address: string
      reason: Suppression['reason']
      source: string
      note: string
      at: number
    }>`
      select channel, address_key as address, reason, source, note, created_at as at from suppressions
      where (channel = 'email' and address_key = ${contact.email?.toLowerCase() ?? ''})
        or (channel = 'sms' and address_key = ${contact.phone ?? ''})
      order by created_at desc`.execute(reader)
    // The contact is known here, so the row's own column (who it was when the row was written) is not asked.
    return rows.map(row => ({ ...row, channel: Channel.parse(row.channel), contactId: null }))
  },

  async consents(reader: Reader, contactId: string) {
    const rows = await reader
      .selectFrom('consents')
      .select(['channel', 'status', 'basis', 'source', 'at'])
      .where('contact_no', '=', eb => eb.selectFrom('contacts').select('no').where('id', '=', contactId))
      .orderBy('seq', 'desc')
      .limit(200)
      .execute()
    return rows.map(row => ({ ...row, channel: Channel.parse(row.channel) }))
  },

  async notes(reader: Reader, contactId: string, limit: number) {
    return reader
      .selectFrom('notes as n')
      .leftJoin('members as m', 'm.id', 'n.author_id')
      .select(['n.id', 'n.body', 'm.name as author', 'n.created_at as at'])
      .where('n.contact_no', '=', eb => eb.selectFrom('contacts').select('no').where('id', '=', contactId))
      .orderBy('n.created_at', 'desc')
      .orderBy('n.id', 'desc')
      .limit(limit)
      .execute()
  },

  /** The campaigns that chose the contact, newest first. */
  async messages(reader: Reader, contactId: string, limit: number) {
    return reader
      .selectFrom('messages as m')
      .leftJoin('campaigns as c', 'c.id', 'm.campaign_id')
      .select([
        'm.id as messageId',
        'm.campaign_id as campaignId',
        'c.name as campaignName',
        'm.channel',
        'm.created_at as at',
      ])
      .where('m.contact_id', '=', contactId)
      .orderBy('m.created_at', 'desc')
      .limit(limit)
      .execute()
  },

  async ledger(reader: Reader, contactId: string, limit: number): Promise<readonly LedgerLine[]> {
    return reader
      .selectFrom('ledger as l')
      .leftJoin('campaigns as c', 'c.id', 'l.campaign_id')
      .select([
        'l.at',
        'l.kind',
        'l.campaign_id as campaignId',
        'l.message_id as messageId',
        'c.name as campaignName',
        'c.channel',
        'l.data',
      ])
      .where('l.contact_id', '=', contactId)
      .orderBy('l.seq', 'desc')
      .limit(limit)
      .execute()
  },
}

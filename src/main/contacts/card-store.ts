import { sql } from 'kysely'
import type { Suppression } from '../../shared/contract/contacts.ts'
import { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'

/** Reads what belongs to one contact: consents, notes and suppressions. */
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
        or (channel <> 'email' and address_key = ${contact.phone ?? ''})
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

  async ownerName(reader: Reader, ownerId: string | null): Promise<string> {
    if (ownerId === null) return ''
    const row = await reader.selectFrom('members').select('name').where('id', '=', ownerId).executeTakeFirst()
    return row?.name ?? ''
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
}

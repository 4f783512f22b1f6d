import { sql } from 'kysely'
import { Channel } from '../../../shared/contract/define.ts'
import { MessageState } from '../../../shared/contract/sending.ts'
import type { Reader } from '../../storage/transaction.ts'

/** The SQL of explanations: what is on record about one contact and one campaign. */
export const whyStore = {
  /** Who a contact is now: herself, or the one she was merged into. Undefined when she is gone. */
  async person(reader: Reader, contactId: string) {
    const { rows } = await sql<{ id: string; no: number; name: string }>`
      select c.id, c.no, trim(c.first_name || ' ' || c.last_name) as name from contacts c where c.id = ${contactId}
      union all
      select c.id, c.no, trim(c.first_name || ' ' || c.last_name)
      from contact_aliases a cross join contacts c on c.no = a.contact_no where a.old_id = ${contactId}
      limit 1`.execute(reader)
    return rows[0]
  },

  /** The draft of a campaign as it was written. */
  async draft(reader: Reader, campaignId: string): Promise<string | undefined> {
    const row = await reader.selectFrom('campaigns').select('draft').where('id', '=', campaignId).executeTakeFirst()
    return row?.draft
  },

  /** Her messages of a campaign, under every name she had. */
  async messages(reader: Reader, campaignId: string, contactId: string) {
    const { rows } = await sql<{
      id: string
      step: number
      channel: string
      address: string
      senderId: string
      state: string
      reason: string
      dueAt: number
      attempts: number
      createdAt: number
      updatedAt: number
    }>`
      with names (id) as (select ${contactId} union select a.old_id from contacts c
        cross join contact_aliases a on a.contact_no = c.no where c.id = ${contactId})
      select m.id, m.step, m.channel, m.address, m.sender_id as "senderId", m.state, m.reason, m.due_at as "dueAt", m.attempts,
        m.created_at as "createdAt", m.updated_at as "updatedAt"
      from names cross join messages m on m.campaign_id = ${campaignId} and m.contact_id = names.id
      order by m.step, m.id`.execute(reader)
    return rows.map(row => ({ ...row, channel: Channel.parse(row.channel), state: MessageState.parse(row.state) }))
  },

  /** What was written down about a message, oldest first; the newest hundred lines. */
  async lines(reader: Reader, messageId: string) {
    const { rows } = await sql<{ kind: string; at: number; data: string }>`
      select kind, at, data from (select seq, kind, at, data from ledger where message_id = ${messageId} order by seq desc limit 100)
      order by seq`.execute(reader)
    return rows
  },

  /** The attempts of a message and what the server said, oldest first. */
  async attempts(reader: Reader, messageId: string) {
    return reader
      .selectFrom('attempts')
      .select(['n', 'started_at as startedAt', 'ended_at as endedAt', 'outcome', 'class', 'code', 'reply'])
      .where('message_id', '=', messageId)
      .orderBy('n')
      .limit(100)
      .execute()
  },

  /** The account that a message leaves by. */
  async account(reader: Reader, senderId: string) {
    return reader
      .selectFrom('senders')
      .select(['name', 'state', 'state_reason as reason', 'backing_off_until as until'])
      .where('id', '=', senderId)
      .executeTakeFirst()
  },

  /** The names of running campaigns of a higher priority that have something ready in the same account. */
  async ahead(reader: Reader, campaignId: string, senderId: string, priority: number): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`
      select c.name from campaigns c where c.status = 'running' and c.id <> ${campaignId}
        and coalesce(c.frozen ->> '$.draft.priority', 3) > ${priority}
        and exists (select 1 from messages m where m.sender_id = ${senderId} and m.campaign_id = c.id and m.state = 'ready')
      limit 3`.execute(reader)
    return rows.map(row => row.name)
  },
}

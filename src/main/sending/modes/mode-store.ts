import { sql } from 'kysely'
import type { Channel } from '../../../shared/contract/define.ts'
import type { MessageState } from '../../../shared/contract/sending.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { NEVER } from '../plan-store.ts'
import type { StepRow } from './standing.ts'

/** A recipient of a campaign. */
export interface Recipient {
  readonly campaignId: string
  readonly contactId: string
}

/** What a part of the ledger is about. */
export interface Stretch {
  /** The last row that was read; null when there was none. */
  readonly last: { readonly seq: number; readonly key: string } | null
  readonly rows: number
  /** Recipients who have something that has not begun on a later channel, each once. */
  readonly recipients: readonly Recipient[]
}

/** A message of a recipient before its campaign’s time-outs are known. */
export type StoredStep = Omit<StepRow, 'timeoutMs'> & Recipient

/** The SQL of channels that follow each other. */
export const modeStore = {
  /** Campaigns that can still move somebody on. */
  async openCampaigns(reader: Reader | Tx): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`
      select id from campaigns where status in ('running', 'paused') order by id`.execute(reader)
    return rows.map(row => row.id)
  },

  /** The row of the ledger before the first that is about one of these campaigns; null when there is none. */
  async before(reader: Reader, campaignIds: readonly string[]): Promise<number | null> {
    const { rows } = await sql<{ seq: number | null }>`
      select min(l.seq) - 1 as seq from json_each(${JSON.stringify(campaignIds)}) as asked
      cross join ledger l on l.campaign_id = asked.value and l.kind = 'planned'`.execute(reader)
    return rows[0]?.seq ?? null
  },

  /** Whether a row of the ledger is still the one that was read; rows of samples may have been deleted and their numbers used again. */
  async isSame(reader: Reader, at: { readonly seq: number; readonly key: string }): Promise<boolean> {
    const { rows } = await sql`select 1 from ledger where seq = ${at.seq} and event_key = ${at.key}`.execute(reader)
    return rows.length > 0
  },

  /** The next rows of the ledger after one. */
  async stretch(reader: Reader, after: number, limit: number): Promise<Stretch> {
    const { rows } = await sql<{
      seq: number
      key: string
      campaignId: string | null
      contactId: string | null
      isOpen: 0 | 1
    }>`
      select l.seq, l.event_key as key, m.campaign_id as "campaignId", m.contact_id as "contactId",
        m.id is not null and exists (select 1 from messages w where w.campaign_id = m.campaign_id and w.contact_id = m.contact_id
          and w.step > 1 and w.state in ('waiting', 'ready')) as "isOpen"
      from (select seq, event_key, message_id from ledger where seq > ${after} order by seq limit ${limit}) l
      left join messages m on m.id = l.message_id order by l.seq`.execute(reader)
    const recipients = new Map<string, Recipient>()
    for (const { campaignId, contactId, isOpen } of rows) {
      if (isOpen === 1 && campaignId !== null && contactId !== null) {
        recipients.set(`${campaignId} ${contactId}`, { campaignId, contactId })
      }
    }
    const last = rows.at(-1)
    return {
      last: last === undefined ? null : { seq: last.seq, key: last.key },
      rows: rows.length,
      recipients: [...recipients.values()],
    }
  },

  /** Recipients whose time is up. */
  async dueRecipients(reader: Reader, now: number, limit: number): Promise<readonly Recipient[]> {
    const { rows } = await sql<Recipient>`
      select campaign_id as "campaignId", contact_id as "contactId" from messages
      where state = 'waiting' and due_at <= ${now} order by due_at, id limit ${limit}`.execute(reader)
    return rows
  },

  /** When the next time is up; null when nobody waits for a time. */
  async nextDueAt(reader: Reader): Promise<number | null> {
    const { rows } = await sql<{ at: number | null }>`
      select min(due_at) as at from messages where state = 'waiting' and due_at < ${NEVER}`.execute(reader)
    return rows[0]?.at ?? null
  },

  /** Everything of these recipients, in order of step. */
  async stepsOf(tx: Tx, recipients: readonly Recipient[]): Promise<readonly StoredStep[]> {
    const asked = JSON.stringify(recipients.map(one => [one.campaignId, one.contactId]))
    const { rows } = await sql<{
      id: string
      campaignId: string
      contactId: string
      step: number
      channel: Channel
      senderId: string
      state: MessageState
      reason: string
      dueAt: number
      acceptedAt: number | null
      reached: number | null
      failed: number | null
    }>`
      select m.id, m.campaign_id as "campaignId", m.contact_id as "contactId", m.step, m.channel, m.sender_id as "senderId",
        m.state, m.reason, m.due_at as "dueAt",
        max(case when l.kind = 'accepted' or (l.kind = 'resolved' and l.data ->> 'decision' <> 'send_again') then l.at end)
          as "acceptedAt",
        max(l.kind in ('delivered', 'read', 'opened', 'clicked', 'replied', 'unsubscribed', 'complained')) as reached,
        max(l.kind in ('bounced', 'failed')) as failed
      from json_each(${asked}) as asked
      cross join messages m on m.campaign_id = asked.value ->> 0 and m.contact_id = asked.value ->> 1
      left join ledger l on l.message_id = m.id
      group by m.id order by m.campaign_id, m.contact_id, m.step`.execute(tx)
    return rows.map(({ reached, failed, ...row }) => ({ ...row, isReached: reached === 1, isFailed: failed === 1 }))
  },

  /** Lets waiting messages begin. Returns those that were still waiting. */
  async begin(tx: Tx, messageIds: readonly string[], now: number): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ id: string }>`
      update messages set state = 'ready', due_at = ${now}, updated_at = ${now}
      where id in (select value from json_each(${JSON.stringify(messageIds)})) and state = 'waiting' returning id`.execute(
      tx,
    )
    return new Set(rows.map(row => row.id))
  },

  /** Skips what has not begun. Returns those that had not. */
  async end(
    tx: Tx,
    ends: readonly { readonly id: string; readonly why: string }[],
    now: number,
  ): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ id: string }>`
      update messages set state = 'skipped', reason = asked.why, updated_at = ${now}
      from (select value ->> 0 as id, value ->> 1 as why
        from json_each(${JSON.stringify(ends.map(one => [one.id, one.why]))})) as asked
      where messages.id = asked.id and messages.state in ('waiting', 'ready') returning messages.id as id`.execute(tx)
    return new Set(rows.map(row => row.id))
  },

  /** Sets until when waiting messages wait. */
  async postpone(tx: Tx, waits: readonly { readonly id: string; readonly until: number }[]): Promise<void> {
    await sql`
      update messages set due_at = asked.until
      from (select value ->> 0 as id, value ->> 1 as until
        from json_each(${JSON.stringify(waits.map(one => [one.id, one.until]))})) as asked
      where messages.id = asked.id and messages.state = 'waiting'`.execute(tx)
  },
}

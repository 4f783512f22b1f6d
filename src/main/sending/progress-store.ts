import { sql } from 'kysely'
import type { MessageState } from '../../shared/contract/sending.ts'
import { MAILBOX_FAMILIES } from '../../shared/domain/domain-family.ts'
import type { Reader } from '../storage/transaction.ts'

/** Messages of a campaign by state and reason. */
export interface StateCount {
  readonly state: MessageState
  readonly reason: string
  readonly count: number
}

/** An error of a campaign and how often it came. */
export interface ErrorCount {
  readonly class: string
  readonly code: string
  readonly reply: string
  readonly count: number
  readonly lastAt: number
}

/** The reads of the live page. */
export const progressStore = {
  /** One pass over a covering index (67 ms for a million messages). */
  async states(reader: Reader, campaignId: string): Promise<readonly StateCount[]> {
    const { rows } = await sql<StateCount>`
      select state, reason, count(*) as count from messages where campaign_id = ${campaignId} group by state, reason`.execute(
      reader,
    )
    return rows
  },

  /** How many answers came since an instant. */
  async answersSince(reader: Reader, campaignId: string, since: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ledger
      where campaign_id = ${campaignId} and kind in ('accepted', 'rejected', 'deferred', 'unknown') and at > ${since}`.execute(
      reader,
    )
    return rows[0]?.n ?? 0
  },

  /** What was answered instead of an acceptance, the most frequent first. */
  async errors(reader: Reader, campaignId: string, most: number): Promise<readonly ErrorCount[]> {
    const { rows } = await sql<ErrorCount>`
      select coalesce(data ->> 'class', '') as class, coalesce(data ->> 'code', '') as code,
        max(coalesce(data ->> 'reply', '')) as reply, count(*) as count, max(at) as "lastAt"
      from ledger where campaign_id = ${campaignId} and kind in ('rejected', 'deferred', 'unknown')
      group by 1, 2 order by count desc, class, code limit ${most}`.execute(reader)
    return rows
  },

  /** The first and the last due time of what is ready. */
  async dueRange(
    reader: Reader,
    campaignId: string,
    senderId: string,
  ): Promise<{ readonly first: number | null; readonly last: number | null }> {
    const { rows } = await sql<{ first: number | null; last: number | null }>`
      select min(first) as first, max(last) as last from (
        select
          (select min(due_at) from messages m where m.sender_id = ${senderId} and m.campaign_id = ${campaignId}
            and m.family = f.value and m.state = 'ready') as first,
          (select max(due_at) from messages m where m.sender_id = ${senderId} and m.campaign_id = ${campaignId}
            and m.family = f.value and m.state = 'ready') as last
        from json_each(${JSON.stringify(MAILBOX_FAMILIES)}) f)`.execute(reader)
    return rows[0] ?? { first: null, last: null }
  },

  async times(
    reader: Reader,
    campaignId: string,
  ): Promise<{
    readonly startedAt: number | null
    readonly completedAt: number | null
    readonly statusReason: string
  }> {
    const row = await reader
      .selectFrom('campaigns')
      .select(['started_at as startedAt', 'completed_at as completedAt', 'status_reason as statusReason'])
      .where('id', '=', campaignId)
      .executeTakeFirst()
    return row ?? { startedAt: null, completedAt: null, statusReason: '' }
  },
}

import { sql } from 'kysely'
import { Channel } from '../../shared/contract/define.ts'
import { MessageState } from '../../shared/contract/sending.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Buckets } from './time-buckets.ts'

/** What happened in a campaign that the ledger tells apart. */
export type Happening = 'accepted' | 'rejected' | 'deferred' | 'opened' | 'clicked'

/** People of a campaign to whom something happened after the sending, each counted once. */
export interface PeopleCounts {
  readonly opened: number
  readonly clicked: number
  readonly unsubscribed: number
  readonly complained: number
  readonly bounced: number
}

/** Messages of one channel of a campaign that are in one state. */
export interface ChannelStates {
  readonly step: number
  readonly channel: Channel
  readonly state: MessageState
  readonly count: number
  readonly undelivered: number
  readonly units: number
}

// Who clicked has read it, also where the picture that counts opens was not loaded (standards.md 8.1). Each person once, at
// the first time. What a person took as sent counts as accepted from that decision on.
const HAPPENINGS = (campaignId: string) => sql`
  select kind, at from ledger where campaign_id = ${campaignId} and kind in ('accepted', 'rejected', 'deferred')
  union all
  select 'accepted', at from ledger
  where campaign_id = ${campaignId} and kind = 'resolved' and data ->> 'decision' = 'treat_as_sent'
  union all
  select 'opened', min(at) from ledger
  where campaign_id = ${campaignId} and kind in ('opened', 'clicked') group by contact_id
  union all
  select 'clicked', min(at) from ledger where campaign_id = ${campaignId} and kind = 'clicked' group by contact_id`

/** The reads behind a report. */
export const reportStore = {
  async campaign(reader: Reader, campaignId: string) {
    return reader
      .selectFrom('campaigns')
      .select(['id', 'channel', 'started_at as startedAt', 'created_at as createdAt'])
      .select(sql<number>`coalesce(json_array_length(frozen, '$.further'), 0)`.as('further'))
      .where('id', '=', campaignId)
      .executeTakeFirst()
  },

  /** Messages by state and reason. */
  async states(
    reader: Reader,
    campaignId: string,
  ): Promise<readonly { readonly state: MessageState; readonly reason: string; readonly count: number }[]> {
    const { rows } = await sql<{ state: string; reason: string; count: number }>`
      select state, reason, count(*) as count from messages where campaign_id = ${campaignId}
      group by state, reason order by count desc, state, reason`.execute(reader)
    return rows.map(row => ({ ...row, state: MessageState.parse(row.state) }))
  },

  async people(reader: Reader, campaignId: string): Promise<PeopleCounts> {
    const { rows } = await sql<PeopleCounts>`
      select
        count(distinct case when kind in ('opened', 'clicked') then contact_id end) as opened,
        count(distinct case when kind = 'clicked' then contact_id end) as clicked,
        count(distinct case when kind = 'unsubscribed' then contact_id end) as unsubscribed,
        count(distinct case when kind = 'complained' then contact_id end) as complained,
        count(distinct case when kind in ('bounced', 'failed') then message_id end) as bounced
      from ledger
      where campaign_id = ${campaignId} and kind in ('opened', 'clicked', 'unsubscribed', 'complained', 'bounced', 'failed')`.execute(
      reader,
    )
    return rows[0] ?? { opened: 0, clicked: 0, unsubscribed: 0, complained: 0, bounced: 0 }
  },

  /** What the accepted messages count for when they are paid for: segments of an SMS, 1 for anything else. */
  async acceptedUnits(reader: Reader, campaignId: string): Promise<number> {
    const { rows } = await sql<{ units: number }>`
      select coalesce(sum(coalesce(data ->> 'segments', 1)), 0) as units from ledger
      where campaign_id = ${campaignId} and kind = 'accepted'`.execute(reader)
    return rows[0]?.units ?? 0
  },

  /** Messages by channel and state, with what came back of them and what the accepted ones count for. */
  async byChannel(reader: Reader, campaignId: string): Promise<readonly ChannelStates[]> {
    const { rows } = await sql<{
      step: number
      channel: string
      state: string
      count: number
      undelivered: number
      units: number
    }>`
      select m.step, m.channel, m.state, count(*) as count,
        sum(m.state = 'accepted' and exists (
          select 1 from ledger l where l.message_id = m.id and l.kind in ('bounced', 'failed'))) as undelivered,
        sum(coalesce((select sum(coalesce(l.data ->> 'segments', 1)) from ledger l
          where l.message_id = m.id and l.kind = 'accepted'), 0)) as units
      from messages m where m.campaign_id = ${campaignId}
      group by m.step, m.channel, m.state order by m.step, m.channel, m.state`.execute(reader)
    return rows.map(row => ({ ...row, channel: Channel.parse(row.channel), state: MessageState.parse(row.state) }))
  },

  /** When the first and the last thing happened; null when nothing did. */
  async span(reader: Reader, campaignId: string): Promise<{ readonly first: number; readonly last: number } | null> {
    const { rows } = await sql<{ first: number | null; last: number | null }>`
      select min(at) as first, max(at) as last from (${HAPPENINGS(campaignId)})`.execute(reader)
    const { first, last } = rows[0] ?? { first: null, last: null }
    return first === null || last === null ? null : { first, last }
  },

  /** Happenings by bucket, counted from 0. */
  async overTime(
    reader: Reader,
    campaignId: string,
    buckets: Buckets,
  ): Promise<readonly { readonly bucket: number; readonly kind: Happening; readonly count: number }[]> {
    // Instants are bound as REAL (node-sqlite3, beyond 31 bits), so the quotient is cut explicitly.
    const { rows } = await sql<{ bucket: number; kind: Happening; count: number }>`
      select cast((at - ${buckets.from}) / ${buckets.widthMs} as integer) as bucket, kind, count(*) as count
      from (${HAPPENINGS(campaignId)}) group by 1, 2 order by 1`.execute(reader)
    return rows
  },

  /** How often something of these kinds happened in each quarter of an hour (whole hours would not do for zones such as Kolkata’s). */
  async quarters(
    reader: Reader,
    campaignId: string,
    kinds: 'engagement' | 'accepted',
  ): Promise<readonly { readonly at: number; readonly count: number }[]> {
    const of = kinds === 'engagement' ? sql`('opened', 'clicked')` : sql`('accepted')`
    const { rows } = await sql<{ at: number; count: number }>`
      select at / 900000 * 900000 as at, count(*) as count from ledger
      where campaign_id = ${campaignId} and kind in ${of} group by 1 order by 1`.execute(reader)
    return rows
  },

  /** Refusals by class and code, the most frequent first. */
  async errors(
    reader: Reader,
    campaignId: string,
    most: number,
  ): Promise<readonly { readonly class: string; readonly code: string; readonly count: number }[]> {
    const { rows } = await sql<{ class: string; code: string; count: number }>`
      select coalesce(data ->> 'class', '') as class, coalesce(data ->> 'code', '') as code, count(*) as count
      from ledger where campaign_id = ${campaignId} and kind in ('rejected', 'deferred', 'unknown', 'bounced')
      group by 1, 2 order by count desc, class, code limit ${most}`.execute(reader)
    return rows
  },
}

import { sql } from 'kysely'
import type { Channel } from '../../shared/contract/define.ts'
import { CampaignStatus } from '../../shared/domain/campaign-status.ts'
import type { Reader } from '../storage/transaction.ts'

/** A campaign on the home page. */
export interface CampaignLineRow {
  readonly id: string
  readonly name: string
  readonly channel: Channel
  readonly status: CampaignStatus
  readonly statusReason: string
  readonly sendAt: number | null
  readonly completedAt: number | null
  readonly audience: number
  readonly sent: number
  readonly finished: number
}

/** Reads for the window's frame and the home page. */
export const workspaceStore = {
  async sizes(reader: Reader) {
    const { rows } = await sql<{ contacts: number; templates: number; campaigns: number }>`
      select (select count(*) from contacts) as contacts,
        (select count(*) from templates where archived_at is null) as templates,
        (select count(*) from campaigns) as campaigns`.execute(reader)
    return rows[0] ?? { contacts: 0, templates: 0, campaigns: 0 }
  },

  /** Campaigns in one of the statuses, at most `limit`; `order` says which come first. */
  async campaignLines(
    reader: Reader,
    statuses: readonly CampaignStatus[],
    order: 'soonest' | 'latest',
    limit: number,
  ): Promise<readonly CampaignLineRow[]> {
    const place =
      order === 'soonest' ? sql`send_at is null, send_at, id` : sql`coalesce(completed_at, updated_at) desc, id desc`
    const { rows } = await sql<CampaignLineRow & { readonly status: string }>`
      with line as materialized (
        select id, name, channel, status, status_reason, send_at, completed_at, audience_size,
          row_number() over (order by ${place}) as place
        from campaigns where status in (${sql.join(statuses)}) order by ${place} limit ${limit}
      )
      select line.id, line.name, line.channel, line.status, line.status_reason as "statusReason",
        line.send_at as "sendAt", line.completed_at as "completedAt", line.audience_size as audience,
        count(m.id) filter (where m.state = 'accepted') as sent,
        count(m.id) filter (where m.state in ('accepted', 'rejected', 'skipped', 'cancelled')) as finished
      from line left join messages m on m.campaign_id = line.id
      group by line.id order by line.place`.execute(reader)
    return rows.map(row => ({ ...row, status: CampaignStatus.parse(row.status) }))
  },

  /** By campaign, because the index of messages begins with it; over all messages at once it would read every one. */
  async unknownMessages(reader: Reader): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select coalesce(sum((select count(*) from messages m where m.campaign_id = c.id and m.state = 'unknown')), 0) as n
      from campaigns c`.execute(reader)
    return rows[0]?.n ?? 0
  },

  async awaitingDecision(reader: Reader): Promise<number> {
    const { n } = await reader
      .selectFrom('approvals')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow()
    return n
  },

  /** Which first steps were taken. The sample's own campaign does not count: she did not make it. */
  async steps(reader: Reader) {
    const { rows } = await sql<{
      contacts: number
      template: number
      campaign: number
      approval: number
      sent: number
      account: number
    }>`
      select exists (select 1 from contacts) as contacts,
        exists (select 1 from templates where archived_at is null) as template,
        exists (select 1 from campaigns where is_sample = 0) as campaign,
        exists (select 1 from approvals a join campaigns c on c.id = a.campaign_id
                where c.is_sample = 0 and a.state = 'approved') as approval,
        exists (select 1 from campaigns c where c.is_sample = 0
                and exists (select 1 from messages m where m.campaign_id = c.id and m.state = 'accepted')) as sent,
        exists (select 1 from senders where provider <> 'practice' and archived_at is null) as account`.execute(reader)
    const row = rows[0]
    return {
      contacts: row?.contacts === 1,
      template: row?.template === 1,
      campaign: row?.campaign === 1,
      approval: row?.approval === 1,
      sent: row?.sent === 1,
      account: row?.account === 1,
    }
  },
}

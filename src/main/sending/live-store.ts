import { sql } from 'kysely'
import type { MailboxFamily } from '../../shared/domain/domain-family.ts'
import type { Reader } from '../storage/transaction.ts'

/** What waits of a campaign with an account for mailboxes of a family. */
export interface WaitingCount {
  readonly senderId: string
  readonly campaignId: string
  readonly family: MailboxFamily
  readonly waiting: number
  readonly due: number
  readonly firstDueAt: number
  readonly nextDueAt: number | null
  readonly lastDueAt: number
}

/** What was answered lately, by account, campaign and family. */
export interface AnswerCount {
  readonly senderId: string
  readonly campaignId: string
  readonly family: MailboxFamily
  readonly inTenSeconds: number
  readonly inMinute: number
}

/** Refusals of one kind. */
export interface RefusalCount {
  readonly class: string
  readonly code: string
  readonly count: number
  readonly lastAt: number
  readonly example: string
}

const MOST_REFUSALS = 5000
const MOST_KINDS = 50

/** The reads of the live page. Each keeps to an index of what it is about. */
export const liveStore = {
  /** Ready messages of campaigns that run or pause; one pass over the queue's own index. */
  async waiting(reader: Reader, now: number): Promise<readonly WaitingCount[]> {
    const { rows } = await sql<WaitingCount>`
      select m.sender_id as "senderId", m.campaign_id as "campaignId", m.family, count(*) as waiting,
        sum(m.due_at <= ${now}) as due, min(m.due_at) as "firstDueAt",
        min(case when m.due_at > ${now} then m.due_at end) as "nextDueAt", max(m.due_at) as "lastDueAt"
      from campaigns c cross join senders s cross join messages m
      where c.status in ('running', 'paused') and m.sender_id = s.id and m.campaign_id = c.id and m.state = 'ready'
      group by m.sender_id, m.campaign_id, m.family`.execute(reader)
    return rows
  },

  /** Attempts of the last minute that a provider answered. */
  async answers(reader: Reader, now: number): Promise<readonly AnswerCount[]> {
    const { rows } = await sql<AnswerCount>`
      select a.sender_id as "senderId", m.campaign_id as "campaignId", m.family,
        sum(a.ended_at > ${now - 10_000}) as "inTenSeconds", sum(a.ended_at > ${now - 60_000}) as "inMinute"
      from senders s cross join attempts a cross join messages m on m.id = a.message_id
      where a.sender_id = s.id and a.started_at > ${now - 90_000} and a.outcome in ('accepted', 'rejected', 'deferred')
      group by a.sender_id, m.campaign_id, m.family`.execute(reader)
    return rows
  },

  async onWire(reader: Reader): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ senderId: string; n: number }>`
      select sender_id as "senderId", count(*) as n from messages
      where state in ('claimed', 'attempting') group by sender_id`.execute(reader)
    return new Map(rows.map(row => [row.senderId, row.n]))
  },

  /** The newest refusals since an instant, grouped, the latest kind first; `example` is its newest reply. */
  async refusals(reader: Reader, since: number): Promise<readonly RefusalCount[]> {
    const { rows } = await sql<RefusalCount>`
      select coalesce(class, '') as class, coalesce(code, '') as code, count(*) as count, max(started_at) as "lastAt",
        coalesce(reply, '') as example
      from (select class, code, reply, started_at from attempts where outcome <> 'accepted' and started_at > ${since}
        order by started_at desc limit ${MOST_REFUSALS})
      group by 1, 2 order by "lastAt" desc limit ${MOST_KINDS}`.execute(reader)
    return rows
  },

  /** Running and paused campaigns with what the order of sending goes by. */
  async campaigns(reader: Reader): Promise<
    readonly {
      readonly id: string
      readonly name: string
      readonly status: 'running' | 'paused'
      readonly statusReason: string
      readonly priority: number
      readonly ratePerSecond: number | null
    }[]
  > {
    const { rows } = await sql<{
      id: string
      name: string
      status: 'running' | 'paused'
      statusReason: string
      priority: number
      ratePerSecond: number | null
    }>`
      select id, name, status, status_reason as "statusReason",
        coalesce(frozen ->> '$.draft.priority', draft ->> '$.priority', 3) as priority,
        coalesce(frozen ->> '$.draft.ratePerSecond', draft ->> '$.ratePerSecond') as "ratePerSecond"
      from campaigns where status in ('running', 'paused') order by priority desc, id limit 200`.execute(reader)
    return rows
  },
}

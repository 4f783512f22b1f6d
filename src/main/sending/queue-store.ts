import { sql } from 'kysely'
import { z } from 'zod'
import { MAILBOX_FAMILIES, type MailboxFamily } from '../../shared/domain/domain-family.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

// The queue is kept by mailbox family: one that must wait never stands before the others.
const FAMILIES = JSON.stringify(MAILBOX_FAMILIES)

/** A message that is due. */
export interface DueMessage {
  readonly id: string
  readonly contactId: string
  readonly address: string
}

/** A campaign that has something due to mailboxes of a family. */
export interface CampaignDue {
  readonly campaignId: string
  readonly family: MailboxFamily
}

/** When an account next has something to send, and whether it may. */
export interface SenderDue {
  readonly senderId: string
  readonly state: 'running' | 'paused' | 'backing_off' | 'tripped'
  readonly backingOffUntil: number | null
  readonly dueAt: number
}

/** An attempt that was begun. */
export interface Begun {
  readonly id: string
  readonly n: number
}

/** How an attempt ended, in the words of the tables. */
export interface Settlement {
  readonly messageId: string
  readonly n: number
  readonly outcome: 'accepted' | 'rejected' | 'deferred' | 'throttled' | 'unknown'
  readonly class: string | null
  readonly code: string | null
  readonly reply: string | null
  readonly endedAt: number
  readonly state: 'accepted' | 'rejected' | 'unknown' | 'ready'
  readonly reason: string
  readonly dueAt: number
  readonly providerMessageId: string | null
}

const Starts = z.array(z.number())

/** The SQL of the queue: what is due, the beginning and the end of attempts. */
export const queueStore = {
  /** When each account that has anything ready in a running campaign is next due. A few index look-ups, whatever the queue holds. */
  async dueBySender(reader: Reader): Promise<readonly SenderDue[]> {
    const { rows } = await sql<SenderDue>`
      select "senderId", state, "backingOffUntil", min("dueAt") as "dueAt" from (
        select s.id as "senderId", s.state, s.backing_off_until as "backingOffUntil",
          (select min(m.due_at) from messages m
           where m.sender_id = s.id and m.campaign_id = c.id and m.family = f.value and m.state = 'ready') as "dueAt"
        from campaigns c cross join senders s cross join json_each(${FAMILIES}) f
        where c.status = 'running'
      ) where "dueAt" is not null group by "senderId"`.execute(reader)
    return rows
  },

  /** Running campaigns that have something due through an account, oldest first, and to which mailbox families. */
  async familiesDue(reader: Reader, senderId: string, now: number): Promise<readonly CampaignDue[]> {
    const { rows } = await sql<CampaignDue>`
      select c.id as "campaignId", f.value as family from campaigns c cross join json_each(${FAMILIES}) f
      where c.status = 'running' and exists (
        select 1 from messages m
        where m.sender_id = ${senderId} and m.campaign_id = c.id and m.family = f.value and m.state = 'ready'
          and m.due_at <= ${now})
      order by c.id`.execute(reader)
    return rows
  },

  /**
   * What is due of a campaign, the earliest first: of each family named up to `most`. Domains in `except` are left out, which
   * is about those that are in no family.
   */
  async dueOf(
    reader: Reader,
    at: { readonly senderId: string; readonly campaignId: string; readonly now: number },
    families: readonly { readonly family: MailboxFamily; readonly most: number }[],
    except: readonly string[] = [],
  ): Promise<readonly DueMessage[]> {
    if (families.length === 0) return []
    const parts = families.map(({ family, most }) => {
      const open =
        family === '' && except.length > 0
          ? sql`and lower(substr(address, instr(address, '@') + 1)) not in (select value from json_each(${JSON.stringify(except)}))`
          : sql``
      return sql`select * from (select id, contact_id as "contactId", address, due_at as "dueAt" from messages
        where sender_id = ${at.senderId} and campaign_id = ${at.campaignId} and family = ${family} and state = 'ready'
          and due_at <= ${at.now} ${open}
        order by due_at, id limit ${most})`
    })
    const { rows } = await sql<DueMessage>`
      select id, "contactId", address from (${sql.join(parts, sql` union all `)}) order by "dueAt", id`.execute(reader)
    return rows
  },

  /** How many messages of running campaigns are due now. */
  async countDue(reader: Reader, now: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from campaigns c cross join senders s
      join messages m on m.sender_id = s.id and m.campaign_id = c.id
      where c.status = 'running' and m.state = 'ready' and m.due_at <= ${now}`.execute(reader)
    return rows[0]?.n ?? 0
  },

  /** Whether a running campaign, or one that is due to start, is not planned to the end. */
  async hasOpenPlan(reader: Reader): Promise<boolean> {
    const { rows } = await sql`
      select 1 from campaigns where status = 'running' and plan_state <> 'done' limit 1`.execute(reader)
    return rows.length > 0
  },

  /** The last look at the people themselves, by message: contacts that are gone, or that left a list of the audience. */
  async departed(
    tx: Reader | Tx,
    people: readonly { readonly messageId: string; readonly contactId: string; readonly listIds: readonly string[] }[],
  ): Promise<ReadonlyMap<string, 'contact_deleted' | 'list_unsubscribed'>> {
    const rows = JSON.stringify(people.map(one => [one.messageId, one.contactId, one.listIds]))
    const found = await sql<{ id: string; reason: 'contact_deleted' | 'list_unsubscribed' }>`
      select asked.value ->> 0 as id, case when c.id is null then 'contact_deleted' else 'list_unsubscribed' end as reason
      from json_each(${rows}) as asked left join contacts c on c.id = asked.value ->> 1
      where (c.id is null and asked.value ->> 1 not like 'destination:%') or exists (
        select 1 from json_each(asked.value, '$[2]') as list
        cross join lists on lists.id = list.value
        cross join list_members m on m.list_no = lists.no and m.contact_no = c.no and m.status = 'unsubscribed')`.execute(
      tx,
    )
    return new Map(found.rows.map(row => [row.id, row.reason]))
  },

  /**
   * Claims messages and writes the intent to send them, in one statement each: only what is still ready and due, of a campaign
   * that is still running, through an account that still may. Returns those that were begun; for these a byte may leave after
   * the commit.
   */
  async begin(
    tx: Tx,
    run: { readonly runId: string; readonly senderId: string; readonly now: number },
    messageIds: readonly string[],
  ): Promise<readonly Begun[]> {
    // The plus signs keep SQLite from walking the queue of the account: with 60,000 waiting that took 40 % of the sending time.
    const { rows } = await sql<Begun>`
      update messages set state = 'attempting', attempts = attempts + 1, claimed_by = ${run.runId}, updated_at = ${run.now}
      where id in (select value from json_each(${JSON.stringify(messageIds)}))
        and +state = 'ready' and +due_at <= ${run.now} and +sender_id = ${run.senderId}
        and exists (select 1 from campaigns c where c.id = messages.campaign_id and c.status = 'running')
        and exists (select 1 from senders s where s.id = messages.sender_id and s.archived_at is null
          and (s.state = 'running' or (s.state = 'backing_off' and coalesce(s.backing_off_until, 0) <= ${run.now})))
      returning id, attempts as n`.execute(tx)
    if (rows.length > 0) {
      await sql`
        insert into attempts (message_id, n, sender_id, run_id, started_at)
        select value ->> 0, value ->> 1, ${run.senderId}, ${run.runId}, ${run.now}
        from json_each(${JSON.stringify(rows.map(row => [row.id, row.n]))})`.execute(tx)
    }
    return rows
  },

  /** Marks messages that must not be sent; only what is still ready. Returns those that were. */
  async skip(
    tx: Tx,
    skips: readonly { readonly messageId: string; readonly reason: string }[],
    now: number,
  ): Promise<readonly string[]> {
    const rows = JSON.stringify(skips.map(skip => [skip.messageId, skip.reason]))
    const changed = await sql<{ id: string }>`
      update messages set state = 'skipped', reason = asked.reason, updated_at = ${now}
      from (select value ->> 0 as id, value ->> 1 as reason from json_each(${rows})) as asked
      where messages.id = asked.id and messages.state = 'ready'
      returning messages.id as id`.execute(tx)
    return changed.rows.map(row => row.id)
  },

  /**
   * After the clock was set back from `was` to `now`: what was due stays due. Up to `most` messages; returns how many.
   */
  async stayDue(tx: Tx, clock: { readonly was: number; readonly now: number }, most: number): Promise<number> {
    const result = await sql`
      update messages set due_at = ${clock.now} where id in (
        select m.id from campaigns c cross join senders s cross join json_each(${FAMILIES}) f cross join messages m
        where c.status in ('running', 'paused') and m.sender_id = s.id and m.campaign_id = c.id and m.family = f.value
          and m.state = 'ready' and m.due_at > ${clock.now} and m.due_at <= ${clock.was}
        limit ${most})`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
  },

  /** When the newest attempt began; null when there was none. */
  async newestStart(reader: Reader): Promise<number | null> {
    const { rows } = await sql<{ at: number | null }>`
      select max(at) as at from (
        select (select max(a.started_at) from attempts a where a.sender_id = s.id) as at from senders s)`.execute(
      reader,
    )
    return rows[0]?.at ?? null
  },

  /** Writes how attempts ended, and what their messages are now. */
  async settle(tx: Tx, settlements: readonly Settlement[]): Promise<void> {
    const rows = JSON.stringify(
      settlements.map(one => [
        one.messageId,
        one.n,
        one.endedAt,
        one.outcome,
        one.class,
        one.code,
        one.reply,
        one.state,
        one.reason,
        one.dueAt,
        one.providerMessageId,
      ]),
    )
    const attempts = sql`
      update attempts set ended_at = s.ended_at, outcome = s.outcome, class = s.class, code = s.code, reply = s.reply
      from (select value ->> 0 as id, value ->> 1 as n, value ->> 2 as ended_at, value ->> 3 as outcome, value ->> 4 as class,
          value ->> 5 as code, value ->> 6 as reply from json_each(${rows})) as s
      where attempts.message_id = s.id and attempts.n = s.n and attempts.outcome is null`
    const messages = sql`
      update messages set state = s.state, reason = s.reason, due_at = s.due_at, claimed_by = null,
        provider_message_id = s.provider_message_id, updated_at = s.ended_at
      from (select value ->> 0 as id, value ->> 2 as ended_at, value ->> 7 as state, value ->> 8 as reason,
          value ->> 9 as due_at, value ->> 10 as provider_message_id from json_each(${rows})) as s
      where messages.id = s.id and messages.state = 'attempting'`
    const both = await Promise.allSettled([attempts.execute(tx), messages.execute(tx)])
    for (const one of both) if (one.status === 'rejected') throw one.reason
  },

  /** Temporary refusals of messages so far: how many, and when the first was. */
  async refusals(
    tx: Tx,
    messageIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly count: number; readonly firstAt: number }>> {
    const { rows } = await sql<{ id: string; count: number; firstAt: number }>`
      select a.message_id as id, count(*) as count, min(a.ended_at) as "firstAt"
      from json_each(${JSON.stringify(messageIds)}) as asked cross join attempts a on a.message_id = asked.value
      where a.outcome = 'deferred' and a.n > coalesce((select max(r.data ->> 'n') from ledger r
        where r.message_id = a.message_id and r.kind = 'reopened'), 0) group by a.message_id`.execute(tx)
    return new Map(rows.map(row => [row.id, row]))
  },

  /** When attempts through an account began that reached its server, ascending: the newest `most` after `since`. */
  async startsOfSender(reader: Reader, senderId: string, since: number, most: number): Promise<readonly number[]> {
    const { rows } = await sql<{ at: number }>`
      select started_at as at from attempts
      where sender_id = ${senderId} and started_at > ${since} and not (outcome is 'throttled' and class is 'transport')
      order by started_at desc limit ${most}`.execute(reader)
    return rows.map(row => row.at).reverse()
  },

  /** The same to mailboxes of a family: the newest `most`, ascending. */
  async startsOfFamily(
    reader: Reader,
    of: { readonly senderId: string; readonly family: MailboxFamily },
    since: number,
    most: number,
  ): Promise<readonly number[]> {
    const { rows } = await sql<{ at: number }>`
      select a.started_at as at from attempts a cross join messages m on m.id = a.message_id
      where a.sender_id = ${of.senderId} and a.started_at > ${since} and m.family = ${of.family}
        and not (a.outcome is 'throttled' and a.class is 'transport')
      order by a.started_at desc limit ${most}`.execute(reader)
    return rows.map(row => row.at).reverse()
  },

  /** The same by domain, for those in no family: the newest `most` of each domain, ascending. */
  async startsOfDomains(
    reader: Reader,
    senderId: string,
    since: number,
    most: number,
  ): Promise<ReadonlyMap<string, readonly number[]>> {
    const { rows } = await sql<{ domain: string; starts: string }>`
      select domain, json_group_array(at) as starts from (
        select at, domain from (
          select a.started_at as at, lower(substr(m.address, instr(m.address, '@') + 1)) as domain,
            row_number() over (partition by lower(substr(m.address, instr(m.address, '@') + 1))
              order by a.started_at desc) as n
          from attempts a cross join messages m on m.id = a.message_id
          where a.sender_id = ${senderId} and a.started_at > ${since} and m.family = ''
            and not (a.outcome is 'throttled' and a.class is 'transport'))
        where n <= ${most} order by domain, at)
      group by domain`.execute(reader)
    return new Map(rows.map(row => [row.domain, Starts.parse(JSON.parse(row.starts)).sort((a, b) => a - b)]))
  },

  /** Until when families rest that asked for it, by an address of theirs: the account's messages that wait for it say so. */
  async restingFamilies(
    reader: Reader,
    senderId: string,
    now: number,
  ): Promise<readonly { readonly address: string; readonly until: number }[]> {
    const { rows } = await sql<{ address: string; until: number }>`
      select m.address as address, max(m.due_at) as until from campaigns c cross join messages m
      where c.status in ('running', 'paused') and m.campaign_id = c.id and m.state = 'ready' and m.reason = 'rate_limited'
        and m.sender_id = ${senderId} and m.due_at > ${now}
      group by m.family, lower(substr(m.address, instr(m.address, '@') + 1))`.execute(reader)
    return rows
  },

  /** When attempts of a campaign began that reached a server, through whatever account, ascending: the newest `most`. */
  async startsOfCampaign(
    reader: Reader,
    { campaignId }: { readonly campaignId: string },
    since: number,
    most: number,
  ): Promise<readonly number[]> {
    const { rows } = await sql<{ at: number }>`
      select a.started_at as at from senders s cross join attempts a cross join messages m on m.id = a.message_id
      where a.sender_id = s.id and a.started_at > ${since} and m.campaign_id = ${campaignId}
        and not (a.outcome is 'throttled' and a.class is 'transport')
      order by a.started_at desc limit ${most}`.execute(reader)
    return rows.map(row => row.at).reverse()
  },

  /** Whether a campaign has a message that is not in a final state; what is unknown waits for a person and does not count. */
  async hasOpenMessages(reader: Reader, campaignId: string): Promise<boolean> {
    const { rows } = await sql`
      select 1 from messages where campaign_id = ${campaignId} and state in ('waiting', 'ready', 'claimed', 'attempting') limit 1`.execute(
      reader,
    )
    return rows.length > 0
  },

  /** What became of a campaign since an instant, with what came back later: people, not reports. */
  async feedback(
    reader: Reader,
    campaignId: string,
    since: number,
  ): Promise<{
    readonly accepted: number
    readonly answered: number
    readonly complained: number
    readonly bounced: number
  }> {
    const { rows } = await sql<{ accepted: number; rejected: number; complained: number; bounced: number }>`
      select
        (select count(*) from ledger where campaign_id = ${campaignId} and kind = 'accepted' and at > ${since}) as accepted,
        (select count(*) from ledger where campaign_id = ${campaignId} and kind = 'rejected' and at > ${since}) as rejected,
        (select count(distinct message_id) from ledger
          where campaign_id = ${campaignId} and kind = 'complained' and at > ${since}) as complained,
        (select count(distinct message_id) from ledger
          where campaign_id = ${campaignId} and kind in ('rejected', 'bounced') and at > ${since}
            and data ->> 'class' = 'permanent_address') as bounced`.execute(reader)
    const { accepted, rejected, complained, bounced } = rows[0] ?? {
      accepted: 0,
      rejected: 0,
      complained: 0,
      bounced: 0,
    }
    return { accepted, answered: accepted + rejected, complained, bounced }
  },

  /** Final answers of a campaign since an instant, and how many of them were bad addresses. */
  async answers(
    reader: Reader,
    campaignId: string,
    since: number,
  ): Promise<{ readonly answered: number; readonly bounced: number }> {
    const { rows } = await sql<{ answered: number; bounced: number }>`
      select
        (select count(*) from ledger where campaign_id = ${campaignId} and kind = 'accepted' and at > ${since})
        + (select count(*) from ledger where campaign_id = ${campaignId} and kind = 'rejected' and at > ${since}) as answered,
        (select count(*) from ledger where campaign_id = ${campaignId} and kind = 'rejected' and at > ${since}
          and data ->> 'class' = 'permanent_address') as bounced`.execute(reader)
    return rows[0] ?? { answered: 0, bounced: 0 }
  },
}

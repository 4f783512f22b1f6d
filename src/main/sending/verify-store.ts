import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../storage/transaction.ts'

/** An invariant as SQL: how many rows it is about, and the first that breaks it. */
export interface Invariant {
  readonly name: string
  /** Counts the rows examined, as `n`. */
  readonly examined: RawBuilder<{ n: number }>
  /** Selects `id` and `why` of rows that break it; the first is reported. */
  readonly broken: RawBuilder<{ id: string; why: string }>
}

const messages = sql<{ n: number }>`select count(*) as n from messages`
const attempts = sql<{ n: number }>`select count(*) as n from attempts`
const ledger = sql<{ n: number }>`select count(*) as n from ledger`

/** How a message got its state, one row a message. */
const FATES = sql`
  fates as materialized (
    select m.id, m.state, m.attempts,
      coalesce(a.total, 0) as total, coalesce(a.accepted, 0) as accepted, coalesce(a.open, 0) as open,
      coalesce(a.highest, 0) as highest, coalesce(a.last, '') as last,
      coalesce(l.accepted, 0) as l_accepted, coalesce(l.rejected, 0) as l_rejected, coalesce(l.skipped, 0) as l_skipped,
      coalesce(l.cancelled, 0) as l_cancelled, coalesce(l.unknown, 0) as l_unknown, coalesce(l.as_sent, 0) as as_sent,
      coalesce(l.again, 0) as again
    from messages m
    left join (
      select message_id, count(*) as total, sum(outcome is 'accepted') as accepted, sum(outcome is null) as open,
        max(n) as highest,
        (select b.outcome from attempts b where b.message_id = attempts.message_id order by b.n desc limit 1) as last
      from attempts group by message_id
    ) a on a.message_id = m.id
    left join (
      select message_id, sum(kind = 'accepted') as accepted, 
        sum(kind = 'rejected') - sum(kind = 'reopened' and data ->> 'from' = 'rejected') as rejected,
        sum(kind = 'skipped') - sum(kind = 'reopened' and data ->> 'from' = 'skipped') as skipped,
        sum(kind = 'cancelled') as cancelled, sum(kind = 'unknown') as unknown,
        sum(kind = 'resolved' and data ->> 'decision' = 'treat_as_sent') as as_sent,
        sum(kind = 'resolved' and data ->> 'decision' = 'send_again') as again
      from ledger where message_id is not null group by message_id
    ) l on l.message_id = m.id
  )`

function fates(condition: RawBuilder<unknown>, why: RawBuilder<unknown>): RawBuilder<{ id: string; why: string }> {
  return sql`with ${FATES} select id, ${why} as why from fates where ${condition} limit 1`
}

/** Every invariant of the ledger, recomputed from the raw rows. Shares nothing with the code that writes them but the schema. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'audience = sent + failed + skipped + pending + unknown for each campaign',
    examined: messages,
    broken: sql`
      select c.id, 'planned ' || c.audience_size || ', messages ' || count(m.id) || ', in a known state ' ||
        sum(m.state in ('waiting','ready','claimed','attempting','accepted','rejected','unknown','skipped','cancelled')) as why
      from campaigns c left join messages m on m.campaign_id = c.id
      group by c.id
      having c.audience_size <> count(m.id) or count(m.id) <> coalesce(
        sum(m.state = 'accepted') + sum(m.state = 'rejected') + sum(m.state in ('skipped', 'cancelled'))
        + sum(m.state in ('waiting', 'ready', 'claimed', 'attempting')) + sum(m.state = 'unknown'), 0)
      limit 1`,
  },
  {
    name: 'no person and no address has two messages of a campaign step',
    examined: messages,
    broken: sql`
      select id, why from (
        select min(id) as id, 'contact has ' || count(*) || ' messages' as why from messages
        group by campaign_id, step, contact_id having count(*) > 1
        union all
        select min(id), 'address has ' || count(*) || ' messages' from messages where state <> 'skipped'
        group by campaign_id, step, channel, lower(address) having count(*) > 1
      ) limit 1`,
  },
  {
    name: 'attempts are numbered 1 to n and counted by their message',
    examined: attempts,
    broken: fates(
      sql`total <> attempts or highest <> total`,
      sql`'attempts ' || total || ', highest ' || highest || ', counted ' || attempts`,
    ),
  },
  {
    name: 'every attempt belongs to a message, and ends no earlier than it began',
    examined: attempts,
    broken: sql`
      select a.message_id as id, 'attempt ' || a.n as why from attempts a left join messages m on m.id = a.message_id
      where m.id is null or a.ended_at < a.started_at or (a.outcome is null) <> (a.ended_at is null) limit 1`,
  },
  {
    name: 'no message was accepted twice',
    examined: messages,
    broken: fates(sql`accepted > 1 or l_accepted > 1`, sql`'accepted ' || max(accepted, l_accepted) || ' times'`),
  },
  {
    name: 'accepted means one accepted attempt, or a person’s decision',
    examined: messages,
    broken: fates(
      sql`(state = 'accepted') <> (accepted = 1 or (last = 'unknown' and as_sent >= 1))`,
      sql`'state ' || state || ', accepted attempts ' || accepted || ', decisions ' || as_sent`,
    ),
  },
  {
    name: 'on the wire means one open attempt',
    examined: messages,
    broken: fates(
      sql`open > 1 or (state = 'attempting') <> (open = 1)`,
      sql`'state ' || state || ', open attempts ' || open`,
    ),
  },
  {
    name: 'nothing was attempted after an acceptance or after a final refusal',
    examined: attempts,
    broken: sql`
      select a.message_id as id, 'attempt ' || b.n || ' after attempt ' || a.n || ' was ' || a.outcome as why
      from attempts a join attempts b on b.message_id = a.message_id and b.n > a.n
      where a.outcome in ('accepted', 'rejected') and not (a.outcome = 'rejected' and exists (
        select 1 from ledger l where l.message_id = a.message_id and l.kind = 'reopened' and l.data ->> 'n' = a.n))
      limit 1`,
  },
  {
    name: 'an attempt in doubt is followed by another only after a person decided so',
    examined: attempts,
    broken: sql`
      select a.message_id as id, 'attempt ' || b.n || ' follows attempt ' || a.n || ' in doubt' as why
      from attempts a join attempts b on b.message_id = a.message_id and b.n = a.n + 1
      where a.outcome = 'unknown' and not exists (
        select 1 from ledger l where l.message_id = a.message_id and l.kind = 'resolved'
          and l.data ->> 'decision' = 'send_again' and l.data ->> 'n' = a.n and l.at <= b.started_at)
      limit 1`,
  },
  {
    name: 'unknown means an attempt in doubt without a decision',
    examined: messages,
    broken: fates(
      sql`(state = 'unknown') <> (last = 'unknown' and l_unknown > as_sent + again)`,
      sql`'state ' || state || ', last attempt ' || last || ', doubts ' || l_unknown || ', decisions ' || (as_sent + again)`,
    ),
  },
  {
    name: 'the ledger holds the fate of every message',
    examined: ledger,
    broken: fates(
      sql`(state = 'rejected') <> (l_rejected = 1) or (state = 'skipped') <> (l_skipped = 1)
        or (state = 'cancelled') <> (l_cancelled = 1) or accepted <> l_accepted`,
      sql`'state ' || state || ', in the ledger: accepted ' || l_accepted || ', rejected ' || l_rejected || ', skipped ' ||
        l_skipped || ', cancelled ' || l_cancelled`,
    ),
  },
  {
    name: 'every line of the ledger is about a message and a campaign that exist, once',
    examined: ledger,
    broken: sql`
      select id, why from (
        select l.event_key as id, 'no such message' as why from ledger l
        where l.message_id is not null and not exists (select 1 from messages m where m.id = l.message_id)
        union all
        select l.event_key, 'message of another campaign' from ledger l join messages m on m.id = l.message_id
        where l.campaign_id is not m.campaign_id or l.contact_id is not m.contact_id
        union all
        select event_key, 'written ' || count(*) || ' times' from ledger group by event_key having count(*) > 1
      ) limit 1`,
  },
  {
    name: 'nothing was attempted to a suppressed address',
    examined: attempts,
    broken: sql`
      select a.message_id as id, s.reason || ' at ' || s.created_at || ', attempt ' || a.n || ' at ' || a.started_at as why
      from suppressions s
      join messages m on m.channel = s.channel and lower(m.address) = s.address_key
      join attempts a on a.message_id = m.id
      where a.started_at > s.created_at limit 1`,
  },
  {
    name: 'a campaign that is over has nothing pending, and was planned to the end if it was completed',
    examined: sql`select count(*) as n from campaigns`,
    broken: sql`
      select c.id, c.status || ', plan ' || c.plan_state as why from campaigns c
      where (c.status = 'completed' and c.plan_state <> 'done')
        or (c.status in ('completed', 'cancelled', 'failed', 'draft', 'in_review', 'approved') and exists
          (select 1 from messages m where m.campaign_id = c.id and m.state in ('waiting', 'ready', 'claimed', 'attempting')))
      limit 1`,
  },
]

/** Evaluates one invariant. */
export async function examine(
  reader: Reader,
  invariant: Invariant,
): Promise<{ readonly rows: number; readonly found: { readonly id: string; readonly why: string } | null }> {
  const examined = await invariant.examined.execute(reader)
  const broken = await invariant.broken.execute(reader)
  return { rows: examined.rows[0]?.n ?? 0, found: broken.rows[0] ?? null }
}

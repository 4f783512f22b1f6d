import { sql } from 'kysely'
import type { Reader } from '../../storage/transaction.ts'
import { countedEvents, HALF_LIFE } from './figures-store.ts'

/** What events of one kind give a contact today. */
export interface EngagementPart {
  readonly what: string
  readonly events: number
  readonly counted: number
  readonly lastAt: number
  readonly points: number
}

/** The SQL that explains scores, and that recomputes them from nothing. */
export const scoreStore = {
  /** The events behind the engagement of one contact, by kind. `weights` are rows of `weightRows` as JSON. */
  async parts(reader: Reader, no: number, weights: string, now: number): Promise<readonly EngagementPart[]> {
    const { rows } = await sql<EngagementPart>`with ${countedEvents(sql`${JSON.stringify([no])}`, weights)}
      select w.what, h.events, coalesce(c.counted, 0) as counted, h.last_at as lastAt, coalesce(c.points, 0.0) as points
      from weights w
      join (select what, count(*) as events, max(at) as last_at from happened group by what) as h on h.what = w.what
      left join (
        select what, count(*) as counted, sum(points * pow(0.5, (${now} - at) / ${HALF_LIFE})) as points
        from counted group by what
      ) as c on c.what = w.what
      order by abs(coalesce(c.points, 0)) desc, w.what`.execute(reader)
    return rows
  },

  async contact(
    reader: Reader,
    id: string,
  ): Promise<{ readonly no: number; readonly level: number; readonly lastAt: number | null } | null> {
    const { rows } = await sql<{ no: number; level: number; lastAt: number | null }>`
      select c.no, coalesce(l.level, 0) as level, e.last_at as lastAt from contacts c
      left join lead_scores l on l.contact_no = c.no left join engagement e on e.contact_no = c.no
      where c.id = ${id}`.execute(reader)
    return rows[0] ?? null
  },

  /** For every derived table: how many of its rows differ from what the rows below it say. */
  async differences(
    reader: Reader,
    weights: string,
  ): Promise<readonly { readonly name: string; readonly different: number }[]> {
    const everybody = sql`(select json_group_array(no) from
      (select distinct contact_no as no from contact_events union select contact_no from orders))`
    const checks = [
      {
        name: 'order totals',
        found: sql<{ n: number }>`with right as (
            select contact_no, currency, count(*) as orders, sum(value_minor) as value_minor, min(at) as first_at, max(at) as last_at
            from orders where status = 'paid' group by contact_no, currency
          ), kept as (select contact_no, currency, orders, value_minor, first_at, last_at from order_totals)
          select (select count(*) from (select contact_no, currency, orders, value_minor, first_at, last_at from right except select contact_no, currency, orders, value_minor, first_at, last_at from kept))
            + (select count(*) from (select contact_no, currency, orders, value_minor, first_at, last_at from kept except select contact_no, currency, orders, value_minor, first_at, last_at from right)) as n`,
      },
      {
        name: 'activity',
        found: sql<{ n: number }>`with right as (
            select contact_no, kind, name, count(*) as events, min(at) as first_at, max(at) as last_at
            from contact_events group by contact_no, kind, name
          ), kept as (select contact_no, kind, name, events, first_at, last_at from contact_activity)
          select (select count(*) from (select contact_no, kind, name, events, first_at, last_at from right except select contact_no, kind, name, events, first_at, last_at from kept))
            + (select count(*) from (select contact_no, kind, name, events, first_at, last_at from kept except select contact_no, kind, name, events, first_at, last_at from right)) as n`,
      },
      {
        name: 'engagement',
        found: sql<{ n: number }>`with ${countedEvents(everybody, weights)},
          newest as (select contact_no, max(at) as at, max(case when by_her then at end) as last_at from counted group by contact_no),
          right as (
            select n.contact_no, n.at, n.last_at, sum(c.points * pow(0.5, (n.at - c.at) / ${HALF_LIFE})) as raw
            from newest n join counted c on c.contact_no = n.contact_no group by n.contact_no
          )
          select (select count(*) from right r left join engagement e on e.contact_no = r.contact_no
              where e.contact_no is null or e.raw_at <> r.at or e.last_at is not r.last_at or abs(e.raw - r.raw) > 1e-9 * (1 + abs(r.raw))
                or (e.heat is null) <> (e.raw <= 0))
            + (select count(*) from engagement where contact_no not in (select contact_no from right)) as n`,
      },
      {
        name: 'last activity',
        found: sql<{ n: number }>`select count(*) as n from contacts c left join engagement e on e.contact_no = c.no
          where c.last_activity_at is not e.last_at`,
      },
      {
        name: 'events of the ledger',
        found: sql<{ n: number }>`select count(*) as n from ledger l
          left join contacts c on c.id = l.contact_id left join contact_aliases a on a.old_id = l.contact_id
          where l.kind in ('accepted', 'delivered', 'opened', 'clicked', 'replied', 'bounced', 'unsubscribed', 'complained')
            and l.seq <= coalesce((select position from event_cursors where name = 'ledger'), 0)
            and coalesce(c.no, a.contact_no) is not null
            and not exists (select 1 from contact_events e where e.event_key = 'ledger:' || l.seq
              and e.contact_no = coalesce(c.no, a.contact_no) and e.at = l.at)`,
      },
    ]
    const results: { name: string; different: number }[] = []
    for (const { name, found } of checks) {
      const { rows } = await found.execute(reader)
      results.push({ name, different: rows[0]?.n ?? 0 })
    }
    return results
  },
}

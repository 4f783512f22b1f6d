import { type RawBuilder, sql } from 'kysely'
import type { EngagementWeights } from '../../../shared/contract/scores.ts'
import { HALF_LIFE_MS } from '../../../shared/domain/engagement-score.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { weightRows } from './engagement-weights.ts'

/** The half-life of engagement in SQL; a real number, or SQLite would divide whole numbers. */
export const HALF_LIFE = sql`(${sql.lit(HALF_LIFE_MS)} * 1.0)`

/**
 * The SQL of derived figures. Whoever changes orders or events of a contact marks her as stale in the same transaction;
 * her figures are then computed again from the rows, never added up, so that they cannot drift.
 */
export const figuresStore = {
  /** Marks contacts by number, a JSON array: their figures are computed again soon. */
  async mark(tx: Tx, nos: string): Promise<void> {
    await sql`insert or ignore into stale_figures (contact_no) select value from json_each(${nos})`.execute(tx)
  },

  /** Marks contacts by id. */
  async markIds(tx: Tx, ids: readonly string[]): Promise<void> {
    await sql`insert or ignore into stale_figures (contact_no)
      select no from contacts where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(tx)
  },

  /** Takes the next stale contacts off the list, in the order of their numbers. */
  async take(tx: Tx, limit: number): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`delete from stale_figures where contact_no in
      (select contact_no from stale_figures order by contact_no limit ${limit}) returning contact_no as no`.execute(tx)
    return rows.map(row => row.no)
  },

  async waiting(reader: Reader): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from stale_figures`.execute(reader)
    return rows[0]?.n ?? 0
  },

  async isAnyStale(reader: Reader): Promise<boolean> {
    const { rows } = await sql`select 1 from stale_figures limit 1`.execute(reader)
    return rows.length > 0
  },

  /** Sums over paid orders, per currency. */
  async totals(tx: Tx, nos: string): Promise<void> {
    await sql`delete from order_totals where contact_no in (select value from json_each(${nos}))`.execute(tx)
    await sql`insert into order_totals (contact_no, currency, orders, value_minor, first_at, last_at)
      select o.contact_no, o.currency, count(*), sum(o.value_minor), min(o.at), max(o.at)
      from json_each(${nos}) as chunk join orders o on o.contact_no = chunk.value
      where o.status = 'paid' group by o.contact_no, o.currency`.execute(tx)
  },

  /** Engagement as of the newest event that counts, and from it when the contact last did something herself. */
  async engagement(tx: Tx, nos: string, weights: EngagementWeights): Promise<void> {
    const rows = JSON.stringify(weightRows(weights))
    await sql`delete from engagement where contact_no in (select value from json_each(${nos}))`.execute(tx)
    await sql`insert into engagement (contact_no, raw, raw_at, heat, last_at)
      with ${countedEvents(sql`${nos}`, rows)},
      newest as (select contact_no, max(at) as at, max(case when by_her then at end) as last_at from counted group by contact_no),
      summed as (
        select n.contact_no, n.at, n.last_at,
          sum(c.points * pow(0.5, (n.at - c.at) / ${HALF_LIFE})) as raw
        from newest n join counted c on c.contact_no = n.contact_no group by n.contact_no
      )
      select contact_no, raw, at, case when raw > 0 then log2(raw) + at / ${HALF_LIFE} end, last_at
      from summed`.execute(tx)
    await sql`update contacts set last_activity_at = e.last_at
      from json_each(${nos}) as chunk left join engagement e on e.contact_no = chunk.value
      where contacts.no = chunk.value and contacts.last_activity_at is not e.last_at`.execute(tx)
  },
}

/** `counted`: the events and paid orders of a chunk of contacts that count, each with its points. `most` of a kind count a day (UTC). */
export function countedEvents(nos: RawBuilder<unknown>, weights: string): RawBuilder<unknown> {
  return sql`weights as materialized (
      select value ->> 0 as what, value ->> 1 as points, value ->> 2 as most, value ->> 3 as by_her from json_each(${weights})
    ),
    happened as (
      select e.contact_no, e.at,
        case when e.kind = 'replied' and e.properties ->> '$.channel' = 'sms' then 'repliedSms' else e.kind end as what,
        case when e.kind = 'opened' then row_number() over
          (partition by e.contact_no, e.kind, e.at / 86400000 order by e.at, e.no) else 1 end as nth
      from json_each(${nos}) as chunk join contact_events e on e.contact_no = chunk.value
      where e.kind not in ('sent', 'delivered', 'score_crossed')
      union all
      select o.contact_no, o.at, 'purchased', 1
      from json_each(${nos}) as chunk join orders o on o.contact_no = chunk.value where o.status = 'paid'
    ),
    counted as materialized (
      select h.contact_no, h.at, h.what, w.points, w.by_her from happened h join weights w on w.what = h.what
      where w.most is null or h.nth <= w.most
    )`
}

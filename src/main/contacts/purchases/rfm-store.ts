import { type RawBuilder, sql } from 'kysely'
import { type Rfm, RfmGroup } from '../../../shared/contract/purchases.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { fifthsOf, type RfmSteps, type Steps } from './rfm.ts'

const MEASURES = { recency: sql`-recency_days`, frequency: sql`orders`, monetary: sql`value_minor` } as const
const ORDERS = { recency: sql`recency_days desc`, frequency: sql`orders`, monetary: sql`value_minor` } as const

/** The SQL of recency, frequency and monetary value: sums over pages of contacts, steps over everybody, scores over pages. */
export const rfmStore = {
  /** The number at which the page of `size` customers after `after` ends; null when there is none. */
  async pageEnd(reader: Reader, after: number, size: number): Promise<number | null> {
    const { rows } = await sql<{ no: number | null }>`select max(contact_no) as no from
      (select distinct contact_no from orders where contact_no > ${after} order by contact_no limit ${size})`.execute(
      reader,
    )
    return rows[0]?.no ?? null
  },

  /** Sums the paid orders since `since` of the contacts with these numbers; their scores stay until they are given anew. */
  async sum(
    tx: Tx,
    page: { readonly after: number; readonly upTo: number; readonly since: number; readonly now: number },
  ): Promise<void> {
    // A bound number is real: it is made whole, or the days would not be.
    await sql`insert into rfm (contact_no, currency, recency_days, orders, value_minor, recency, frequency, monetary, rfm_group, computed_at)
      select o.contact_no, o.currency, cast(max(0, ${page.now} - max(o.at)) as integer) / 86400000, count(*), sum(o.value_minor), 1, 1, 1, 'others', ${page.now}
      from orders o join contacts c on c.no = o.contact_no
      where o.contact_no > ${page.after} and o.contact_no <= ${page.upTo} and o.status = 'paid' and o.at > ${page.since}
      group by o.contact_no, o.currency having true
      on conflict (contact_no, currency) do update set recency_days = excluded.recency_days, orders = excluded.orders,
        value_minor = excluded.value_minor, computed_at = excluded.computed_at`.execute(tx)
  },

  /** Forgets at most `limit` customers without orders in the window; returns how many. */
  async forget(tx: Tx, now: number, limit: number): Promise<number> {
    const result = await sql`delete from rfm where (contact_no, currency) in
      (select contact_no, currency from rfm where computed_at <> ${now} limit ${limit})`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  async currencies(reader: Reader): Promise<readonly { readonly currency: string; readonly customers: number }[]> {
    const { rows } = await sql<{ currency: string; customers: number }>`
      select currency, count(*) as customers from rfm group by currency`.execute(reader)
    return rows
  },

  /**
   * The steps between the fifths of a currency's customers. Where equal values lie on both sides of a border the step is the
   * next higher value, so that ties share the lower fifth.
   */
  async steps(reader: Reader, currency: string, customers: number): Promise<RfmSteps> {
    return {
      recency: await stepsOf(reader, 'recency', currency, customers),
      frequency: await stepsOf(reader, 'frequency', currency, customers),
      monetary: await stepsOf(reader, 'monetary', currency, customers),
    }
  },

  /** Gives scores and groups to the contacts of a page. */
  async score(
    tx: Tx,
    page: { readonly after: number; readonly upTo: number; readonly currency: string },
    steps: RfmSteps,
  ): Promise<void> {
    await sql`with scored as (
        select contact_no, currency, ${scoreOf('recency', steps.recency)} as r, ${scoreOf('frequency', steps.frequency)} as f,
          ${scoreOf('monetary', steps.monetary)} as m
        from rfm where contact_no > ${page.after} and contact_no <= ${page.upTo} and currency = ${page.currency}
      ),
      named as (select contact_no, currency, r, f, m, ${GROUP} as named from scored)
      update rfm set recency = n.r, frequency = n.f, monetary = n.m, rfm_group = n.named from named n
      where rfm.contact_no = n.contact_no and rfm.currency = n.currency
        and (rfm.recency, rfm.frequency, rfm.monetary, rfm.rfm_group) is not (n.r, n.f, n.m, n.named)`.execute(tx)
  },

  async ofContact(reader: Reader, contactNo: number): Promise<readonly Rfm[]> {
    const rows = await reader
      .selectFrom('rfm')
      .select(['currency', 'recency_days as recencyDays', 'orders', 'value_minor as valueMinor'])
      .select(['recency', 'frequency', 'monetary', 'rfm_group'])
      .where('contact_no', '=', contactNo)
      .orderBy('value_minor', 'desc')
      .execute()
    return rows.map(({ rfm_group, ...row }) => ({ ...row, group: RfmGroup.parse(rfm_group) }))
  },

  async groups(
    reader: Reader,
  ): Promise<readonly { readonly currency: string; readonly group: RfmGroup; readonly customers: number }[]> {
    const { rows } = await sql<{ currency: string; named: string; customers: number }>`
      select currency, rfm_group as named, count(*) as customers from rfm group by rfm_group, currency order by currency, customers desc`.execute(
      reader,
    )
    return rows.map(({ named, ...row }) => ({ ...row, group: RfmGroup.parse(named) }))
  },

  async hasOrders(reader: Reader): Promise<boolean> {
    const { rows } = await sql`select 1 from orders limit 1`.execute(reader)
    return rows.length > 0
  },
}

// The same decisions in the same order as `rfmGroup`; a test holds the two together.
const GROUP = sql`case when r >= 4 and f >= 4 and m >= 4 then 'champions' when f >= 4 then 'loyal' when r = 5 and f = 1 then 'new'
  when r <= 2 and f >= 3 then 'at_risk' when r <= 2 then 'hibernating' when m = 5 then 'big_spenders' else 'others' end`

function scoreOf(measure: keyof typeof MEASURES, steps: Steps): RawBuilder<number> {
  const reached = steps.map(step => (step === null ? sql`0` : sql`(${MEASURES[measure]} >= ${step})`))
  return sql`1 + ${sql.join(reached, sql` + `)}`
}

async function stepsOf(
  reader: Reader,
  measure: keyof typeof MEASURES,
  currency: string,
  customers: number,
): Promise<Steps> {
  const [second, third, fourth, fifth] = fifthsOf(customers)
  return [
    await stepAt(reader, measure, currency, second),
    await stepAt(reader, measure, currency, third),
    await stepAt(reader, measure, currency, fourth),
    await stepAt(reader, measure, currency, fifth),
  ]
}

async function stepAt(
  reader: Reader,
  measure: keyof typeof MEASURES,
  currency: string,
  place: number,
): Promise<number | null> {
  const value = MEASURES[measure]
  const { rows } = await sql<{ value: number }>`select ${value} as value from rfm where currency = ${currency}
    order by ${ORDERS[measure]} limit 2 offset ${place - 1}`.execute(reader)
  const [below, first] = rows
  if (!below || !first) return null
  if (first.value > below.value) return first.value
  const { rows: higher } = await sql<{ value: number | null }>`select min(${value}) as value from rfm
    where currency = ${currency} and ${value} > ${first.value}`.execute(reader)
  return higher[0]?.value ?? null
}

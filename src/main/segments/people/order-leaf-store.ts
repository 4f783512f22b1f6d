import { sql } from 'kysely'
import type { Leaf } from '../rule/ask.ts'
import { isAtLeastOne } from '../rule/range.ts'
import { type Ground, inRange, type LeafForm, type OneRow, plainSet, rowSet } from './form-store.ts'
import { folded, type Sql, spellingsOf } from './text-store.ts'

type OrdersLeaf = Extract<Leaf, { kind: 'orders' }>

/** Questions about paid orders: answered from the totals where those know it, from the orders otherwise. */
export function ordersForm(leaf: OrdersLeaf, ground: Ground): LeafForm {
  if (leaf.of !== null) return itemsForm(leaf)
  if (leaf.from === null && leaf.to === null) return totalsForm(leaf, ground)
  if (leaf.to === null && isOnce(leaf)) return lastOrderForm(leaf, ground)
  return windowForm(leaf)
}

/** Whether any order at all is enough. */
function isOnce({ measure, range }: OrdersLeaf): boolean {
  return measure === 'count' && isAtLeastOne(range)
}

function currencyIs(column: Sql, currency: string | null): Sql {
  return currency === null ? sql`` : sql`and ${column} = ${currency}`
}

/** The one currency that a question is about: the one it names, or the only one there is. */
function onlyCurrency(currency: string | null, ground: Ground): string | null {
  return currency ?? (ground.currencies.length === 1 ? (ground.currencies[0] ?? null) : null)
}

function average(sum: Sql, orders: Sql): Sql {
  return sql`round(${sum} * 1.0 / ${orders})`
}

function totalsRow(currency: string, test: Sql): OneRow {
  const select = sql`select contact_no as no from order_totals where currency = ${currency}`
  // The plus keeps every index out: all of them begin with the currency.
  const walk = sql`select contact_no as no from order_totals where +currency = ${currency}`
  return { table: `order_totals ${currency}`, select, walk, test }
}

function totalsForm(leaf: OrdersLeaf, ground: Ground): LeafForm {
  const currency = onlyCurrency(leaf.currency, ground)
  const one = (alias: Sql): Sql => {
    switch (leaf.measure) {
      case 'count':
        return sql`${alias}orders`
      case 'spend':
        return sql`${alias}value_minor`
      case 'average':
        return average(sql`${alias}value_minor`, sql`${alias}orders`)
    }
  }
  if (currency !== null) {
    return {
      column: null,
      set: rowSet(totalsRow(currency, inRange(one(sql``), leaf.range))),
      probe: no => sql`exists (select 1 from order_totals x where x.contact_no = ${no} and x.currency = ${currency}
        and ${inRange(one(sql`x.`), leaf.range)})`,
      probeCost: 0.8,
    }
  }
  if (isOnce(leaf)) {
    return {
      column: null,
      set: plainSet(sql`select contact_no as no from order_totals`, { isDistinct: false }),
      probe: no => sql`exists (select 1 from order_totals x where x.contact_no = ${no})`,
      probeCost: 0.8,
    }
  }
  return {
    column: null,
    set: plainSet(
      sql`select contact_no as no from order_totals group by contact_no having ${inRange(sql`sum(orders)`, leaf.range)}`,
      { rows: sql`select 1 from order_totals` },
    ),
    probe: no =>
      sql`coalesce((select ${inRange(sql`sum(x.orders)`, leaf.range)} from order_totals x where x.contact_no = ${no}
        having count(*) > 0), 0)`,
    probeCost: 1,
  }
}

function lastOrderForm({ currency, from }: OrdersLeaf, ground: Ground): LeafForm {
  const currencies = currency === null ? ground.currencies : [currency]
  // Without an order there is no currency either; an empty list would be no SQL.
  const named = sql`currency in (${sql.join(currencies.length === 0 ? [''] : currencies)})`
  const only = onlyCurrency(currency, ground)
  return {
    column: null,
    set:
      only === null
        ? plainSet(sql`select contact_no as no from order_totals where ${named} and last_at >= ${from}`, {
            isDistinct: currencies.length <= 1,
          })
        : rowSet(totalsRow(only, sql`last_at >= ${from}`)),
    probe: no => sql`exists (select 1 from order_totals x where x.contact_no = ${no} and x.last_at >= ${from}
      ${currencyIs(sql`x.currency`, currency)})`,
    probeCost: 0.8,
  }
}

function during(column: Sql, from: number | null, to: number | null): Sql {
  return sql`${from === null ? sql`` : sql`and ${column} >= ${from}`} ${to === null ? sql`` : sql`and ${column} < ${to}`}`
}

function measured(measure: OrdersLeaf['measure'], value: Sql, orders: Sql): Sql {
  switch (measure) {
    case 'count':
      return orders
    case 'spend':
      return sql`sum(${value})`
    case 'average':
      return average(sql`sum(${value})`, orders)
  }
}

function windowForm(leaf: OrdersLeaf): LeafForm {
  const where = sql`status = 'paid' ${during(sql`at`, leaf.from, leaf.to)} ${currencyIs(sql`currency`, leaf.currency)}`
  const rows = sql`select contact_no as no from orders where ${where}`
  const grouped = inRange(measured(leaf.measure, sql`value_minor`, sql`count(*)`), leaf.range)
  return {
    column: null,
    set: plainSet(isOnce(leaf) ? rows : sql`${rows} group by contact_no having ${grouped}`, {
      rows,
      isDistinct: !isOnce(leaf),
      readCost: 0.5,
    }),
    probe: no =>
      isOnce(leaf)
        ? sql`exists (select 1 from orders where contact_no = ${no} and ${where})`
        : sql`coalesce((select ${grouped} from orders where contact_no = ${no} and ${where} having count(*) > 0), 0)`,
    probeCost: 2.5,
  }
}

/** Items are looked up by what they are: skus exactly, words without regard to case. */
function itemIs({ by, values }: NonNullable<OrdersLeaf['of']>): Sql {
  if (by === 'sku') return sql`i.sku in (${sql.join(values)}) and i.sku <> ''`
  const column = sql.ref(`i.${by}`)
  const tests = values.map(value => {
    const spelled = spellingsOf(value)
    return spelled === null
      ? sql`${folded(sql`lower(${column})`, value)} = ${value}`
      : sql`${column} collate nocase in (${sql.join(spelled)})`
  })
  return sql`(${sql.join(tests, sql` or `)}) and ${column} <> ''`
}

function itemsForm(leaf: OrdersLeaf): LeafForm {
  const { of, measure, range, currency } = leaf
  if (of === null) throw new Error('a question about items names none')
  const bought = sql`o.status = 'paid' ${during(sql`o.at`, leaf.from, leaf.to)} ${currencyIs(sql`o.currency`, currency)}`
  const rows = sql`select o.contact_no as no from order_items i cross join orders o on o.no = i.order_no
    where ${itemIs(of)} and ${bought}`
  const grouped = inRange(measured(measure, sql`i.value_minor`, sql`count(distinct o.no)`), range)
  const own = (no: Sql): Sql => sql`from orders o cross join order_items i on i.order_no = o.no
    where o.contact_no = ${no} and ${bought} and ${itemIs(of)}`
  return {
    column: null,
    set: plainSet(isOnce(leaf) ? rows : sql`${rows} group by o.contact_no having ${grouped}`, {
      rows,
      isDistinct: !isOnce(leaf),
      readCost: 2,
    }),
    probe: no =>
      isOnce(leaf)
        ? sql`exists (select 1 ${own(no)})`
        : sql`coalesce((select ${grouped} ${own(no)} having count(*) > 0), 0)`,
    probeCost: 6,
  }
}

/** Questions about the first or last paid order, in any currency. */
export function orderDateForm(leaf: Extract<Leaf, { kind: 'order_date' }>, ground: Ground): LeafForm {
  const column = sql.ref(leaf.which === 'first' ? 'first_at' : 'last_at')
  const test = (value: Sql): Sql => sql`${value} is not null ${during(value, leaf.from, leaf.to)}`
  const currency = onlyCurrency(null, ground)
  if (currency !== null) {
    return {
      column: null,
      set: rowSet(totalsRow(currency, sql`(${test(column)})`)),
      probe: no => sql`exists (select 1 from order_totals where contact_no = ${no} and ${test(column)})`,
      probeCost: 0.8,
    }
  }
  const grouped = test(leaf.which === 'first' ? sql`min(first_at)` : sql`max(last_at)`)
  return {
    column: null,
    set: plainSet(sql`select contact_no as no from order_totals group by contact_no having ${grouped}`, {
      rows: sql`select 1 from order_totals`,
    }),
    probe: no => sql`coalesce((select ${grouped} from order_totals where contact_no = ${no} having count(*) > 0), 0)`,
    probeCost: 1,
  }
}

import { sql } from 'kysely'
import type { OrderItem, OrderStatus, PurchaseTotals } from '../../../shared/contract/purchases.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** An order as it is stored, without its items. */
export interface StoredOrder {
  readonly no: number
  readonly id: string
  readonly source: string
  readonly externalId: string
  readonly contactNo: number
  readonly at: number
  readonly currency: string
  readonly valueMinor: number
  readonly status: OrderStatus
}

const COLUMNS = [
  'no',
  'id',
  'source',
  'external_id as externalId',
  'contact_no as contactNo',
  'at',
  'currency',
  'value_minor as valueMinor',
  'status',
] as const

/** The SQL of single orders. Imports have their own, set by set. */
export const orderStore = {
  async find(reader: Reader, source: string, externalId: string): Promise<StoredOrder | null> {
    const row = await reader
      .selectFrom('orders')
      .select(COLUMNS)
      .where('source', '=', source)
      .where('external_id', '=', externalId)
      .executeTakeFirst()
    return row ?? null
  },

  async findById(reader: Reader, id: string): Promise<StoredOrder | null> {
    return (await reader.selectFrom('orders').select(COLUMNS).where('id', '=', id).executeTakeFirst()) ?? null
  },

  async insert(tx: Tx, order: Omit<StoredOrder, 'no'>): Promise<number> {
    const row = await tx
      .insertInto('orders')
      .values({
        id: order.id,
        source: order.source,
        external_id: order.externalId,
        contact_no: order.contactNo,
        at: order.at,
        currency: order.currency,
        value_minor: order.valueMinor,
        status: order.status,
        change_no: null,
      })
      .returning('no')
      .executeTakeFirstOrThrow()
    return row.no
  },

  async update(tx: Tx, no: number, order: Omit<StoredOrder, 'no' | 'id'>): Promise<void> {
    await tx
      .updateTable('orders')
      .set({
        contact_no: order.contactNo,
        at: order.at,
        currency: order.currency,
        value_minor: order.valueMinor,
        status: order.status,
        change_no: null,
      })
      .where('no', '=', no)
      .execute()
  },

  async remove(tx: Tx, no: number): Promise<void> {
    await tx.deleteFrom('orders').where('no', '=', no).execute()
  },

  async setItems(tx: Tx, orderNo: number, items: readonly OrderItem[]): Promise<void> {
    await tx.deleteFrom('order_items').where('order_no', '=', orderNo).execute()
    const rows = items.map(({ sku, name, category, quantity, valueMinor }, position) => [
      position,
      sku,
      name,
      category,
      quantity,
      valueMinor,
    ])
    await sql`insert into order_items (order_no, position, sku, name, category, quantity, value_minor)
      select ${orderNo}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
      from json_each(${JSON.stringify(rows)})`.execute(tx)
  },

  async items(reader: Reader, orderNos: readonly number[]): Promise<ReadonlyMap<number, readonly OrderItem[]>> {
    const { rows } = await sql<OrderItem & { orderNo: number }>`
      select i.order_no as orderNo, i.sku, i.name, i.category, i.quantity, i.value_minor as valueMinor
      from json_each(${JSON.stringify(orderNos)}) as asked join order_items i on i.order_no = asked.value
      order by i.order_no, i.position`.execute(reader)
    const found = new Map<number, OrderItem[]>()
    for (const { orderNo, ...item } of rows) {
      const items = found.get(orderNo)
      if (items) items.push(item)
      else found.set(orderNo, [item])
    }
    return found
  },

  /** Orders of a contact, newest first. */
  async page(
    reader: Reader,
    contactNo: number,
    before: { readonly at: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly StoredOrder[]> {
    let query = reader
      .selectFrom('orders')
      .select(COLUMNS)
      .where('contact_no', '=', contactNo)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
    if (before) {
      query = query.where(eb =>
        eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('id', '<', before.id)])]),
      )
    }
    return query.execute()
  },

  async totals(reader: Reader, contactNo: number): Promise<readonly PurchaseTotals[]> {
    const { rows } = await sql<PurchaseTotals>`select currency, orders, value_minor as valueMinor,
        (2 * value_minor + orders) / (2 * orders) as averageMinor, first_at as firstAt, last_at as lastAt
      from order_totals where contact_no = ${contactNo} order by value_minor desc, currency`.execute(reader)
    return rows
  },

  /** What a contact bought most often, by `name` of the product or by its category. */
  async favourites(
    reader: Reader,
    contactNo: number,
    by: 'product' | 'category',
  ): Promise<readonly { readonly name: string; readonly quantity: number; readonly orders: number }[]> {
    const what = by === 'category' ? sql`i.category` : sql`iif(i.name = '', i.sku, i.name)`
    const { rows } = await sql<{ name: string; quantity: number; orders: number }>`
      select ${what} as name, sum(i.quantity) as quantity, count(distinct o.no) as orders
      from orders o join order_items i on i.order_no = o.no
      where o.contact_no = ${contactNo} and o.status = 'paid' and ${what} <> ''
      group by 1 order by quantity desc, name limit 5`.execute(reader)
    return rows
  },
}

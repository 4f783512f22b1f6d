import { sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'

const ORDERS_A_STEP = 500

/** The SQL that takes back what a change did to orders. */
export const orderUndoStore = {
  /**
   * Takes back some orders of a change and returns how many; 0 when none is left. What the change added goes, what it changed
   * is as before, unless another change came after it: that one stays.
   */
  async step(tx: Tx, changeNo: number): Promise<number> {
    const { rows } = await sql<{ no: number }>`select order_no as no from change_orders where change_no = ${changeNo}
      order by order_no limit ${ORDERS_A_STEP}`.execute(tx)
    if (rows.length === 0) {
      await tx.updateTable('order_imports').set({ state: 'undone' }).where('change_no', '=', changeNo).execute()
      return 0
    }
    const nos = JSON.stringify(rows.map(({ no }) => no))
    const ours = sql`select o.no from json_each(${nos}) as step join orders o on o.no = step.value and o.change_no = ${changeNo}`
    const kept = sql`change_orders k where k.change_no = ${changeNo} and k.order_no in (${ours})`
    await sql`insert or ignore into stale_figures select contact_no from orders where no in (${ours})
      union select k.before ->> '$.contactNo' from ${kept} and k.before is not null`.execute(tx)
    await sql`delete from order_items where order_no in (select k.order_no from ${kept})`.execute(tx)
    await sql`insert into order_items (order_no, position, sku, name, category, quantity, value_minor)
      select k.order_no, item.key, item.value ->> 0, item.value ->> 1, item.value ->> 2, item.value ->> 3, item.value ->> 4
      from (select k.order_no, k.before from ${kept} and k.before is not null) as k, json_each(k.before, '$.items') as item`.execute(
      tx,
    )
    await sql`delete from orders where no in (select k.order_no from ${kept} and k.before is null)`.execute(tx)
    await sql`update orders set contact_no = k.before ->> '$.contactNo', at = k.before ->> '$.at',
        currency = k.before ->> '$.currency', value_minor = k.before ->> '$.valueMinor', status = k.before ->> '$.status',
        change_no = k.before ->> '$.changeNo'
      from (select k.order_no, k.before from ${kept} and k.before is not null) as k where orders.no = k.order_no`.execute(
      tx,
    )
    await sql`delete from change_orders where change_no = ${changeNo} and order_no in (select value from json_each(${nos}))`.execute(
      tx,
    )
    return rows.length
  },

  async idsOf(tx: Tx, nos: readonly number[]): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`select id from contacts
      where no in (select value from json_each(${JSON.stringify(nos)}))`.execute(tx)
    return rows.map(({ id }) => id)
  },
}

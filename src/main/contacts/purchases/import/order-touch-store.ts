import { sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'

/** The SQL that tells whose figures an import of orders left behind. */
export const orderTouchStore = {
  /**
   * Marks the contacts whose orders a change added or changed as stale, `limit` orders after the order with the number
   * `after`; returns the number of the last one, null when none is left. Marking twice does no harm.
   */
  async mark(tx: Tx, changeNo: number, after: number, limit: number): Promise<number | null> {
    const { rows } = await sql<{
      last: number | null
    }>`select max(order_no) as last from (select order_no from change_orders
      where change_no = ${changeNo} and order_no > ${after} order by order_no limit ${limit})`.execute(tx)
    const last = rows[0]?.last ?? null
    if (last === null) return null
    const page = sql`k.change_no = ${changeNo} and k.order_no > ${after} and k.order_no <= ${last}`
    await sql`insert or ignore into stale_figures select o.contact_no from change_orders k
        cross join orders o on o.no = k.order_no where ${page}
      union select k.before ->> '$.contactNo' from change_orders k where ${page} and k.before is not null`.execute(tx)
    return last
  },
}

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import type { OrderCounts } from './order-import-store.ts'
import type { MergeStep } from './order-merge-step.ts'

/** The items that are stored for the order `o`, as JSON. */
const ITEMS_OF_ORDER = sql`coalesce((select json_group_array(json_array(sku, name, category, quantity, value_minor) order by position)
  from order_items where order_no = o.no), '[]')`

/**
 * Changes the orders of the step that are known and differ; how they were is kept for an undo. `newItems` are the items that
 * the file has for the order `s`, as JSON; they are stored by the caller.
 */
export async function changeKnown(
  tx: Tx,
  step: Pick<MergeStep, 'changeNo' | 'hasItems'>,
  newItems: RawBuilder<string>,
): Promise<Pick<OrderCounts, 'updated' | 'unchanged'>> {
  const isSame = sql`o.contact_no = s.contact_no and o.at = s.at and o.currency = s.currency and o.value_minor = s.value_minor
    and o.status = s.status`
  const sameItems = step.hasItems ? sql`${ITEMS_OF_ORDER} = ${newItems}` : sql`true`
  await sql`update temp.order_step as s set outcome = case when ${isSame} and ${sameItems} then 'unchanged' else 'updated' end
    from orders o where o.no = s.order_no and s.reason is null`.execute(tx)
  const { rows } = await sql<Pick<OrderCounts, 'updated' | 'unchanged'>>`select
      coalesce(sum(outcome = 'updated'), 0) as updated, coalesce(sum(outcome = 'unchanged'), 0) as unchanged
    from temp.order_step`.execute(tx)
  const counts = rows[0] ?? { updated: 0, unchanged: 0 }
  if (counts.updated === 0) return counts
  await sql`insert into change_orders (change_no, order_no, before)
    select ${step.changeNo}, o.no, json_object('contactNo', o.contact_no, 'at', o.at, 'currency', o.currency,
      'valueMinor', o.value_minor, 'status', o.status, 'changeNo', o.change_no, 'items', json(${ITEMS_OF_ORDER}))
    from temp.order_step s cross join orders o on o.no = s.order_no where s.outcome = 'updated' on conflict do nothing`.execute(
    tx,
  )
  await sql`update orders set contact_no = s.contact_no, at = s.at, currency = s.currency, value_minor = s.value_minor,
      status = s.status, change_no = ${step.changeNo}
    from temp.order_step s where orders.no = s.order_no and s.outcome = 'updated'
      and orders.no in (select order_no from temp.order_step where outcome = 'updated')`.execute(tx)
  if (step.hasItems) {
    await sql`delete from order_items where order_no in (select order_no from temp.order_step where outcome = 'updated')`.execute(
      tx,
    )
  }
  return counts
}

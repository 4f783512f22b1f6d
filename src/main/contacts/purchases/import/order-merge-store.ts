import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import type { OrderCounts } from './order-import-store.ts'

/** Some orders of an import, in the order of their numbers. */
export interface MergeStep {
  readonly importNo: number
  readonly changeNo: number
  /** Orders up to this number are merged. */
  readonly after: string
  readonly mostOrders: number
  readonly source: string
  /** What ids in the shop are called among the external ids of contacts. */
  readonly customerSource: string
  readonly makesCustomers: boolean
  /** The file has columns of items; otherwise the items of known orders stay. */
  readonly hasItems: boolean
  readonly fileName: string
  readonly now: number
  readonly newId: () => string
}

/** What a step did, and up to which order it came. */
export interface MergeResult extends OrderCounts {
  readonly lastOrder: string
}

/**
 * The merge of staged rows into orders. Everything of a step is in `temp.order_step`, one row an order; the staged rows of
 * its orders are removed in the same transaction, so that a killed import takes none twice.
 */
export const orderMergeStore = {
  /** Makes the place where steps work. Once before the first of them; it stays for the next import. */
  async prepare(tx: Tx): Promise<void> {
    await sql`create temp table if not exists order_step (
      order_id text primary key, email text, email_key text, phone text, customer_id text, first_name text, last_name text,
      at integer, currency text, value_minor integer, status text, items integer, reason text, field text,
      contact_no integer, order_no integer, outcome text, before text) strict`.execute(tx)
    await sql`create index if not exists temp.order_step_email on order_step (email_key)`.execute(tx)
    await sql`create index if not exists temp.order_step_phone on order_step (phone)`.execute(tx)
  },

  /** Merges the next orders; null when there are none. */
  async step(tx: Tx, step: MergeStep): Promise<MergeResult | null> {
    const lastOrder = await lastOf(tx, step)
    if (lastOrder === null) return null
    await gather(tx, step, lastOrder)
    await findContacts(tx, step)
    const customersMade = step.makesCustomers ? await makeContacts(tx, step) : 0
    await judge(tx)
    const counts = await keepOrders(tx, step)
    const rows = await settle(tx, step, lastOrder)
    return { ...counts, ...rows, customersMade, lastOrder }
  },
}

async function lastOf(tx: Tx, { importNo, after, mostOrders }: MergeStep): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`select max(order_id) as last from (select distinct order_id
    from order_rows where import_no = ${importNo} and order_id > ${after} order by order_id limit ${mostOrders})`.execute(
    tx,
  )
  return rows[0]?.last ?? null
}

async function gather(tx: Tx, { importNo, after }: MergeStep, lastOrder: string): Promise<void> {
  await sql`delete from temp.order_step`.execute(tx)
  await sql`insert into temp.order_step (order_id, email, email_key, phone, customer_id, first_name, last_name, at, currency,
      value_minor, status, items, reason)
    select order_id, max(email), max(email_key), max(phone), max(customer_id), max(first_name), max(last_name), min(at),
      max(currency), coalesce(max(value_minor), sum(item_minor)), coalesce(max(status), 'paid'), count(*),
      case when max(fault) = 1 then 'Another row of this order was rejected; all of them are needed to know what it is worth.'
        when max(email_key) <> min(email_key) then 'The rows of this order name different customers.'
        when max(currency) <> min(currency) then 'The rows of this order have different currencies.'
        when max(value_minor) <> min(value_minor) then 'The rows of this order have different values. If the column holds the value of each item, choose that for it.'
        when max(status) <> min(status) then 'The rows of this order have different states.'
        when min(at) is null then 'The order has no date.'
        when coalesce(max(value_minor), sum(item_minor)) is null then 'The order has no value.'
        when coalesce(max(value_minor), sum(item_minor)) < 0 then 'The items of this order are worth less than nothing.'
      end
    from order_rows where import_no = ${importNo} and order_id > ${after} and order_id <= ${lastOrder} group by order_id`.execute(
    tx,
  )
}

/** A customer is known by her e-mail address, then by her phone number, then by her id in the shop. */
async function findContacts(tx: Tx, { customerSource }: MergeStep): Promise<void> {
  await sql`update temp.order_step set contact_no = coalesce(
      (select no from contacts where contacts.email_key = order_step.email_key order by twin limit 1),
      (select min(no) from contacts where contacts.phone = order_step.phone),
      (select contact_no from contact_external_ids where source = ${customerSource} and external_id = order_step.customer_id))
    where contact_no is null and reason is null`.execute(tx)
}

async function makeContacts(tx: Tx, step: MergeStep): Promise<number> {
  // Those with an address first: a customer who gives only her phone number in a later order may be one of them.
  const byEmail = await makeFrom(tx, step, 'email_key')
  if (byEmail > 0) await findContacts(tx, step)
  const byPhone = await makeFrom(tx, step, 'phone')
  if (byPhone > 0) await findContacts(tx, step)
  return byEmail + byPhone
}

async function makeFrom(tx: Tx, step: MergeStep, column: 'email_key' | 'phone'): Promise<number> {
  const key = sql.ref(`s.${column}`)
  const { rows: wanted } = await sql<{ key: string }>`select distinct ${key} as key from temp.order_step s
    where s.contact_no is null and s.reason is null and ${key} is not null order by 1`.execute(tx)
  if (wanted.length === 0) return 0
  const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) as no from contacts`.execute(tx)
  const before = rows[0]?.no ?? 0
  const ids = JSON.stringify(wanted.map(({ key: value }) => [step.newId(), value]))
  await sql`insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, phone, street, city,
      region, postal_code, country, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at)
    select asked.value ->> 0, 1, max(s.first_name), max(s.last_name), '', max(s.email), max(s.email_key), 0, max(s.phone), '', '',
      '', '', '', ${`orders ${step.fileName}`.slice(0, 200)}, '', '', 0, '{}', '{}', ${step.now}, ${step.now}
    from json_each(${ids}) as asked join temp.order_step s on ${key} = asked.value ->> 1
      and s.contact_no is null and s.reason is null
    group by asked.value ->> 0 order by 1`.execute(tx)
  await sql`insert or ignore into contact_external_ids (source, external_id, contact_no)
    select ${step.customerSource}, s.customer_id, c.no from contacts c cross join temp.order_step s
      on ${key} = ${sql.ref(`c.${column}`)}
    where c.no > ${before} and s.customer_id is not null and s.reason is null`.execute(tx)
  await journalStore.created(tx, step.changeNo, sql`select no from contacts where no > ${before} order by no`)
  return wanted.length
}

async function judge(tx: Tx): Promise<void> {
  await sql`update temp.order_step set reason = case
      when email_key is null and phone is null and customer_id is null then 'The order names no customer.'
      when email_key is null and phone is null then 'The customer is not known, and the order has no address to make a contact from.'
      else 'The customer is not among the contacts.' end
    where contact_no is null and reason is null`.execute(tx)
}

const ITEMS_OF_ORDER = sql`coalesce((select json_group_array(json_array(sku, name, category, quantity, value_minor) order by position)
  from order_items where order_no = o.no), '[]')`

// Asked for each order, not joined: without statistics of the step SQLite would go through every order of the source.
async function findOrders(tx: Tx, { source }: MergeStep): Promise<void> {
  await sql`update temp.order_step set order_no = (select no from orders
      where orders.source = ${source} and orders.external_id = order_step.order_id)
    where reason is null and order_no is null`.execute(tx)
}

async function keepOrders(tx: Tx, step: MergeStep): Promise<Pick<OrderCounts, 'created' | 'updated' | 'unchanged'>> {
  const isSame = sql`o.contact_no = s.contact_no and o.at = s.at and o.currency = s.currency and o.value_minor = s.value_minor
    and o.status = s.status`
  const sameItems = step.hasItems ? sql`${ITEMS_OF_ORDER} = ${newItems(step)}` : sql`true`
  await findOrders(tx, step)
  await sql`update temp.order_step as s set
      outcome = case when ${isSame} and ${sameItems} then 'unchanged' else 'updated' end,
      before = json_object('contactNo', o.contact_no, 'at', o.at, 'currency', o.currency, 'valueMinor', o.value_minor,
        'status', o.status, 'changeNo', o.change_no, 'items', json(${ITEMS_OF_ORDER}))
    from orders o where o.no = s.order_no`.execute(tx)
  await sql`update temp.order_step set outcome = 'created' where reason is null and outcome is null`.execute(tx)
  const counts = await countOutcomes(tx)
  if (counts.updated > 0) await changeKnown(tx, step)
  if (counts.created > 0) await addNew(tx, step)
  if (step.hasItems && counts.created + counts.updated > 0) await keepItems(tx, step)
  return counts
}

async function changeKnown(tx: Tx, step: MergeStep): Promise<void> {
  await sql`insert into change_orders (change_no, order_no, before)
    select ${step.changeNo}, order_no, before from temp.order_step where outcome = 'updated' on conflict do nothing`.execute(
    tx,
  )
  await sql`update orders set contact_no = s.contact_no, at = s.at, currency = s.currency, value_minor = s.value_minor,
      status = s.status, change_no = ${step.changeNo}
    from temp.order_step s where orders.no = s.order_no and s.outcome = 'updated'
      and orders.no in (select order_no from temp.order_step where outcome = 'updated')`.execute(tx)
  if (!step.hasItems) return
  await sql`delete from order_items where order_no in (select order_no from temp.order_step where outcome = 'updated')`.execute(
    tx,
  )
}

async function addNew(tx: Tx, step: MergeStep): Promise<void> {
  const { rows } = await sql<{
    order: string
  }>`select order_id as "order" from temp.order_step where outcome = 'created' order by order_id`.execute(tx)
  const ids = JSON.stringify(rows.map(({ order }) => [step.newId(), order]))
  await sql`insert into orders (id, source, external_id, contact_no, at, currency, value_minor, status, change_no)
    select asked.value ->> 0, ${step.source}, s.order_id, s.contact_no, s.at, s.currency, s.value_minor, s.status, ${step.changeNo}
    from json_each(${ids}) as asked join temp.order_step s on s.order_id = asked.value ->> 1`.execute(tx)
  await findOrders(tx, step)
  await sql`insert into change_orders (change_no, order_no, before)
    select ${step.changeNo}, order_no, null from temp.order_step where outcome = 'created' order by order_no`.execute(
    tx,
  )
}

async function keepItems(tx: Tx, step: MergeStep): Promise<void> {
  await sql`insert into order_items (order_no, position, sku, name, category, quantity, value_minor)
    select s.order_no, row_number() over (partition by s.order_no order by r.n) - 1, r.sku, r.name, r.category, r.quantity,
      ${itemValue}
    from temp.order_step s cross join order_rows r on r.import_no = ${step.importNo} and r.order_id = s.order_id
    where s.outcome in ('created', 'updated') and r.has_item = 1`.execute(tx)
}

// An order of one row without a price for the item: the item is what the order is worth.
const itemValue = sql`coalesce(r.item_minor, iif(s.items = 1, s.value_minor, 0))`

function newItems({ importNo }: MergeStep): RawBuilder<string> {
  return sql`coalesce((select json_group_array(json_array(r.sku, r.name, r.category, r.quantity, ${itemValue}) order by r.n)
    from order_rows r where r.import_no = ${importNo} and r.order_id = s.order_id and r.has_item = 1), '[]')`
}

async function countOutcomes(tx: Tx): Promise<Pick<OrderCounts, 'created' | 'updated' | 'unchanged'>> {
  const { rows } = await sql<{ outcome: string; n: number }>`select outcome, count(*) as n from temp.order_step
    where outcome is not null group by outcome`.execute(tx)
  const of = (outcome: string): number => rows.find(row => row.outcome === outcome)?.n ?? 0
  return { created: of('created'), updated: of('updated'), unchanged: of('unchanged') }
}

/** Keeps the rows of orders that were rejected with the reason, and removes all staged rows of the step. */
async function settle(
  tx: Tx,
  { importNo, after }: MergeStep,
  lastOrder: string,
): Promise<Pick<OrderCounts, 'taken' | 'rejected'>> {
  const { rows } = await sql<{ taken: number; refused: number }>`select
      coalesce(sum(iif(reason is null, items, 0)), 0) as taken, count(reason) as refused from temp.order_step`.execute(
    tx,
  )
  const { taken, refused } = rows[0] ?? { taken: 0, refused: 0 }
  const rejected = refused === 0 ? 0 : await reject(tx, importNo)
  await sql`delete from order_rows where import_no = ${importNo} and order_id > ${after} and order_id <= ${lastOrder}`.execute(
    tx,
  )
  return { taken, rejected }
}

async function reject(tx: Tx, importNo: number): Promise<number> {
  const added = await sql`insert into order_import_rejects (import_no, line, field, reason, cells)
    select ${importNo}, r.line, '', s.reason, r.cells from temp.order_step s
    cross join order_rows r on r.import_no = ${importNo} and r.order_id = s.order_id
    where s.reason is not null and r.fault = 0 on conflict do nothing`.execute(tx)
  return Number(added.numAffectedRows ?? 0)
}

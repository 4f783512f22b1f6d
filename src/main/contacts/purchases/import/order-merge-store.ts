import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import type { OrderCounts } from './order-import-store.ts'
import type { IdRange, MergeResult, MergeStep } from './order-merge-step.ts'
import { changeKnown } from './order-update-store.ts'

/** What a step is made of. */
interface StepShape {
  readonly known: number
  readonly strangers: number
}

/** The merge of staged rows into orders. Everything of a step is in `temp.order_step`, one row an order. */
export const orderMergeStore = {
  /** Merges the next orders. */
  async step(tx: Tx, step: MergeStep): Promise<MergeResult> {
    const lastRow = await endOf(tx, step)
    await gather(tx, step, lastRow)
    const shape = await shapeOf(tx)
    const customersMade = shape.strangers > 0 && step.makesCustomers ? await makeContacts(tx, step) : 0
    if (shape.strangers > 0) await judge(tx)
    const known = shape.known > 0 ? await changeKnown(tx, step, newItems(step)) : { updated: 0, unchanged: 0 }
    const created = await addNew(tx, step)
    if (step.hasItems && created + known.updated > 0) await keepItems(tx, step)
    const counts = await settle(tx, step)
    return { ...known, ...counts, created, customersMade, lastRow }
  },
}

/** The end of the order at which a step of about `mostRows` rows ends. */
async function endOf(tx: Tx, { rows: table, after, mostRows, lastRow }: MergeStep): Promise<number> {
  const { rows } = await sql<{ next: number | null }>`select rowid as next from ${sql.table(table)}
    where rowid > ${after + mostRows} and rowid <= ${lastRow} and k = 1 order by rowid limit 1`.execute(tx)
  const next = rows[0]?.next ?? null
  return next === null ? lastRow : next - 1
}

const MAKE_STEP = sql`create temp table if not exists order_step (
  pos integer primary key, rows integer not null, order_id text not null, email text, email_key text, phone text,
  customer_id text, first_name text, last_name text, at integer, currency text, value_minor integer, status text, reason text,
  contact_no integer, order_no integer, outcome text) strict`

/** Puts the orders of the step together, each with its contact and its number where they are known. */
async function gather(tx: Tx, step: MergeStep, lastRow: number): Promise<void> {
  await MAKE_STEP.execute(tx)
  await sql`delete from temp.order_step`.execute(tx)
  await sql`insert into temp.order_step (pos, rows, order_id, email, email_key, phone, customer_id, first_name, last_name, at,
      currency, value_minor, status, reason, contact_no, order_no)
    select pos, n, order_id, email, email_key, phone, customer_id, first_name, last_name, at, currency, value_minor, status,
      reason, iif(reason is null, ${contactOf(step, 'g')}, null),
      iif(reason is null, (select no from orders where source = ${step.source} and external_id = g.order_id), null)
    from (select min(rowid) as pos, count(*) as n, order_id, coalesce(max(email), max(email_key)) as email,
        max(email_key) as email_key, max(phone) as phone, max(customer_id) as customer_id, max(first_name) as first_name,
        max(last_name) as last_name, min(at) as at, max(currency) as currency, ${VALUE} as value_minor,
        coalesce(max(status), 'paid') as status, ${REASON} as reason
      from ${sql.table(step.rows)} where rowid > ${step.after} and rowid <= ${lastRow} group by order_id) g
    order by pos`.execute(tx)
}

const VALUE = sql`coalesce(max(value_minor), sum(item_minor))`

const REASON = sql`case
  when max(fault) = 1 then 'Another row of this order was rejected; all of them are needed to know what it is worth.'
  when max(email_key) <> min(email_key) then 'The rows of this order name different customers.'
  when max(currency) <> min(currency) then 'The rows of this order have different currencies.'
  when max(value_minor) <> min(value_minor) then 'The rows of this order have different values. If the column holds the value of each item, choose that for it.'
  when max(status) <> min(status) then 'The rows of this order have different states.'
  when min(at) is null then 'The order has no date.'
  when ${VALUE} is null then 'The order has no value.'
  when ${VALUE} < 0 then 'The items of this order are worth less than nothing.' end`

/** A customer is known by her e-mail address, then by her phone number, then by her id in the shop. */
function contactOf({ customerSource }: MergeStep, order: 'g' | 'order_step'): RawBuilder<number | null> {
  const of = (column: string) => sql.ref(`${order}.${column}`)
  return sql`coalesce(
    (select no from contacts where contacts.email_key = ${of('email_key')} order by twin limit 1),
    iif(${of('phone')} is null, null, (select min(no) from contacts where contacts.phone = ${of('phone')})),
    (select contact_no from contact_external_ids where source = ${customerSource} and external_id = ${of('customer_id')}))`
}

async function shapeOf(tx: Tx): Promise<StepShape> {
  const { rows } = await sql<StepShape>`select count(order_no) as known,
      coalesce(sum(contact_no is null and reason is null), 0) as strangers
    from temp.order_step`.execute(tx)
  return rows[0] ?? { known: 0, strangers: 0 }
}

async function findContacts(tx: Tx, step: MergeStep): Promise<void> {
  await sql`update temp.order_step set contact_no = ${contactOf(step, 'order_step')}
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
  const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) as no from contacts`.execute(tx)
  const before = rows[0]?.no ?? 0
  const added =
    await sql`insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, phone,
      street, city, region, postal_code, country, source, lead_status, lead_quality, lead_score, socials, custom, created_at,
      updated_at)
    select ${idOf(step.contactIds, step, sql`min(s.pos)`)}, 1, coalesce(max(s.first_name), ''), coalesce(max(s.last_name), ''), '',
      max(s.email), max(s.email_key), 0, max(s.phone), '', '', '', '', '', ${step.contactSource}, '', '', 0, '{}', '{}', ${step.now},
      ${step.now}
    from temp.order_step s where s.contact_no is null and s.reason is null and ${key} is not null
    group by ${key} order by ${key}`.execute(tx)
  const made = Number(added.numAffectedRows ?? 0)
  if (made === 0) return 0
  await sql`insert or ignore into contact_external_ids (source, external_id, contact_no)
    select ${step.customerSource}, s.customer_id, c.no from temp.order_step s
      cross join contacts c on c.no > ${before} and ${sql.ref(`c.${column}`)} = ${key}
    where s.customer_id is not null and s.reason is null and s.contact_no is null order by s.pos`.execute(tx)
  await journalStore.created(tx, step.changeNo, sql`select no from contacts where no > ${before} order by no`)
  return made
}

/** The id of what is made from the order at `pos`. */
function idOf({ prefix, start }: IdRange, { after }: MergeStep, pos: RawBuilder<unknown>): RawBuilder<string> {
  return sql`${prefix} || printf('%08x', ${start - after} + ${pos})`
}

async function judge(tx: Tx): Promise<void> {
  await sql`update temp.order_step set reason = case
      when email_key is null and phone is null and customer_id is null then 'The order names no customer.'
      when email_key is null and phone is null then 'The customer is not known, and the order has no address to make a contact from.'
      else 'The customer is not among the contacts.' end
    where contact_no is null and reason is null`.execute(tx)
}

/** Adds the orders that are not known; returns how many. Their numbers go on from the last, in the order of the rows. */
async function addNew(tx: Tx, step: MergeStep): Promise<number> {
  const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) as no from orders`.execute(tx)
  const before = rows[0]?.no ?? 0
  const numbered = await sql`update temp.order_step set outcome = 'created', order_no = ${before - step.after} + pos
    where reason is null and order_no is null`.execute(tx)
  const created = Number(numbered.numAffectedRows ?? 0)
  if (created === 0) return 0
  await sql`insert into orders (no, id, source, external_id, contact_no, at, currency, value_minor, status, change_no)
    select s.order_no, ${idOf(step.orderIds, step, sql`s.pos`)}, ${step.source}, s.order_id, s.contact_no, s.at, s.currency,
      s.value_minor, s.status, ${step.changeNo}
    from temp.order_step s where s.outcome = 'created' order by s.pos`.execute(tx)
  await sql`insert into change_orders (change_no, order_no, before)
    select ${step.changeNo}, order_no, null from temp.order_step where outcome = 'created' order by pos`.execute(tx)
  return created
}

async function keepItems(tx: Tx, step: MergeStep): Promise<void> {
  await sql`insert into order_items (order_no, position, sku, name, category, quantity, value_minor)
    select s.order_no, r.rowid - s.pos, r.sku, r.name, r.category, r.quantity, ${ITEM_VALUE}
    from temp.order_step s cross join ${rowsOf(step)}
    where s.outcome in ('created', 'updated') order by s.order_no, r.rowid`.execute(tx)
}

// The rows of an order lie together, in the order of the file. They are found by their numbers and by nothing else: another
// condition makes SQLite build an index of the whole file for each step, unless a plus keeps it from that.
function rowsOf({ rows }: MergeStep): RawBuilder<unknown> {
  return sql`${sql.table(rows)} r on r.rowid >= s.pos and r.rowid < s.pos + s.rows`
}

// An order of one row without a price for the item: the item is what the order is worth. Staged numbers are fractions.
const ITEM_VALUE = sql`cast(coalesce(r.item_minor, iif(s.rows = 1, s.value_minor, 0)) as integer)`

/** The items that the file has for the order `s`, as JSON, written as those that are stored are compared. */
function newItems(step: MergeStep): RawBuilder<string> {
  return sql`coalesce((select json_group_array(json_array(r.sku, r.name, r.category, cast(r.quantity as integer), ${ITEM_VALUE})
      order by r.rowid)
    from ${sql.table(step.rows)} r where r.rowid >= s.pos and r.rowid < s.pos + s.rows), '[]')`
}

/** Counts the rows that were taken, and keeps those of orders that were refused with the reason. */
async function settle(tx: Tx, step: MergeStep): Promise<Pick<OrderCounts, 'taken' | 'rejected'>> {
  const { rows } = await sql<{ taken: number; refused: number }>`select
      coalesce(sum(iif(reason is null, rows, 0)), 0) as taken, count(reason) as refused from temp.order_step`.execute(
    tx,
  )
  const { taken, refused } = rows[0] ?? { taken: 0, refused: 0 }
  if (refused === 0) return { taken, rejected: 0 }
  const added = await sql`insert into order_import_rejects (import_no, line, field, reason, cells)
    select ${step.importNo}, r.line, '', s.reason, r.cells from temp.order_step s cross join ${rowsOf(step)}
    where s.reason is not null and +r.fault = 0 on conflict do nothing`.execute(tx)
  return { taken, rejected: Number(added.numAffectedRows ?? 0) }
}

import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Tables } from '../../../storage/tables.ts'
import type { Reader, Tx } from '../../../storage/transaction.ts'

/** An import of orders as it is stored. `stored_path` holds the token of the file. */
export type OrderImportRow = Selectable<Tables['order_imports']>

/** How many rows and orders more went each way. */
export interface OrderCounts {
  readonly taken: number
  readonly rejected: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly customersMade: number
}

/** The kind of job that imports of orders are; its subject is the import's id, which is the id of its change too. */
export const ORDER_IMPORT_JOB = 'purchases.import'

const COLUMNS = [
  'number',
  'id',
  'file_name',
  'stored_path',
  'state',
  'reading',
  'mapping',
  'options',
  'phase',
  'cursor',
  'rows',
  'taken',
  'rejected',
  'created',
  'updated',
  'unchanged',
  'customers_made',
  'bytes',
  'bytes_read',
  'change_no',
  'error',
  'created_by',
  'created_at',
  'started_at',
  'ended_at',
] as const

/** The SQL of imports of orders, the rows that wait, and the rejected ones. */
export const orderImportStore = {
  async add(tx: Tx, row: Omit<OrderImportRow, 'number'>): Promise<void> {
    await tx.insertInto('order_imports').values(row).execute()
  },

  async find(reader: Reader, id: string): Promise<OrderImportRow | null> {
    return (await reader.selectFrom('order_imports').select(COLUMNS).where('id', '=', id).executeTakeFirst()) ?? null
  },

  async page(reader: Reader, offset: number, limit: number) {
    const rows = await reader
      .selectFrom('order_imports')
      .select(COLUMNS)
      .orderBy('number', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await reader
      .selectFrom('order_imports')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return { rows, total }
  },

  /** The import of this file that is at work or waits its turn, if there is one. */
  async activeOf(reader: Reader, token: string): Promise<string | null> {
    const row = await reader
      .selectFrom('order_imports')
      .select('id')
      .where('stored_path', '=', token)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst()
    return row?.id ?? null
  },

  async begin(tx: Tx, id: string, changeNo: number, now: number): Promise<void> {
    await sql`update order_imports set state = 'running', change_no = ${changeNo}, started_at = coalesce(started_at, ${now})
      where id = ${id}`.execute(tx)
  },

  async end(
    tx: Tx,
    id: string,
    state: 'done' | 'failed' | 'cancelled',
    error: string | null,
    now: number,
  ): Promise<void> {
    await tx
      .updateTable('order_imports')
      .set({ state, error, ended_at: now, phase: 'over' })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'running'])
      .execute()
  },

  async phase(tx: Tx, id: string, phase: 'merge' | 'figures'): Promise<void> {
    await tx.updateTable('order_imports').set({ phase, cursor: '' }).where('id', '=', id).execute()
  },

  /** Stages rows, a JSON array in the order of `stagedOrderRow`, and counts them as read. */
  async stage(
    tx: Tx,
    number: number,
    batch: {
      readonly rows: string
      readonly rejects: string
      readonly rowsRead: number
      readonly rejected: number
      readonly bytesRead: number
    },
  ): Promise<void> {
    await sql`insert into order_rows (import_no, order_id, n, line, fault, email, email_key, phone, customer_id, first_name,
        last_name, at, currency, value_minor, status, has_item, sku, name, category, quantity, item_minor, cells)
      select ${number}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
        value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15,
        value ->> 16, value ->> 17, value ->> 18, value ->> 19, value ->> 20
      from json_each(jsonb(${batch.rows}))`.execute(tx)
    if (batch.rejected > 0) {
      await sql`insert into order_import_rejects (import_no, line, field, reason, cells)
        select ${number}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${batch.rejects}) where true
        on conflict do nothing`.execute(tx)
    }
    await sql`update order_imports set rows = ${batch.rowsRead}, rejected = rejected + ${batch.rejected},
      bytes_read = ${batch.bytesRead} where number = ${number}`.execute(tx)
  },

  /** Moves the cursor of the merge on and adds to the counts. */
  async advance(tx: Tx, number: number, cursor: string, counts: OrderCounts): Promise<void> {
    await sql`update order_imports set cursor = ${cursor}, taken = taken + ${counts.taken}, rejected = rejected + ${counts.rejected},
      created = created + ${counts.created}, updated = updated + ${counts.updated}, unchanged = unchanged + ${counts.unchanged},
      customers_made = customers_made + ${counts.customersMade} where number = ${number}`.execute(tx)
  },

  /** Removes at most `limit` staged rows; returns how many. */
  async clear(tx: Tx, number: number, limit: number): Promise<number> {
    const result = await sql`delete from order_rows where (import_no, order_id, n) in
      (select import_no, order_id, n from order_rows where import_no = ${number} limit ${limit})`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  async rejects(reader: Reader, number: number, afterLine: number, limit: number) {
    return reader
      .selectFrom('order_import_rejects')
      .select(['line', 'field', 'reason', 'cells'])
      .where('import_no', '=', number)
      .where('line', '>', afterLine)
      .orderBy('line')
      .limit(limit)
      .execute()
  },

  async rejectsPage(reader: Reader, number: number, offset: number, limit: number) {
    const rows = await reader
      .selectFrom('order_import_rejects')
      .select(['line', 'field', 'reason', 'cells'])
      .where('import_no', '=', number)
      .orderBy('line')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await reader
      .selectFrom('order_import_rejects')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .where('import_no', '=', number)
      .executeTakeFirstOrThrow()
    return { rows, total }
  },

  /** How many of these customers are contacts: a JSON array of [e-mail key, phone, id in `source`]. */
  async countKnown(reader: Reader, customers: string, source: string): Promise<number> {
    const { rows } = await sql<{ known: number }>`select count(*) as known from json_each(${customers}) as asked
      where exists (select 1 from contacts where email_key = asked.value ->> 0)
        or exists (select 1 from contacts where phone = asked.value ->> 1)
        or exists (select 1 from contact_external_ids where source = ${source} and external_id = asked.value ->> 2)`.execute(
      reader,
    )
    return rows[0]?.known ?? 0
  },
}

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

  async phase(tx: Tx, id: string, phase: 'merge' | 'figures', cursor: string): Promise<void> {
    await tx.updateTable('order_imports').set({ phase, cursor }).where('id', '=', id).execute()
  },

  /** Moves only the cursor on. */
  async moveCursor(tx: Tx, id: string, cursor: string): Promise<void> {
    await tx.updateTable('order_imports').set({ cursor }).where('id', '=', id).execute()
  },

  /** Keeps rejected rows: a JSON array of [line, field, reason, cells as JSON]. Kept again, they change nothing. */
  async addRejects(tx: Tx, number: number, rejects: string): Promise<void> {
    await sql`insert into order_import_rejects (import_no, line, field, reason, cells)
      select ${number}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${rejects}) where true
      on conflict do nothing`.execute(tx)
  },

  /** Moves the cursor of the reading on: so many rows are put aside or rejected. */
  async read(
    tx: Tx,
    number: number,
    cursor: string,
    read: { readonly rowsRead: number; readonly rejected: number; readonly bytesRead: number },
  ): Promise<void> {
    await sql`update order_imports set cursor = ${cursor}, rows = ${read.rowsRead}, rejected = rejected + ${read.rejected},
      bytes_read = ${read.bytesRead} where number = ${number}`.execute(tx)
  },

  /** Moves the cursor of the merge on and adds to the counts. */
  async advance(tx: Tx, number: number, cursor: string, counts: OrderCounts): Promise<void> {
    await sql`update order_imports set cursor = ${cursor}, taken = taken + ${counts.taken}, rejected = rejected + ${counts.rejected},
      created = created + ${counts.created}, updated = updated + ${counts.updated}, unchanged = unchanged + ${counts.unchanged},
      customers_made = customers_made + ${counts.customersMade} where number = ${number}`.execute(tx)
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

import { sql } from 'kysely'
import type { Reader, Tx } from '../../../storage/transaction.ts'
import { nameOfIndex } from '../../import/engine/contact-indexes-store.ts'

/**
 * The SQL of taking indexes of orders and their items away while very many come in. Rows come in the order of their numbers;
 * an index by customer or product would be filled at random places, which takes longer than everything else of an import.
 */
export const orderIndexesStore = {
  /** The statements that make the indexes that no rule of the store rests on. */
  async statements(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ statement: string }>`select sql as statement from sqlite_schema
      where type = 'index' and tbl_name in ('orders', 'order_items') and sql like 'create index %' order by name`.execute(
      reader,
    )
    return rows.map(({ statement }) => statement)
  },

  async drop(tx: Tx, statements: readonly string[]): Promise<void> {
    for (const statement of statements) await sql`drop index if exists ${sql.id(nameOfIndex(statement))}`.execute(tx)
  },

  /** How many orders there are, counted up to `most`. */
  async count(reader: Reader, most: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from orders limit ${most})`.execute(
      reader,
    )
    return rows[0]?.n ?? 0
  },
}

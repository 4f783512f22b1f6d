import { sql } from 'kysely'
import type { Db, Reader, Tx } from '../../../storage/transaction.ts'

// Rows come in the order of these, so that keeping them costs next to nothing.
const KEPT = ['contacts_email', 'contacts_created']

/**
 * The SQL of taking indexes of contacts away while very many come in, and making them again: filled at random places they
 * take longer than everything else of an import (performance.md section 1), made at once a second each.
 */
export const contactIndexesStore = {
  /** The statements that make the indexes that no rule of the store rests on. */
  async statements(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ statement: string }>`select sql as statement from sqlite_schema
      where type = 'index' and tbl_name = 'contacts' and sql like 'create index %'
        and name not in (${sql.join(KEPT)}) order by name`.execute(reader)
    return rows.map(({ statement }) => statement)
  },

  async drop(tx: Tx, statements: readonly string[]): Promise<void> {
    for (const statement of statements) await sql`drop index if exists ${sql.id(nameOfIndex(statement))}`.execute(tx)
  },

  async make(tx: Tx, statement: string): Promise<void> {
    await sql.raw(statement.replace(/^create index /i, 'create index if not exists ')).execute(tx)
  },

  /**
   * Lets the writer sort in files and with little memory until `work` is done: for an index of a million contacts it takes a
   * hundred megabytes else. Temporary tables go with it: nobody keeps one from one transaction to the next.
   */
  async sortingOnDisk(db: Db, work: () => Promise<void>): Promise<void> {
    const { rows } = await sql<{ cache_size: number }>`pragma cache_size`.execute(db)
    await sql`pragma temp_store = file`.execute(db)
    await sql`pragma cache_size = -8000`.execute(db)
    try {
      await work()
    } finally {
      await sql`pragma temp_store = memory`.execute(db)
      await sql`pragma cache_size = ${sql.lit(rows[0]?.cache_size ?? -2000)}`.execute(db)
    }
  },

  /** How many contacts there are, counted up to `most`. */
  async count(reader: Reader, most: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from contacts limit ${most})`.execute(
      reader,
    )
    return rows[0]?.n ?? 0
  },
}

/** The name of the index that a statement of the schema makes. */
export function nameOfIndex(statement: string): string {
  const name = /^create index (?:"([^"]+)"|(\w+))/i.exec(statement)
  return name?.[1] ?? name?.[2] ?? ''
}

/** Whether a statement makes the index by which contacts without an e-mail address are recognised. */
export function isPhoneIndex(statement: string): boolean {
  return nameOfIndex(statement) === 'contacts_phone'
}

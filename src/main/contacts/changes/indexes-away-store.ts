import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** The SQL of remembering which indexes of contacts are taken away while very many come or go. */
export const indexesAwayStore = {
  /** Remembers an index by the statement that makes it. */
  async add(tx: Tx, statement: string): Promise<void> {
    await sql`insert or ignore into contact_indexes_away (statement) values (${statement})`.execute(tx)
  },

  async all(reader: Reader): Promise<readonly string[]> {
    const rows = await reader.selectFrom('contact_indexes_away').select('statement').orderBy('statement').execute()
    return rows.map(row => row.statement)
  },

  async forget(tx: Tx, statement: string): Promise<void> {
    await tx.deleteFrom('contact_indexes_away').where('statement', '=', statement).execute()
  },

  /** True when indexes are away and nobody works on what they were taken away for. */
  async isForgotten(reader: Reader, jobKinds: readonly string[]): Promise<boolean> {
    const { rows } = await sql`select 1 as one from contact_indexes_away where not exists (
      select 1 from jobs where kind in (${sql.join(jobKinds)}) and state in ('waiting','running')) limit 1`.execute(
      reader,
    )
    return rows.length > 0
  },
}

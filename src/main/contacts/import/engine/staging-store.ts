import { sql } from 'kysely'
import type { Reader, Tx } from '../../../storage/transaction.ts'

/** The SQL of rows that wait to be merged. */
export const stagingStore = {
  /** Stages a JSON array of rows with these columns. SQLite takes it apart, off the main thread; as JSONB in half the time. */
  async add(tx: Tx, run: number, columns: readonly string[], rows: string): Promise<void> {
    const names = sql.join(columns.map(column => sql.ref(column)))
    const values = sql.join(columns.map((_, index) => sql`value ->> ${sql.lit(index)}`))
    await sql`insert into import_rows (run, ${names}) select ${run}, ${values} from jsonb_each(${rows})`.execute(tx)
  },

  /** The lowest range from `part` on that holds rows; null when there is none. */
  async nextPart(reader: Reader, run: number, part: number): Promise<number | null> {
    const row = await reader
      .selectFrom('import_rows')
      .select('part')
      .where('run', '=', run)
      .where('part', '>=', part)
      .orderBy('part')
      .limit(1)
      .executeTakeFirst()
    return row?.part ?? null
  },

  /** Deletes up to `most` rows of a range; returns how many. */
  async remove(tx: Tx, run: number, part: number, most: number): Promise<number> {
    const inRange = sql`run = ${run} and part = ${part}`
    const result = await sql`delete from import_rows where ${inRange} and n < coalesce(
      (select n from import_rows where ${inRange} order by n limit 1 offset ${most}), 9007199254740991)`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },
}

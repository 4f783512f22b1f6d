import { sql } from 'kysely'
import type { Reader } from '../../storage/transaction.ts'
import { BULK_JOB, UNDO_JOB } from './change-jobs.ts'

/** The SQL of what goes on with very many contacts at the moment. */
export const changingStore = {
  /**
   * True while an import, a bulk change or an undo is under way. What is derived from contacts waits until it is over:
   * beside it, it takes longer than the change itself, and much of it would be done twice.
   */
  async isUnderWay(reader: Reader): Promise<boolean> {
    const { rows } = await sql`select 1 as one from imports where state = 'running'
      union all select 1 from jobs where kind in (${UNDO_JOB}, ${BULK_JOB}) and state in ('waiting','running')
      limit 1`.execute(reader)
    return rows.length > 0
  },

  /** True while an import brings contacts. */
  async isImporting(reader: Reader): Promise<boolean> {
    const { rows } = await sql`select 1 as one from imports where state = 'running' limit 1`.execute(reader)
    return rows.length > 0
  },
}

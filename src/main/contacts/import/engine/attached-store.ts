import { sql } from 'kysely'
import type { Db } from '../../../storage/transaction.ts'

/** The SQL that makes a file of staged rows part of the writer's connection, and lets it go. Outside transactions. */
export const attachedStore = {
  async attach(db: Db, path: string, name: string): Promise<void> {
    await sql`attach ${path} as ${sql.id(name)}`.execute(db)
  },

  async detach(db: Db, name: string): Promise<void> {
    await sql`detach ${sql.id(name)}`.execute(db)
  },
}

import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { createSortIndex, type SortIndex } from './order-store.ts'

/** A sort index that was made on demand. `usedAt` (epoch ms, to the day) is null when nobody has noted a use yet. */
export interface KeptIndex {
  readonly name: string
  readonly usedAt: number | null
}

/** The SQL of sort indexes that are made on demand. */
export const sortIndexStore = {
  /** Makes the index, in one piece: a second or two for a million contacts. */
  async make(tx: Tx, index: SortIndex, at: number): Promise<void> {
    await createSortIndex(index).execute(tx)
    await sortIndexStore.noteUse(tx, index.name, at)
  },

  async kept(reader: Reader): Promise<readonly KeptIndex[]> {
    const { rows } = await sql<KeptIndex>`
      select i.name, u.used_at as "usedAt" from sqlite_schema i left join contacts_sort_uses u on u.name = i.name
      where i.type = 'index' and i.tbl_name = 'contacts' and i.name like 'contacts^_sort^_%' escape '^'`.execute(reader)
    return rows
  },

  async noteUse(tx: Tx, name: string, at: number): Promise<void> {
    await tx
      .insertInto('contacts_sort_uses')
      .values({ name, used_at: at })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ used_at: at }))
      .execute()
  },

  async drop(tx: Tx, name: string): Promise<void> {
    await sql`drop index if exists ${sql.id(name)}`.execute(tx)
    await tx.deleteFrom('contacts_sort_uses').where('name', '=', name).execute()
  },
}

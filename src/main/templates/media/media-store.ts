import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** A file of the workspace, as stored. */
export interface StoredMedia {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly createdAt: number
}

const COLUMNS = ['id', 'name', 'type', 'bytes', 'created_at as createdAt'] as const

/** The SQL of files that go with e-mails. */
export const mediaStore = {
  list: (reader: Reader): Promise<readonly StoredMedia[]> =>
    reader.selectFrom('media').select(COLUMNS).orderBy('created_at', 'desc').orderBy('id').limit(1000).execute(),

  async find(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, StoredMedia>> {
    if (ids.length === 0) return new Map()
    const rows = await reader.selectFrom('media').select(COLUMNS).where('id', 'in', ids).execute()
    return new Map(rows.map(row => [row.id, row]))
  },

  async insert(tx: Tx, { createdAt, ...media }: StoredMedia): Promise<void> {
    await tx
      .insertInto('media')
      .values({ ...media, created_at: createdAt })
      .execute()
  },

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('media').where('id', '=', id).execute()
  },

  /** Names of templates and unfinished campaigns that use a file; an id is found nowhere else in their text. */
  async uses(reader: Reader, id: string): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`
      select name from templates where archived_at is null and instr(content, ${id}) > 0
      union
      select name from campaigns where status not in ('completed', 'cancelled', 'failed')
        and (instr(draft, ${id}) > 0 or instr(coalesce(frozen, ''), ${id}) > 0)
      limit 5`.execute(reader)
    return rows.map(row => row.name)
  },
}

import type { Storage } from '../../../storage/database.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { importStore } from '../runs/import-store.ts'
import { ImportCursor } from './import-cursor.ts'
import { makeIndexes } from './make-indexes.ts'
import { removeStaged } from './staged-files.ts'

/** Ends an import with `ending`: makes the indexes that it took away, and removes what it put aside. */
export async function endImport(storage: Storage, id: string, ending: (tx: Tx) => Promise<unknown>): Promise<void> {
  await restoreIndexes(storage, id, () => true)
  // Before the import is over for everybody: who sees that it is finds nothing left of it.
  await removeStaged(storage.folder, id)
  await transaction(storage.db, ending, { name: 'import.end' })
}

/** Makes indexes again that an import took away, one in a transaction; returns the cursor without them. */
export async function restoreIndexes(
  storage: Storage,
  id: string,
  which: (statement: string) => boolean,
  known?: ImportCursor,
): Promise<ImportCursor> {
  let cursor = known ?? (await storedCursor(storage, id))
  const others = cursor.indexes.filter(statement => !which(statement))
  await makeIndexes(storage, cursor.indexes.filter(which), async (tx, left) => {
    cursor = { ...cursor, indexes: [...others, ...left] }
    await importStore.moveCursor(tx, id, JSON.stringify(cursor))
  })
  return cursor
}

async function storedCursor(storage: Storage, id: string): Promise<ImportCursor> {
  const row = await importStore.find(storage.reader, id)
  if (!row) throw new Error('The import is gone')
  return ImportCursor.parse(JSON.parse(row.cursor))
}

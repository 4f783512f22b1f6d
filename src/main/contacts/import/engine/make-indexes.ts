import type { Storage } from '../../../storage/database.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { contactIndexesStore } from './contact-indexes-store.ts'

/**
 * Makes indexes again that were taken away, one in a transaction; `made` writes down in it which statements are left. Killed
 * in between, the rest is made the next time.
 */
export async function makeIndexes(
  storage: Storage,
  statements: readonly string[],
  made: (tx: Tx, left: readonly string[]) => Promise<unknown>,
): Promise<void> {
  if (statements.length === 0) return
  await contactIndexesStore.sortingOnDisk(storage.db, async () => {
    for (const [index, statement] of statements.entries()) {
      await transaction(
        storage.db,
        async tx => {
          await contactIndexesStore.make(tx, statement)
          await made(tx, statements.slice(index + 1))
        },
        { name: 'import.index', priority: 'bulk' },
      )
    }
  })
}

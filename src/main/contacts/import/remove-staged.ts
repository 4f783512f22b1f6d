import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import { stagingStore } from './staging-store.ts'

const ROWS_AT_ONCE = 2000

/** Removes the staged rows of an import up to a range (all by default), a few thousand at a time so that nobody waits long. */
export async function removeStaged(storage: Storage, run: number, part: number = Number.MAX_SAFE_INTEGER): Promise<void> {
  for (;;) {
    const removed = await transaction(storage.db, tx => stagingStore.remove(tx, run, part, ROWS_AT_ONCE), {
      name: 'import.clear',
      priority: 'bulk',
    })
    if (removed < ROWS_AT_ONCE) return
  }
}

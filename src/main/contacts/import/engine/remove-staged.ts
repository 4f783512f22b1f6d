import type { Storage } from '../../../storage/database.ts'
import { transaction } from '../../../storage/transaction.ts'
import { stagingStore } from './staging-store.ts'

const ROWS_AT_ONCE = 5000

/** Removes the staged rows of one range, a few thousand at a time so that nobody waits long. */
export async function removeRange(storage: Storage, run: number, part: number): Promise<void> {
  for (;;) {
    const removed = await transaction(storage.db, tx => stagingStore.remove(tx, run, part, ROWS_AT_ONCE), {
      name: 'import.clear',
      priority: 'bulk',
    })
    if (removed < ROWS_AT_ONCE) return
  }
}

/** Removes every staged row of an import. */
export async function removeStaged(storage: Storage, run: number): Promise<void> {
  for (let part = await stagingStore.nextPart(storage.reader, run, 0); part !== null; ) {
    await removeRange(storage, run, part)
    part = await stagingStore.nextPart(storage.reader, run, part + 1)
  }
}

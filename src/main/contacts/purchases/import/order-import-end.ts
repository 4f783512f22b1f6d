import type { DomainParts } from '../../../domain-parts.ts'
import type { Storage } from '../../../storage/database.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import { makeIndexes } from '../../import/engine/make-indexes.ts'
import { removeStaged } from '../../import/engine/staged-files.ts'
import { RFM_JOB } from '../rfm-job.ts'
import { OrderCursor } from './order-cursor.ts'
import { markTouched } from './order-figures.ts'
import { orderImportStore } from './order-import-store.ts'

/** How an import of orders ended. */
export interface OrderImportEnd {
  readonly state: 'done' | 'failed' | 'cancelled'
  readonly error: string | null
  /** Written in the same transaction. */
  readonly also?: (tx: Tx) => Promise<unknown>
}

/** Ends an import of orders: makes the indexes that it took away, removes what it put aside, lets the figures follow. */
export async function endOrderImport(parts: DomainParts, id: string, end: OrderImportEnd): Promise<void> {
  const { storage, kernel, jobs } = parts
  await restoreOrderIndexes(storage, id)
  // Before the import is over for everybody: who sees that it is finds nothing left of it.
  await removeStaged(storage.folder, id, 'order-imports')
  const changeNo = (await orderImportStore.find(storage.reader, id))?.change_no ?? null
  // What is in stays in, also when the rest does not come.
  if (end.state !== 'done' && changeNo !== null) await markTouched(parts, changeNo)
  await transaction(
    storage.db,
    async tx => {
      const now = kernel.clock.now()
      if (changeNo !== null) await journalStore.finish(tx, changeNo)
      await orderImportStore.end(tx, id, end.state, end.error, now)
      await jobs.add(tx, { kind: RFM_JOB, subject: 'all', payload: {}, dueAt: now })
      await end.also?.(tx)
    },
    { name: 'orders.end' },
  )
  parts.scheduler.wake()
}

/** Makes the indexes again that an import of orders took away; returns where it is. */
export async function restoreOrderIndexes(storage: Storage, id: string): Promise<OrderCursor> {
  const row = await orderImportStore.find(storage.reader, id)
  if (!row) throw new Error('The import of orders is gone')
  let cursor = OrderCursor.parse(JSON.parse(row.cursor))
  await makeIndexes(storage, cursor.indexes, (tx, left) => {
    cursor = { ...cursor, indexes: [...left] }
    return orderImportStore.moveCursor(tx, id, JSON.stringify(cursor))
  })
  return cursor
}

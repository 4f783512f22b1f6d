import { z } from 'zod'
import { ContactSortField } from '../../../shared/contract/contacts.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { transaction } from '../../storage/transaction.ts'
import { createSortIndex, sortIndexOf } from './order-store.ts'
import { searchIndexStore } from './search-index-store.ts'

/** The job that makes the index for sorting by one column. */
export const SORT_INDEX_JOB = 'contacts.sort_index'

const LATER_MS = 15_000

/** Asks for the index that sorting by a column needs. */
export interface SortIndexes {
  /** Has it made in the background; it is asked for once, however often this is called. */
  want(field: string): Promise<void>
}

/** Sort indexes are made when somebody first sorts a long table by a column, not before: each costs every import a little. */
export function createSortIndexes({ kernel, storage, scheduler, jobs }: DomainParts): SortIndexes {
  const asked = new Set<string>()

  jobs.register({
    kind: SORT_INDEX_JOB,
    payload: z.object({ field: ContactSortField }),
    title: ({ field }) => `Prepare sorting contacts by ${field.replace(/^custom:/, '')}`,
    link: () => '/contacts',
    canCancel: true,
    async run({ payload, signal }) {
      signal.throwIfAborted()
      const index = sortIndexOf(payload.field)
      if (index === null || index.columns === null) return { kind: 'done' }
      // One statement, about a second for a million: it must not stand in the way of a message or of an import.
      const { reader } = storage
      if ((await searchIndexStore.isSending(reader)) || (await searchIndexStore.isImporting(reader))) {
        return { kind: 'retry', at: kernel.clock.now() + LATER_MS, reason: 'Waits until sending and imports are over.' }
      }
      const create = createSortIndex(index)
      await transaction(storage.db, tx => create.execute(tx), { name: 'contacts.sortIndex', priority: 'bulk' })
      asked.delete(payload.field)
      kernel.events.publish({ kind: 'changed', entity: 'job', ids: [] })
      return { kind: 'done' }
    },
  })

  return {
    async want(field) {
      if (asked.has(field) || sortIndexOf(field)?.columns == null) return
      asked.add(field)
      await transaction(
        storage.db,
        tx => jobs.add(tx, { kind: SORT_INDEX_JOB, subject: field, payload: { field }, dueAt: kernel.clock.now() }),
        { name: 'contacts.sortIndex.want' },
      )
      scheduler.wake()
    },
  }
}

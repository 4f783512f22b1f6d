import { z } from 'zod'
import { ContactSortField } from '../../../shared/contract/contacts.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { days, minutes, seconds } from '../../kernel/clock.ts'
import { transaction } from '../../storage/transaction.ts'
import { changingStore } from '../changes/changing-store.ts'
import { sortIndexOf } from './order-store.ts'
import { searchIndexStore } from './search-index-store.ts'
import { sortIndexStore } from './sort-index-store.ts'

/** The job that makes the index for sorting by one column. */
export const SORT_INDEX_JOB = 'contacts.sort_index'

const LATER_MS = seconds(15)
const TIDY_EVERY_MS = days(1)
/** An index that nobody sorted by for so long costs every import and every edit for nothing. */
const KEPT_UNUSED_MS = days(90)

/** The indexes that sorting a long table by a column needs. */
export interface SortIndexes {
  /** Has the index made in the background; it is asked for once, however often this is called. */
  want(field: string): Promise<void>
  /** Notes that somebody sorts by a column, once a day. */
  used(field: string): void
}

/**
 * Sort indexes are made when somebody first sorts a long table by a column, not before, and go when nobody did for 90 days:
 * each costs every import a little.
 */
export function createSortIndexes(parts: DomainParts): SortIndexes {
  const { kernel, storage, scheduler, jobs } = parts
  const { db, reader } = storage
  const asked = new Set<string>()
  const noted = new Map<string, number>()
  let tidyAt = kernel.clock.now()

  /** An index is made and taken away in one piece: that must not stand in the way of a message or of an import. */
  const isBusy = async (): Promise<boolean> =>
    (await searchIndexStore.isSending(reader, kernel.clock.now())) || (await changingStore.isUnderWay(reader))

  jobs.register({
    kind: SORT_INDEX_JOB,
    payload: z.object({ field: ContactSortField }),
    title: ({ field }) => `Prepare sorting contacts by ${wordsOf(field)}`,
    link: () => '/contacts',
    canCancel: true,
    async run({ payload, signal }) {
      signal.throwIfAborted()
      const index = sortIndexOf(payload.field)
      if (index === null || index.columns === null) return { kind: 'done' }
      const now = kernel.clock.now()
      if (await isBusy()) {
        return { kind: 'retry', at: now + LATER_MS, reason: 'Waits until sending and imports are over.' }
      }
      await transaction(db, tx => sortIndexStore.make(tx, index, now), { name: 'contacts.sortIndex', priority: 'bulk' })
      asked.delete(payload.field)
      kernel.events.publish({ kind: 'changed', entity: 'job', ids: [] })
      return { kind: 'done' }
    },
  })

  scheduler.add({
    name: 'contacts.sort_indexes',
    nextDueAt: () => Promise.resolve(tidyAt),
    async runDue() {
      const now = kernel.clock.now()
      const isLater = await isBusy()
      tidyAt = now + (isLater ? minutes(10) : TIDY_EVERY_MS)
      if (!isLater) await dropUnused(now)
    },
  })

  async function dropUnused(now: number): Promise<void> {
    for (const { name, usedAt } of await sortIndexStore.kept(reader)) {
      const options = { name: 'contacts.sortIndex.tidy', priority: 'bulk' } as const
      if (usedAt === null) await transaction(db, tx => sortIndexStore.noteUse(tx, name, now), options)
      else if (usedAt <= now - KEPT_UNUSED_MS) {
        await transaction(db, tx => sortIndexStore.drop(tx, name), options)
        noted.delete(name)
        // Whoever keeps places in the order of this index has to let go of them.
        kernel.events.publish({ kind: 'changed', entity: 'job', ids: [] })
      }
    }
  }

  return {
    async want(field) {
      if (asked.has(field) || sortIndexOf(field)?.columns == null) return
      asked.add(field)
      await transaction(
        db,
        tx => jobs.add(tx, { kind: SORT_INDEX_JOB, subject: field, payload: { field }, dueAt: kernel.clock.now() }),
        { name: 'contacts.sortIndex.want' },
      )
      scheduler.wake()
    },

    used(field) {
      const index = sortIndexOf(field)
      const now = kernel.clock.now()
      if (index === null || index.columns === null || (noted.get(index.name) ?? 0) > now - TIDY_EVERY_MS) return
      noted.set(index.name, now)
      kernel.background(
        'contacts.sortIndex.used',
        transaction(db, tx => sortIndexStore.noteUse(tx, index.name, now), {
          name: 'contacts.sortIndex.used',
          priority: 'bulk',
        }),
      )
    },
  }
}

/** A column as a person says it: `postalCode` is "postal code". */
function wordsOf(field: string): string {
  return field
    .replace(/^custom:/, '')
    .replaceAll('_', ' ')
    .replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
}

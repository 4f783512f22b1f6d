import { z } from 'zod'
import type { DomainParts } from '../../domain-parts.ts'
import { transaction } from '../../storage/transaction.ts'
import { changingStore } from '../changes/changing-store.ts'
import { nextStepRows } from '../import/engine/step-size.ts'
import { type CaughtUp, searchIndexStore } from './search-index-store.ts'

/** The job that takes many contacts into the search index. */
export const SEARCH_INDEX_JOB = 'contacts.search_index'

// Measured: 1,000 new contacts take 12 ms on a quiet machine. Whoever changed or is gone costs twenty times as much: FTS5
// merges hundreds of pages for every 64 that go, at moments that nothing announces, so these steps stay short.
const FRESH = { first: 1000, fewest: 250, most: 2000 }
const CHANGED = { first: 100, fewest: 50, most: 128 }
/** So many are taken in while a search waits; more are left to the job. */
const AT_ONCE = 2000
// Beyond so many, taking each out of the index takes longer than making it anew, if they are half of it.
const MANY_STALE = 50_000
const LOOK_AFTER_MS = 2000
const IMPORT_PAUSE_MS = 5000

/** Keeps the index of the search up to date. */
export interface SearchIndex {
  /** Takes in what a few edits changed. False when so much is missing that the index cannot answer alone. */
  isReady(): Promise<boolean>
  /** About how many contacts a search that must answer quickly does not look at; 0 when it finds everybody. */
  unsearched(): Promise<number>
  /** Throws the index away and makes it anew in the background: it was damaged. */
  rebuild(): Promise<void>
}

/** The search index of contacts, kept up to date in the background: soon after edits, and after an import is over. */
export function createSearchIndex({ kernel, storage, scheduler, jobs }: DomainParts): SearchIndex {
  // Looked at once after the start: the last run may have ended in the middle.
  let lookAt: number | null = kernel.clock.now()
  let most: CaughtUp = { changed: CHANGED.first, fresh: FRESH.first }

  kernel.events.subscribe(event => {
    if (event.kind !== 'changed' || (event.entity !== 'contact' && event.entity !== 'import')) return
    if (lookAt !== null) return
    lookAt = kernel.clock.now() + LOOK_AFTER_MS
    scheduler.wake()
  })

  scheduler.add({
    name: 'contacts.search',
    nextDueAt: () => Promise.resolve(lookAt),
    async runDue() {
      if (await changingStore.isUnderWay(storage.reader)) {
        lookAt = kernel.clock.now() + IMPORT_PAUSE_MS
        return
      }
      lookAt = null
      const { waiting } = await searchIndexStore.state(storage.reader, AT_ONCE + 1)
      if (waiting > AT_ONCE) await addJob()
      else await takeAll('bulk')
    },
  })

  jobs.register({
    kind: SEARCH_INDEX_JOB,
    payload: z.object({}),
    title: () => 'Prepare the search of contacts',
    link: () => '/contacts',
    canCancel: false,
    async run({ signal, progress }) {
      await beginAnewIfQuicker()
      for (;;) {
        signal.throwIfAborted()
        if (await changingStore.isUnderWay(storage.reader)) {
          return { kind: 'retry', at: kernel.clock.now() + IMPORT_PAUSE_MS, reason: '' }
        }
        if ((await step('bulk')) === 0) return { kind: 'done' }
        const { indexedTo, newest } = await searchIndexStore.state(storage.reader, 1)
        progress(indexedTo, newest)
      }
    },
  })

  /** Takes in the next contacts in one short transaction; returns how many. Steps follow from how long the last one took. */
  async function step(priority: 'normal' | 'bulk'): Promise<number> {
    const asked = most
    let begun = 0
    const taken = await transaction(
      storage.db,
      tx => {
        begun = kernel.clock.now()
        return searchIndexStore.catchUp(tx, asked)
      },
      { name: 'contacts.search.catchUp', priority },
    )
    // With the commit: there the index is written.
    const tookMs = kernel.clock.now() - begun
    if (taken.changed === asked.changed) most = { ...most, changed: nextStepRows(asked.changed, tookMs, CHANGED) }
    if (taken.fresh === asked.fresh) most = { ...most, fresh: nextStepRows(asked.fresh, tookMs, FRESH) }
    return taken.changed + taken.fresh
  }

  /** After a change of most contacts, or an undo of a large import. */
  async function beginAnewIfQuicker(): Promise<void> {
    const { reader } = storage
    if (!(await searchIndexStore.isMostlyStale(reader, MANY_STALE))) return
    // Half a second for a million: it must not stand in the way of a message.
    if (await searchIndexStore.isSending(reader, kernel.clock.now())) return
    await transaction(storage.db, tx => searchIndexStore.empty(tx), { name: 'contacts.search.empty', priority: 'bulk' })
  }

  async function takeAll(priority: 'normal' | 'bulk'): Promise<void> {
    let taken = 0
    do taken = await step(priority)
    while (taken > 0)
  }

  async function addJob(): Promise<void> {
    await transaction(
      storage.db,
      tx => jobs.add(tx, { kind: SEARCH_INDEX_JOB, subject: 'contacts', payload: {}, dueAt: kernel.clock.now() }),
      { name: 'contacts.search.addJob' },
    )
    scheduler.wake()
  }

  return {
    async isReady() {
      const { waiting } = await searchIndexStore.state(storage.reader, AT_ONCE + 1)
      if (waiting === 0) return true
      if (waiting > AT_ONCE || (await changingStore.isUnderWay(storage.reader))) return false
      await takeAll('normal')
      return true
    },
    unsearched: () => searchIndexStore.unsearched(storage.reader),
    async rebuild() {
      await transaction(storage.db, tx => searchIndexStore.empty(tx), { name: 'contacts.search.empty' })
      await addJob()
    },
  }
}

/** True for a failure that may come from a damaged search index. */
export function isDamaged(error: unknown): boolean {
  return error instanceof Error && error.message.includes('SQLITE_CORRUPT')
}

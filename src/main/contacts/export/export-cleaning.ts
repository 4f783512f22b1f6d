import type { DomainParts } from '../../domain-parts.ts'
import { days } from '../../kernel/clock.ts'
import { transaction } from '../../storage/transaction.ts'
import { exportStore } from './export-store.ts'

/** A file of contacts is personal data that lies about: whoever wanted it has fetched it by then. */
const KEPT_MS = days(7)
const LOOK_EVERY_MS = days(1)

/**
 * Removes files of exports: after seven days with all that is known of the export; those that were given up, failed, or lost
 * their work, at the start and once a day. `isBeingWritten` names exports that are written without a job.
 */
export function keepExportsClean(
  { kernel, storage, scheduler, files }: DomainParts,
  job: string,
  isBeingWritten: (id: string) => boolean,
): void {
  let lookAt = kernel.clock.now()

  async function clean(now: number): Promise<void> {
    for (const { id, token, state, isOld } of await exportStore.over(storage.reader, now - KEPT_MS, job)) {
      if (isBeingWritten(id)) continue
      await files.remove(token)
      const reason = 'The export was interrupted. Start it again.'
      await transaction(
        storage.db,
        async tx => {
          if (isOld === 1) await exportStore.forget(tx, id)
          else if (state === 'running') await exportStore.note(tx, id, { state: 'failed', reason })
        },
        { name: 'contacts.export.clean', priority: 'bulk' },
      )
    }
  }

  scheduler.add({
    name: 'contacts.exports',
    nextDueAt: () => Promise.resolve(lookAt),
    async runDue() {
      const now = kernel.clock.now()
      lookAt = now + LOOK_EVERY_MS
      await clean(now)
    },
  })
}

import { z } from 'zod'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult } from '../../scheduling/jobs.ts'
import type { WorkSource } from '../../scheduling/scheduler.ts'
import { transaction } from '../../storage/transaction.ts'
import { forgetStore, type Retention } from './forget-store.ts'

const DAY_MS = 86_400_000

// A snapshot takes about 500 bytes: twenty changes of a million contacts each would be 10 GB, one a day is what people make.
export const RETENTION: Retention = {
  keepMs: 30 * DAY_MS,
  mostBig: 20,
  mostInAll: 200,
  bigContacts: 1000,
  keepLinesMs: 365 * DAY_MS,
}

const FORGET_JOB = 'contacts.forget_changes'
const SUBJECT = 'changes'
const ROWS_AT_ONCE = 2000
const LOOK_EVERY_MS = 3_600_000

const Payload = z.object({})

/** The job that forgets changes that are too old or too many, and what wakes it. */
export function forgetting(
  parts: DomainParts,
  forgotten: (changeNo: number) => void,
): { readonly job: JobKind<z.infer<typeof Payload>>; readonly source: WorkSource } {
  const { storage, kernel, jobs, scheduler } = parts
  let lookAt = 0

  async function run(job: { readonly signal: AbortSignal }): Promise<JobResult> {
    while (!job.signal.aborted) {
      const no = await forgetStore.next(storage.reader, kernel.clock.now(), RETENTION)
      if (no === null) break
      await transaction(storage.db, tx => forgetStore.expire(tx, no), { name: 'changes.expire', priority: 'bulk' })
      await removeRows(no, job.signal)
      forgotten(no)
    }
    if (job.signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    const before = kernel.clock.now() - RETENTION.keepLinesMs
    await transaction(storage.db, tx => forgetStore.removeLines(tx, before), {
      name: 'changes.lines',
      priority: 'bulk',
    })
    return { kind: 'done' }
  }

  async function removeRows(no: number, signal: AbortSignal): Promise<void> {
    let removed = 0
    do {
      removed = await transaction(storage.db, tx => forgetStore.removeRows(tx, no, ROWS_AT_ONCE), {
        name: 'changes.forget',
        priority: 'bulk',
      })
    } while (removed === ROWS_AT_ONCE && !signal.aborted)
  }

  return {
    job: {
      kind: FORGET_JOB,
      payload: Payload,
      title: () => 'Forget old changes to contacts',
      link: () => null,
      canCancel: false,
      run,
    },
    source: {
      name: 'changes',
      async nextDueAt(reader) {
        const now = kernel.clock.now()
        // Asked with every message that leaves; whatever goes wrong, it is looked at once in a while and never in a circle.
        if (now < lookAt) return lookAt
        if ((await forgetStore.next(reader, now, RETENTION)) !== null) return now
        lookAt = now + LOOK_EVERY_MS
        return lookAt
      },
      async runDue() {
        lookAt = kernel.clock.now() + LOOK_EVERY_MS
        await transaction(
          storage.db,
          tx => jobs.add(tx, { kind: FORGET_JOB, subject: SUBJECT, payload: {}, dueAt: kernel.clock.now() }),
          { name: 'changes.forget_later', priority: 'bulk' },
        )
        scheduler.wake()
      },
    },
  }
}

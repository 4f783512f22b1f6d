import { z } from 'zod'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult } from '../../scheduling/jobs.ts'
import type { WorkSource } from '../../scheduling/scheduler.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { forgetStore, type Retention } from './forget-store.ts'
import { type Gone, goneStore } from './gone-store.ts'

const DAY_MS = 86_400_000

// A snapshot takes about 500 bytes: twenty changes of a million contacts each would be 10 GB, one a day is what people make.
export const RETENTION: Retention = {
  keepMs: 30 * DAY_MS,
  mostBig: 20,
  mostSmall: 200,
  mostSingle: 300,
  bigContacts: 1000,
  keepLinesMs: 365 * DAY_MS,
}

const FORGET_JOB = 'contacts.forget_changes'
const SUBJECT = 'changes'
const ROWS_AT_ONCE = 2000
const GONE_AT_ONCE = 5000
// With ten orders and fifty events each, some 20 ms.
const GONE_A_STEP = 100
const LOOK_EVERY_MS = 3_600_000

// Changes that delete contacts, or whose undo does.
const TAKES_PEOPLE: readonly string[] = ['import', 'orders', 'delete', 'merge']

const Payload = z.object({})

/** The job that forgets changes that are too old or too many, and what wakes it. */
export function forgetting(
  parts: DomainParts,
  forgotten: (changeNo: number) => void,
): { readonly job: JobKind<z.infer<typeof Payload>>; readonly source: WorkSource } {
  const { storage, kernel, jobs, scheduler } = parts
  let lookAt = 0
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: { readonly signal: AbortSignal }): Promise<JobResult> {
    let isPeopleGone = false
    while (!job.signal.aborted) {
      const next = await forgetStore.next(storage.reader, kernel.clock.now(), RETENTION)
      if (next === null) break
      const { no, kind } = next
      await write('changes.expire', tx => forgetStore.expire(tx, no))
      await removeRows(no, job.signal)
      forgotten(no)
      isPeopleGone ||= TAKES_PEOPLE.includes(kind)
    }
    if (isPeopleGone) await removeLeftovers(job.signal)
    if (job.signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    const before = kernel.clock.now() - RETENTION.keepLinesMs
    await write('changes.lines', tx => forgetStore.removeLines(tx, before))
    return { kind: 'done' }
  }

  async function removeRows(no: number, signal: AbortSignal): Promise<void> {
    for (const remove of [forgetStore.removeOrders, forgetStore.removeRows]) {
      let removed = 0
      do removed = await write('changes.forget', tx => remove(tx, no, ROWS_AT_ONCE))
      while (removed === ROWS_AT_ONCE && !signal.aborted)
    }
  }

  /** Removes what belonged to contacts that no change can bring back any more. */
  async function removeLeftovers(signal: AbortSignal): Promise<void> {
    for (let after: number | null = 0; after !== null && !signal.aborted; ) {
      const { nos, last }: Gone = await goneStore.forGood(storage.reader, after, GONE_AT_ONCE)
      after = last
      for (let from = 0; from < nos.length && !signal.aborted; from += GONE_A_STEP) {
        const some = JSON.stringify(nos.slice(from, from + GONE_A_STEP))
        await write('changes.gone', tx => goneStore.removeBelongings(tx, some))
      }
    }
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

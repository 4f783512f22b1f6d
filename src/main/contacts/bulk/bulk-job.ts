import { z } from 'zod'
import type { Compliance } from '../../compliance/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { BULK_JOB } from '../changes/change-jobs.ts'
import { journalStore } from '../changes/journal-store.ts'
import { keepRefusals } from '../changes/keep-refusals.ts'
import { BulkStep } from './bulk-step.ts'
import { bulkStepStore } from './bulk-step-store.ts'
import { bulkStore } from './bulk-store.ts'

export const BulkPayload = z.object({
  changeNo: z.number(),
  contacts: z.number(),
  step: BulkStep,
  actor: z.string(),
})
export type BulkPayload = z.infer<typeof BulkPayload>

interface Parts extends DomainParts {
  readonly compliance: Compliance
  readonly changed: (over: boolean) => void
}

const ContactNos = z.array(z.number())

/**
 * The job that changes a selection, part by part. A part is done and forgotten in one transaction, so a killed job goes on
 * where it was and changes nobody twice. What is done when it is cancelled stays, and can be undone.
 */
export function bulkJob(parts: Parts): JobKind<BulkPayload> {
  const { storage, kernel, compliance, changed } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: JobRun<BulkPayload>): Promise<JobResult> {
    const { changeNo, contacts } = job.payload
    let left = await write('bulk.look', tx => bulkStore.countLeft(tx, changeNo))
    while (!job.signal.aborted && left > 0) {
      const done = await write('bulk.step', tx => nextPart(tx, job.payload))
      if (done === 0) break
      left -= done
      job.progress(contacts - left, contacts)
      changed(false)
    }
    if (job.signal.aborted && job.signal.reason !== 'cancelled')
      return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    await write('bulk.end', tx => endBulk(tx, changeNo))
    changed(true)
    return job.signal.aborted ? { kind: 'dead', reason: 'cancelled' } : { kind: 'done' }
  }

  async function nextPart(tx: Tx, { changeNo, step, actor }: BulkPayload): Promise<number> {
    const next = await bulkStore.nextPart(tx, changeNo)
    if (next === null) return 0
    const contactNos = ContactNos.parse(JSON.parse(next.contactNos))
    await bulkStepStore.apply(tx, {
      changeNo,
      step,
      contactNos,
      actor,
      now: kernel.clock.now(),
      beforeDelete: async () => keepRefusals(tx, compliance, await bulkStepStore.refusers(tx, contactNos)),
    })
    await bulkStore.removePart(tx, changeNo, next.part)
    return contactNos.length
  }

  return {
    kind: BULK_JOB,
    payload: BulkPayload,
    title: ({ step }) => TITLES[step.kind],
    link: () => '/contacts',
    canCancel: true,
    run,
  }
}

/** Ends a bulk change as it is now: what was not done yet will not be. */
export async function endBulk(tx: Tx, changeNo: number): Promise<void> {
  await bulkStore.removeParts(tx, changeNo)
  await journalStore.finish(tx, changeNo)
}

const TITLES: Readonly<Record<BulkStep['kind'], string>> = {
  set_fields: 'Edit contacts',
  set_tags: 'Change tags of contacts',
  add_to_lists: 'Put contacts on lists',
  remove_from_lists: 'Take contacts off lists',
  delete: 'Delete contacts',
}

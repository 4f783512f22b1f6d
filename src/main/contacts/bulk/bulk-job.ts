import { z } from 'zod'
import type { Compliance } from '../../compliance/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { BULK_JOB } from '../changes/change-jobs.ts'
import { changingStore } from '../changes/changing-store.ts'
import { bringIndexesBack, takeIndexesAway } from '../changes/indexes-away.ts'
import { journalStore } from '../changes/journal-store.ts'
import { keepRefusals } from '../changes/keep-refusals.ts'
import { nextStepRows } from '../import/engine/step-size.ts'
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

/** How many contacts a part of a selection has. */
export const CONTACTS_A_PART = 500
const STEP = { first: 1000, fewest: CONTACTS_A_PART, most: 8000 }

/**
 * The job that changes a selection, some parts at a time, as many as sending can wait for. A part is done and forgotten in one transaction, so a killed job goes on
 * where it was and changes nobody twice. What is done when it is cancelled stays, and can be undone.
 */
export function bulkJob(parts: Parts): JobKind<BulkPayload> {
  const { storage, kernel, compliance, changed } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: JobRun<BulkPayload>): Promise<JobResult> {
    const { changeNo, step } = job.payload
    const isStopping = (): boolean => job.signal.aborted && job.signal.reason === 'stopping'
    try {
      const left = await bulkStore.countLeft(storage.reader, changeNo)
      await takeIndexesAway(storage, { contacts: step.kind === 'delete' ? left : 0, needsPhones: false })
      await changeAll(job, left)
    } finally {
      // What is stopped goes on with the next start.
      if (!isStopping()) await bringIndexesBack(storage)
    }
    if (isStopping()) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    await write('bulk.end', tx => endBulk(tx, changeNo))
    changed(true)
    return job.signal.aborted ? { kind: 'dead', reason: 'cancelled' } : { kind: 'done' }
  }

  async function changeAll(job: JobRun<BulkPayload>, waiting: number): Promise<void> {
    const { contacts } = job.payload
    let mostRows = STEP.first
    for (let left = waiting; left > 0 && !job.signal.aborted; ) {
      // An import looks contacts up by what a deletion may have taken away.
      if (await changingStore.isImporting(storage.reader)) await bringIndexesBack(storage)
      const mostParts = Math.max(1, Math.floor(mostRows / CONTACTS_A_PART))
      let begun = 0
      const done = await write('bulk.step', tx => {
        begun = kernel.clock.now()
        return nextParts(tx, job.payload, mostParts)
      })
      if (done === 0) return
      // With the commit, which takes as long again as the rest.
      if (done >= mostParts * CONTACTS_A_PART) mostRows = nextStepRows(mostRows, kernel.clock.now() - begun, STEP)
      left -= done
      job.progress(contacts - left, contacts)
      changed(false)
    }
  }

  async function nextParts(tx: Tx, { changeNo, step, actor }: BulkPayload, most: number): Promise<number> {
    const next = await bulkStore.nextParts(tx, changeNo, most)
    const last = next.at(-1)
    if (last === undefined) return 0
    const contactNos = next.flatMap(part => ContactNos.parse(JSON.parse(part.contactNos)))
    await bulkStepStore.apply(tx, {
      changeNo,
      step,
      contactNos,
      actor,
      now: kernel.clock.now(),
      beforeDelete: async () => keepRefusals(tx, compliance, await bulkStepStore.refusers(tx, contactNos)),
    })
    await bulkStore.removePartsTo(tx, changeNo, last.part)
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

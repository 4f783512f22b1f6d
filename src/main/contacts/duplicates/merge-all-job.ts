import { z } from 'zod'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { journalStore } from '../changes/journal-store.ts'
import { contactView } from '../contact-view.ts'
import { duplicateStore } from './duplicate-store.ts'
import { groupOf } from './group-view.ts'
import { type MergeParts, mergePeople } from './merge-people.ts'

/** The kind of job that merges every sure group; its subject is the id of the change. */
export const MERGE_JOB = 'contacts.merge_duplicates'

export const MergePayload = z.object({
  changeNo: z.number(),
  least: z.number(),
  groups: z.number(),
  actor: z.string(),
})
export type MergePayload = z.infer<typeof MergePayload>

/**
 * The job that merges groups as suggested, one in a transaction, the surest first. A merged group is gone in the same
 * transaction, so a killed job goes on with the next one.
 */
export function mergeAllJob(parts: DomainParts & MergeParts, changed: (over: boolean) => void): JobKind<MergePayload> {
  const { storage, kernel } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function next(tx: Tx, { changeNo, least, actor }: MergePayload): Promise<boolean> {
    const [row] = await duplicateStore.best(tx, least, 0, 1)
    if (!row) return false
    const { contacts, suggestion } = await groupOf(
      row,
      ids => duplicateStore.idsOf(tx, ids),
      id => contactView(tx, id),
    )
    await duplicateStore.removeGroup(tx, row.no)
    if (suggestion === null) return true
    const otherIds = contacts.map(({ id }) => id).filter(id => id !== suggestion.survivorId)
    await mergePeople(tx, parts, { changeNo, plan: suggestion, otherIds, actor })
    return true
  }

  async function run(job: JobRun<MergePayload>): Promise<JobResult> {
    const { groups, changeNo } = job.payload
    for (let done = 0; !job.signal.aborted; done++) {
      if (!(await write('duplicates.merge', tx => next(tx, job.payload)))) break
      job.progress(Math.min(done + 1, groups), groups)
      changed(false)
    }
    if (job.signal.aborted && job.signal.reason !== 'cancelled') {
      return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    }
    await write('duplicates.merged', tx => journalStore.finish(tx, changeNo))
    changed(true)
    return job.signal.aborted ? { kind: 'dead', reason: 'cancelled' } : { kind: 'done' }
  }

  return {
    kind: MERGE_JOB,
    payload: MergePayload,
    title: () => 'Merge duplicate contacts',
    link: () => '/duplicates',
    canCancel: true,
    run,
  }
}

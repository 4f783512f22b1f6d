import { z } from 'zod'
import type { Compliance } from '../../compliance/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { nextStepRows } from '../import/engine/step-size.ts'
import { PLACE_JOB } from '../import/places/place-job.ts'
import { placeStore } from '../import/places/place-store.ts'
import { UNDO_JOB } from './change-jobs.ts'
import { type ChangeRow, changeStore } from './change-store.ts'
import { changingStore } from './changing-store.ts'
import { bringIndexesBack, takeIndexesAway } from './indexes-away.ts'
import { keepRefusals } from './keep-refusals.ts'
import { removeMade } from './remove-made.ts'
import { restoreStore } from './restore-store.ts'
import { undoStepStore } from './undo-step-store.ts'

/**
 * What a change did beside contacts, such as orders that it added. `undo` takes some of it back in the given transaction,
 * before any contact, and is called again until it returns 0; `recreated` hears which contacts are there again who were gone;
 * `ended` is called once, with the end of the undo.
 */
export interface UndoPart {
  undo(tx: Tx, changeNo: number): Promise<number>
  recreated(tx: Tx, contactNos: readonly number[]): Promise<void>
  ended(tx: Tx, change: { readonly kind: string }): Promise<void>
}

const STEP = { first: 500, fewest: 250, most: 8000 }

interface Parts extends DomainParts {
  readonly compliance: Compliance
  readonly undoParts: readonly UndoPart[]
  /** Tells windows that the change moved on, or is over. */
  readonly changed: (id: string, over: boolean) => void
}

export const UndoPayload = z.object({ changeId: z.string(), kind: z.string(), keepChanged: z.boolean() })
export type UndoPayload = z.infer<typeof UndoPayload>

/**
 * The job that takes a change back, a few hundred contacts in a transaction, in order of their numbers. Who is handled is
 * forgotten in the same transaction, so a killed undo goes on where it was.
 */
export function undoJob(parts: Parts): JobKind<UndoPayload> {
  const { storage, kernel, jobs, compliance, undoParts, changed } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: JobRun<UndoPayload>): Promise<JobResult> {
    const change = await changeStore.find(storage.reader, job.subject)
    if (change?.state !== 'undoing') return { kind: 'done' }
    try {
      return await takeAllBack(job, change)
    } finally {
      // Nobody knows when an undo that was cancelled goes on; one that is stopped goes on with the next start.
      if (job.signal.reason !== 'stopping') await bringIndexesBack(storage)
    }
  }

  async function takeAllBack(job: JobRun<UndoPayload>, change: ChangeRow): Promise<JobResult> {
    // Who comes or goes changes every index; tags and lists change none.
    const contacts = change.kind === 'import' || change.kind === 'delete' ? change.contacts - change.restored : 0
    await takeIndexesAway(storage, { contacts, needsPhones: change.kind === 'delete' })
    for (const part of undoParts) await takePartBack(job, part, change.no)
    await pass(job, change, false)
    // An address may be free by now that somebody had who was herself taken back later.
    let freed = 0
    do freed = await pass(job, change, true)
    while (freed > 0)
    if (job.signal.aborted) {
      await write('undo.places', addPlaceJob)
      changed(change.id, true)
      return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    }
    await removeMade(storage, change.no)
    await bringIndexesBack(storage)
    await write('undo.end', async tx => {
      await addPlaceJob(tx)
      for (const part of undoParts) await part.ended(tx, change)
      await changeStore.endUndo(tx, change.no, kernel.clock.now())
    })
    changed(change.id, true)
    return { kind: 'done' }
  }

  /** Leaves the places of contacts that are gone to a job. */
  async function addPlaceJob(tx: Tx): Promise<void> {
    if (!(await placeStore.hasGone(tx))) return
    await jobs.add(tx, { kind: PLACE_JOB, subject: 'contacts', payload: {}, dueAt: kernel.clock.now() })
  }

  async function takePartBack(job: JobRun<UndoPayload>, part: UndoPart, changeNo: number): Promise<void> {
    let undone = 0
    do undone = await write('undo.part', tx => part.undo(tx, changeNo))
    while (undone > 0 && !job.signal.aborted)
  }

  /** Goes over the contacts of the change once; returns how many were put back or taken away. */
  async function pass(job: JobRun<UndoPayload>, change: ChangeRow, retry: boolean): Promise<number> {
    const { keepChanged } = job.payload
    let afterNo = 0
    let mostRows = STEP.first
    let restored = 0
    let seen = 0
    while (!job.signal.aborted) {
      // An import looks contacts up by what an undo may have taken away.
      if (await changingStore.isImporting(storage.reader)) await bringIndexesBack(storage)
      const step = { changeNo: change.no, afterNo, mostRows, keepChanged, retry }
      const result = await write('undo.step', tx => takeBack(tx, change, step))
      if (result.rows === 0) break
      // With the commit, which takes as long again as the rest.
      if (result.rows === mostRows) mostRows = nextStepRows(mostRows, kernel.clock.now() - result.begun, STEP)
      afterNo = result.lastNo
      restored += result.restored
      seen += result.rows
      if (!retry) job.progress(change.restored + seen, change.contacts)
      changed(change.id, false)
    }
    return restored
  }

  async function takeBack(tx: Tx, change: ChangeRow, step: Parameters<typeof undoStepStore.take>[1]) {
    const begun = kernel.clock.now()
    const { rows, lastNo } = await undoStepStore.take(tx, step)
    if (rows === 0) return { rows, lastNo, restored: 0, begun }
    await undoStepStore.judge(tx, step)
    const outcome = await undoStepStore.outcome(tx)
    if (outcome.deleted > 0) {
      await keepRefusals(tx, compliance, await undoStepStore.refusers(tx))
      await restoreStore.removeCreated(tx)
    }
    if (outcome.back > 0) {
      await restoreStore.restoreContacts(tx)
      await restoreStore.restoreAspects(tx, change)
      await restoreStore.keepUnsubscribed(tx, change.madeAt)
      await restoreStore.dropKeptRefusals(tx, change.madeAt)
      await restoreStore.freeOlderChanges(tx, change.no)
    }
    const restored = await undoStepStore.settle(tx, change.no, outcome)
    if (outcome.recreated > 0) {
      const recreated = await undoStepStore.recreated(tx)
      for (const part of undoParts) await part.recreated(tx, recreated)
    }
    return { rows, lastNo, restored, begun }
  }

  return {
    kind: UNDO_JOB,
    payload: UndoPayload,
    title: ({ kind }) => `Undo ${TITLES[kind] ?? 'a change'}`,
    link: () => null,
    canCancel: true,
    run,
  }
}

const TITLES: Readonly<Record<string, string>> = {
  import: 'an import',
  orders: 'an import of orders',
  edit: 'an edit of contacts',
  tags: 'a change of tags',
  lists: 'a change of lists',
  delete: 'a deletion of contacts',
  merge: 'a merge of contacts',
}

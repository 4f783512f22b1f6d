import type { z } from 'zod'
import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { BulkAction, BulkBegun, ContactSelection } from '../../../shared/contract/contact-bulk.ts'
import { AppError } from '../../../shared/contract/failure.ts'
import type { Accounts, AuditEntry } from '../../accounts/index.ts'
import type { Compliance } from '../../compliance/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { BULK_JOB } from '../changes/change-jobs.ts'
import { editTitle } from '../changes/edit-title.ts'
import { journalStore } from '../changes/journal-store.ts'
import { keepRefusals } from '../changes/keep-refusals.ts'
import { madeStore } from '../changes/made-store.ts'
import { bulkJob, CONTACTS_A_PART, endBulk } from './bulk-job.ts'
import type { BulkStep } from './bulk-step.ts'
import { bulkStepStore } from './bulk-step-store.ts'
import { type BulkPart, bulkStore } from './bulk-store.ts'
import { resolveAction } from './resolve-action.ts'

/** Changes to many contacts, each one change that can be undone. */
export interface BulkChanges {
  /** Changes a selection in the background. Who is selected is settled when this returns. */
  begin(selection: ContactSelection, action: BulkAction, actor: string): Promise<z.input<typeof BulkBegun>>
  /** Changes a few contacts at once; `changeId` is null when nobody was changed. */
  atOnce(wish: AtOnce): Promise<{ readonly changed: number; readonly changeId: string | null }>
}

export interface AtOnce {
  readonly ids: readonly string[]
  readonly action: BulkAction
  readonly actor: string
  /** The line of the audit trail, written with the last of the changes. */
  readonly audit: (changed: number) => Omit<AuditEntry, 'actor'>
}

interface Begun {
  readonly changeNo: number
  readonly step: BulkStep
}

/** How far a change at once is. */
interface Course {
  readonly begun: Begun | null
  readonly changed: number
  readonly canUndo: boolean
}

interface Parts extends DomainParts {
  readonly accounts: Accounts
  readonly compliance: Compliance
}

const EVENTS_EVERY_MS = 500

/** Registers the job of bulk changes. */
export function createBulkChanges(parts: Parts): BulkChanges {
  const { kernel, storage, jobs, scheduler, accounts, compliance } = parts
  let lastEvent = 0
  const changed = (over: boolean): void => {
    const now = kernel.clock.now()
    if (!over && now - lastEvent < EVENTS_EVERY_MS) return
    lastEvent = now
    for (const entity of ['contact', 'change'] as const) kernel.events.publish({ kind: 'changed', entity, ids: [] })
    if (!over) return
    for (const entity of ['list', 'tag'] as const) kernel.events.publish({ kind: 'changed', entity, ids: [] })
  }
  jobs.register(bulkJob({ ...parts, changed }))

  async function select(selection: ContactSelection): Promise<{ parts: readonly BulkPart[]; contacts: number }> {
    if (selection.kind === 'ids') return bulkStore.selectIds(storage.reader, selection.ids, CONTACTS_A_PART)
    const { filter, except, expected } = selection
    const options = { size: CONTACTS_A_PART, now: kernel.clock.now() }
    const found = await bulkStore.select(storage.reader, filter, except, options)
    if (expected !== null && found.contacts !== expected) {
      throw new AppError(
        'conflict',
        `${found.contacts} contacts match by now; you were shown ${expected}. Look at them again, then repeat it.`,
        { expected, found: found.contacts },
      )
    }
    return found
  }

  /** Begins a change, with what its step is made of. */
  async function beginChange(tx: Tx, id: string, action: BulkAction, actor: string): Promise<Begun> {
    const newest = await madeStore.newest(tx)
    const step = await resolveAction(tx, action, { accounts, ids: kernel.ids })
    const change = { id, kind: KINDS[action.kind], title: titleOf(action), actor, now: kernel.clock.now() }
    const changeNo = await journalStore.begin(tx, change)
    await madeStore.note(tx, changeNo, newest)
    return { changeNo, step }
  }

  /** Changes the contacts from `from` on, as many as belong in one transaction. */
  function changeSome(wish: AtOnce, changeId: string, from: number, course: Course): Promise<Course> {
    const { ids, action, actor, audit } = wish
    return transaction(
      storage.db,
      async tx => {
        const begun = course.begun ?? (await beginChange(tx, changeId, action, actor))
        const contactNos = await bulkStepStore.numbersOf(tx, ids.slice(from, from + CONTACTS_A_PART))
        const some = await bulkStepStore.apply(tx, {
          ...begun,
          contactNos,
          actor,
          now: kernel.clock.now(),
          beforeDelete: async () => keepRefusals(tx, compliance, await bulkStepStore.refusers(tx, contactNos)),
        })
        const changed = course.changed + some
        if (from + CONTACTS_A_PART < ids.length) return { begun, changed, canUndo: false }
        await accounts.audit(tx, { ...audit(changed), actor })
        return { begun, changed, canUndo: await journalStore.finish(tx, begun.changeNo) }
      },
      { name: `contact.${action.kind}` },
    )
  }

  return {
    async begin(selection, action, actor) {
      const { parts: selected, contacts } = await select(selection)
      if (contacts === 0) throw new AppError('conflict', 'Nobody is selected any more. Look at the contacts again.')
      const changeId = kernel.ids.next()
      const jobId = await transaction(
        storage.db,
        async tx => {
          for (const changeNo of await bulkStore.abandoned(tx)) await endBulk(tx, changeNo)
          const { step, changeNo } = await beginChange(tx, changeId, action, actor)
          await bulkStore.addParts(tx, changeNo, selected)
          await accounts.audit(tx, {
            actor,
            action: 'contact.bulk_changed',
            entity: 'change',
            entityId: changeId,
            data: { kind: action.kind, contacts },
          })
          const payload = { changeNo, contacts, step, actor }
          return jobs.add(tx, { kind: BULK_JOB, subject: changeId, payload, dueAt: kernel.clock.now() })
        },
        { name: 'contact.bulk' },
      )
      scheduler.wake()
      return { jobId, changeId, contacts }
    },

    async atOnce(wish) {
      const changeId = kernel.ids.next()
      let course: Course = { begun: null, changed: 0, canUndo: false }
      for (let from = 0; from < wish.ids.length; from += CONTACTS_A_PART)
        course = await changeSome(wish, changeId, from, course)
      return { changed: course.changed, changeId: course.canUndo ? changeId : null }
    },
  }
}

const KINDS: Readonly<Record<BulkAction['kind'], ChangeKind>> = {
  set_fields: 'edit',
  set_tags: 'tags',
  add_to_lists: 'lists',
  remove_from_lists: 'lists',
  delete: 'delete',
}

function titleOf(action: BulkAction): string {
  switch (action.kind) {
    case 'set_fields':
      return editTitle(action.fields)
    case 'set_tags':
      return [
        ...(action.add.length > 0 ? [`Tagged ${action.add.join(', ')}`] : []),
        ...(action.remove.length > 0 ? [`Untagged ${action.remove.join(', ')}`] : []),
      ].join('; ')
    case 'add_to_lists':
      return 'Put on a list'
    case 'remove_from_lists':
      return 'Taken off a list'
    case 'delete':
      return 'Deletion of contacts'
  }
}

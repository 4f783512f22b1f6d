import { AppError } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { Handlers } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import { journalStore } from '../changes/journal-store.ts'
import type { ContactParts } from '../contact-edits.ts'
import { contactView } from '../contact-view.ts'
import type { Figures } from '../scores/figures.ts'
import { duplicateStore } from './duplicate-store.ts'
import { FIND_JOB, FIND_SUBJECT, findJob } from './find-job.ts'
import { groupOf } from './group-view.ts'
import { MERGE_JOB, mergeAllJob } from './merge-all-job.ts'
import { mergePeople } from './merge-people.ts'

const EVENTS_EVERY_MS = 500

/** Registers the jobs that find and merge duplicates, and answers the contract's `duplicates`. */
export function duplicateHandlers(
  parts: ContactParts & { readonly figures: Figures },
): Handlers<(typeof contract)['duplicates']> {
  const { kernel, storage, jobs, scheduler, accounts } = parts
  let lastEvent = 0
  const tell = (): void => {
    for (const entity of ['duplicate', 'contact', 'change', 'list', 'tag'] as const) {
      kernel.events.publish({ kind: 'changed', entity, ids: [] })
    }
  }
  const changed = (over: boolean): void => {
    const now = kernel.clock.now()
    if (!over && now - lastEvent < EVENTS_EVERY_MS) return
    lastEvent = now
    tell()
  }
  jobs.register(findJob(parts, tell))
  jobs.register(mergeAllJob(parts, changed))

  return {
    async find() {
      const jobId = await transaction(
        storage.db,
        tx => jobs.add(tx, { kind: FIND_JOB, subject: FIND_SUBJECT, payload: {}, dueAt: kernel.clock.now() }),
        { name: 'duplicates.find' },
      )
      scheduler.wake()
      return { jobId }
    },

    async groups({ least, offset, limit }) {
      const { total, foundAt } = await duplicateStore.summary(storage.reader, least)
      const rows = await duplicateStore.best(storage.reader, least, offset, limit)
      const shown = []
      for (const row of rows) {
        const group = await groupOf(
          row,
          nos => duplicateStore.idsOf(storage.reader, nos),
          id => contactView(storage.reader, id),
        )
        if (group.suggestion !== null) shown.push({ ...group, suggestion: group.suggestion })
      }
      return { rows: shown, total, foundAt, jobId: await duplicateStore.searching(storage.reader, FIND_JOB) }
    },

    async dismiss({ no }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const row = await duplicateStore.group(tx, no)
          if (!row) return
          await duplicateStore.dismiss(tx, row.contacts, actor.id, kernel.clock.now())
          await duplicateStore.removeGroup(tx, no)
          const entry = { action: 'duplicates.dismissed', entity: 'contact', entityId: '' }
          await accounts.audit(tx, { ...entry, actor: actor.id, data: { contacts: row.contacts } })
        },
        { name: 'duplicates.dismiss' },
      )
      tell()
      return { done: true }
    },

    async merge({ otherIds, ...plan }, { actor }) {
      const changeId = kernel.ids.next()
      const title = otherIds.length === 1 ? 'Merge of two contacts' : `Merge of ${otherIds.length + 1} contacts`
      const contact = await transaction(
        storage.db,
        async tx => {
          const now = kernel.clock.now()
          const change = { id: changeId, kind: 'merge' as const, title, actor: actor.id, now }
          const changeNo = await journalStore.begin(tx, change)
          await mergePeople(tx, parts, { changeNo, plan, otherIds, actor: actor.id })
          await journalStore.finish(tx, changeNo)
          const entry = { action: 'contact.merged', entity: 'contact', entityId: plan.survivorId }
          await accounts.audit(tx, { ...entry, actor: actor.id, data: { changeId, merged: otherIds } })
          return contactView(tx, plan.survivorId)
        },
        { name: 'duplicates.merge' },
      )
      tell()
      return { contact, changeId }
    },

    async mergeAll({ least }, { actor }) {
      const changeId = kernel.ids.next()
      const begun = await transaction(
        storage.db,
        async tx => {
          const { total: groups } = await duplicateStore.summary(tx, least)
          if (groups === 0) throw new AppError('conflict', 'No group is that sure. Look for duplicates first.')
          const now = kernel.clock.now()
          const title = `Merge of ${groups} groups of duplicates`
          const changeNo = await journalStore.begin(tx, { id: changeId, kind: 'merge', title, actor: actor.id, now })
          const entry = { action: 'duplicates.merged', entity: 'change', entityId: changeId }
          await accounts.audit(tx, { ...entry, actor: actor.id, data: { least, groups } })
          const payload = { changeNo, least, groups, actor: actor.id }
          return { groups, jobId: await jobs.add(tx, { kind: MERGE_JOB, subject: changeId, payload, dueAt: now }) }
        },
        { name: 'duplicates.mergeAll' },
      )
      scheduler.wake()
      return { changeId, ...begun }
    },
  }
}

import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'
import { transaction } from '../storage/transaction.ts'
import { type ContactParts, contactEdits } from './contact-edits.ts'
import { exportContacts } from './contact-export.ts'
import { contactStore } from './contact-store.ts'
import { contactTableStore } from './contact-table-store.ts'
import { contactCard, contactTimeline } from './contact-view.ts'
import { tagStore } from './tag-store.ts'

/** Answers what is asked about contacts: the table, the card, changes, tags, notes and the export. */
export function contactHandlers(parts: ContactParts): Handlers<(typeof contract)['contacts']> {
  const { kernel, storage, files, accounts } = parts
  const edits = contactEdits(parts)
  const changed = (ids: readonly string[]): void =>
    kernel.events.publish({ kind: 'changed', entity: 'contact', ids: ids.length > 100 ? [] : [...ids] })

  return {
    async page({ sort, offset, limit, ...filter }) {
      const { rows, total } = await contactTableStore.page(storage.reader, filter, sort, offset, limit)
      const ids = rows.map(row => row.id)
      const tags = await tagStore.namesOf(storage.reader, ids)
      return { rows: rows.map(row => ({ ...row, tags: [...(tags.get(row.id) ?? [])] })), total }
    },

    get: ({ id }) => contactCard(storage.reader, id),

    timeline: async ({ id, limit }) => ({ entries: await contactTimeline(storage.reader, id, limit) }),

    async create(fields, { actor }) {
      const contact = await edits.create(fields, actor.id)
      changed([contact.id])
      return contact
    },

    async update({ id, changes }, { actor }) {
      const contact = await edits.update(id, changes, actor.id)
      changed([id])
      return contact
    },

    async remove({ ids }, { actor }) {
      const removed = await edits.remove(ids, actor.id)
      changed(ids)
      return { removed }
    },

    async setTags({ ids, add, remove }, { actor }) {
      if ([...add, ...remove].some(name => name.trim() === '')) {
        throw new AppError('invalid_input', 'A tag needs a name.')
      }
      await transaction(
        storage.db,
        async tx => {
          for (const name of add) await tagStore.add(tx, await tagStore.ensure(tx, name, kernel.ids.next()), ids)
          for (const name of remove) await tagStore.remove(tx, name, ids)
          await contactStore.touch(tx, ids, kernel.clock.now())
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'contact.tagged',
            entity: 'contact',
            entityId: ids.length === 1 ? (ids[0] ?? '') : '',
            data: { contacts: ids.length, add, remove },
          })
        },
        { name: 'contact.setTags' },
      )
      changed(ids)
      kernel.events.publish({ kind: 'changed', entity: 'tag', ids: [] })
      return { done: true }
    },

    async addNote({ id, body }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          if (!(await contactStore.find(tx, id))) throw notFound('contact', id)
          const note = { id: kernel.ids.next(), contactId: id, body, authorId: actor.id }
          await contactStore.addNote(tx, note, kernel.clock.now())
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'contact.noted',
            entity: 'contact',
            entityId: id,
            data: { noteId: note.id },
          })
        },
        { name: 'contact.addNote' },
      )
      changed([id])
      return { done: true }
    },

    async facets() {
      const everybody = { search: '', listId: null, tagId: null }
      const [total, lists, tags] = await Promise.all([
        contactTableStore.total(storage.reader, everybody),
        contactTableStore.lists(storage.reader),
        contactTableStore.tags(storage.reader),
      ])
      return { total, lists: [...lists], tags: [...tags] }
    },

    async export({ safeForSpreadsheets, ...filter }, { actor, signal }) {
      const day = new Date(kernel.clock.now()).toISOString().slice(0, 10)
      const request = { filter, safeForSpreadsheets, fileName: `contacts-${day}.csv`, signal }
      const { rows, ...download } = await exportContacts(storage.reader, files, request)
      await transaction(
        storage.db,
        tx =>
          accounts.audit(tx, {
            actor: actor.id,
            action: 'contact.exported',
            entity: 'contact',
            entityId: '',
            data: { rows, listId: filter.listId, tagId: filter.tagId },
          }),
        { name: 'contact.export' },
      )
      return download
    },
  }
}

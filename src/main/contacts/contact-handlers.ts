import { notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'
import { transaction } from '../storage/transaction.ts'
import type { BulkChanges } from './bulk/bulk.ts'
import { type ContactParts, contactEdits } from './contact-edits.ts'
import { contactStore } from './contact-store.ts'
import { contactCard } from './contact-view.ts'
import { tableHandlers } from './table/table-handlers.ts'
import { contactTimeline } from './timeline/timeline.ts'

/** Answers what is asked about contacts: the table with its views and exports, the card, changes, tags and notes. */
export function contactHandlers(
  parts: ContactParts & { readonly bulk: BulkChanges },
): Handlers<(typeof contract)['contacts']> {
  const { kernel, storage, accounts } = parts
  const edits = contactEdits(parts)
  const changed = (ids: readonly string[]): void =>
    kernel.events.publish({ kind: 'changed', entity: 'contact', ids: ids.length > 100 ? [] : [...ids] })

  return {
    ...tableHandlers(parts),

    get: ({ id }) => contactCard(storage.reader, id),

    timeline: asked => contactTimeline(storage.reader, asked),

    async create(fields, { actor }) {
      const contact = await edits.create(fields, actor.id)
      changed([contact.id])
      return contact
    },

    async update({ id, changes }, { actor }) {
      const contact = await edits.update(id, changes, actor.id)
      changed([id])
      kernel.events.publish({ kind: 'changed', entity: 'change', ids: [contact.changeId] })
      return contact
    },

    async remove({ ids }, { actor }) {
      const { changed: removed, changeId } = await parts.bulk.atOnce({
        ids,
        action: { kind: 'delete' },
        actor: actor.id,
        audit: count => ({
          action: 'contact.removed',
          entity: 'contact',
          entityId: ids.length === 1 ? (ids[0] ?? '') : '',
          data: { asked: ids.length, removed: count, ids: ids.slice(0, 100) },
        }),
      })
      changed(ids)
      return { removed, changeId }
    },

    async setTags({ ids, add, remove }, { actor }) {
      const { changeId } = await parts.bulk.atOnce({
        ids,
        action: { kind: 'set_tags', add, remove },
        actor: actor.id,
        audit: () => ({
          action: 'contact.tagged',
          entity: 'contact',
          entityId: ids.length === 1 ? (ids[0] ?? '') : '',
          data: { contacts: ids.length, add, remove },
        }),
      })
      changed(ids)
      kernel.events.publish({ kind: 'changed', entity: 'tag', ids: [] })
      return { done: true, changeId }
    },

    bulk: ({ selection, action }, { actor }) => parts.bulk.begin(selection, action, actor.id),

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
  }
}

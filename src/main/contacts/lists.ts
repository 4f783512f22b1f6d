import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Handlers } from '../request.ts'
import { type Reader, type Tx, transaction } from '../storage/transaction.ts'
import type { BulkChanges } from './bulk/bulk.ts'
import { listStore } from './list-store.ts'

/** Answers what is asked about lists: making, renaming, deleting them, and who is on them. */
export function listHandlers(
  parts: DomainParts & { readonly accounts: Accounts; readonly bulk: BulkChanges },
): Handlers<(typeof contract)['lists']> {
  const { kernel, storage, accounts } = parts
  const changed = (id: string): void => kernel.events.publish({ kind: 'changed', entity: 'list', ids: [id] })

  const told = (id: string, contactIds: readonly string[]): void => {
    changed(id)
    kernel.events.publish({ kind: 'changed', entity: 'contact', ids: contactIds.slice(0, 100) })
  }

  async function summary(reader: Reader, id: string) {
    const [list] = await listStore.summaries(reader, id)
    if (!list) throw notFound('list', id)
    return list
  }

  async function refuseNameInUse(tx: Tx, name: string, exceptId: string | null): Promise<void> {
    const other = await listStore.withName(tx, name)
    if (other && other.id !== exceptId) {
      throw new AppError('conflict', `There is already a list "${other.name}". Choose another name.`, {
        listId: other.id,
      })
    }
  }

  function nameFrom(raw: string): string {
    const name = raw.trim().normalize('NFC')
    if (name === '') throw new AppError('invalid_input', 'A list needs a name.')
    return name
  }

  /** Runs a change to one list with its line in the audit trail, and says afterwards that it changed. */
  async function change<R>(
    name: string,
    entry: { readonly id: string; readonly actor: string },
    work: (tx: Tx) => Promise<{ readonly result: R; readonly audited: Readonly<Record<string, unknown>> }>,
  ): Promise<R> {
    const result = await transaction(
      storage.db,
      async tx => {
        const done = await work(tx)
        await accounts.audit(tx, {
          actor: entry.actor,
          action: name,
          entity: 'list',
          entityId: entry.id,
          data: done.audited,
        })
        return done.result
      },
      { name },
    )
    changed(entry.id)
    return result
  }

  return {
    all: async () => ({ lists: [...(await listStore.summaries(storage.reader))] }),

    create({ name, description }, { actor }) {
      const id = kernel.ids.next()
      return change('list.created', { id, actor: actor.id }, async tx => {
        const list = { id, name: nameFrom(name), description }
        await refuseNameInUse(tx, list.name, null)
        await listStore.insert(tx, list, kernel.clock.now())
        return { result: await summary(tx, id), audited: { name: list.name } }
      })
    },

    rename({ id, name, description }, { actor }) {
      return change('list.renamed', { id, actor: actor.id }, async tx => {
        const list = { id, name: nameFrom(name), description }
        await refuseNameInUse(tx, list.name, id)
        if (!(await listStore.update(tx, list, kernel.clock.now()))) throw notFound('list', id)
        return { result: await summary(tx, id), audited: { name: list.name } }
      })
    },

    async remove({ id }, { actor }) {
      await change('list.removed', { id, actor: actor.id }, async tx => {
        const { name, members } = await summary(tx, id)
        await listStore.remove(tx, id)
        return { result: null, audited: { name, members } }
      })
      return { done: true }
    },

    async addMembers({ id, contactIds }, { actor }) {
      const { changed: added, changeId } = await parts.bulk.atOnce({
        ids: contactIds,
        action: { kind: 'add_to_lists', listIds: [id] },
        actor: actor.id,
        audit: count => ({
          action: 'list.members_added',
          entity: 'list',
          entityId: id,
          data: { asked: contactIds.length, added: count },
        }),
      })
      told(id, contactIds)
      return { added, changeId }
    },

    async removeMembers({ id, contactIds }, { actor }) {
      const { changed: removed, changeId } = await parts.bulk.atOnce({
        ids: contactIds,
        action: { kind: 'remove_from_lists', listIds: [id] },
        actor: actor.id,
        audit: count => ({
          action: 'list.members_removed',
          entity: 'list',
          entityId: id,
          data: { asked: contactIds.length, removed: count },
        }),
      })
      told(id, contactIds)
      return { removed, changeId }
    },
  }
}

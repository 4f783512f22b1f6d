import type { Contact } from '../../shared/contract/contacts.ts'
import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Compliance } from '../compliance/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { bulkStepStore } from './bulk/bulk-step-store.ts'
import { editTitle } from './changes/edit-title.ts'
import { journalStore } from './changes/journal-store.ts'
import { nameOf } from './contact-row.ts'
import { contactStore } from './contact-store.ts'
import { applyChanges, type ContactChanges, type ContactValues, EMPTY_CONTACT } from './contact-values.ts'
import { contactView } from './contact-view.ts'
import { valueRules } from './value-rules.ts'

export type ContactParts = DomainParts & { readonly accounts: Accounts; readonly compliance: Compliance }

/** Changes to contacts that a person makes. Each is one transaction with its line in the audit trail. */
export function contactEdits(parts: ContactParts) {
  const { kernel, storage, accounts } = parts

  const normal = async (tx: Tx, before: ContactValues, changes: ContactChanges): Promise<ContactValues> =>
    applyChanges(before, changes, await valueRules(tx, accounts))

  async function refuseEmailInUse(tx: Tx, email: string | null, id: string): Promise<void> {
    if (email === null) return
    const other = await contactStore.otherWithEmail(tx, email.toLowerCase(), id)
    if (!other) return
    throw new AppError(
      'conflict',
      `${nameOf(other)} already has this e-mail address. Change that contact, or use another address.`,
      { contactId: other.id },
    )
  }

  return {
    async create(changes: ContactChanges, actor: string): Promise<Contact> {
      const id = kernel.ids.next()
      return transaction(
        storage.db,
        async tx => {
          const values = await normal(tx, EMPTY_CONTACT, changes)
          await refuseEmailInUse(tx, values.email, id)
          await contactStore.insert(tx, id, values, 'manual', kernel.clock.now())
          await accounts.audit(tx, { actor, action: 'contact.created', entity: 'contact', entityId: id, data: {} })
          return contactView(tx, id)
        },
        { name: 'contact.create' },
      )
    },

    /** The contact as she is now, and the change that can be undone. */
    async update(id: string, changes: ContactChanges, actor: string): Promise<Contact & { readonly changeId: string }> {
      const changeId = kernel.ids.next()
      return transaction(
        storage.db,
        async tx => {
          const before = await contactStore.find(tx, id)
          if (!before) throw notFound('contact', id)
          const values = await normal(tx, before, changes)
          const moved = before.email?.toLowerCase() !== values.email?.toLowerCase()
          if (moved) await refuseEmailInUse(tx, values.email, id)
          const now = kernel.clock.now()
          const change = { id: changeId, kind: 'edit' as const, title: editTitle(changes), actor, now }
          const changeNo = await journalStore.begin(tx, change)
          const nos = await bulkStepStore.numbersOf(tx, [id])
          await journalStore.before(tx, changeNo, nos, ['fields'])
          await contactStore.update(tx, id, values, moved, now)
          await journalStore.after(tx, changeNo, nos)
          await journalStore.finish(tx, changeNo)
          await accounts.audit(tx, {
            actor,
            action: 'contact.changed',
            entity: 'contact',
            entityId: id,
            data: { fields: Object.keys(changes) },
          })
          return { ...(await contactView(tx, id)), changeId }
        },
        { name: 'contact.update' },
      )
    },
  }
}

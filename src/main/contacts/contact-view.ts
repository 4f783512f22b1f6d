import type { Contact, ContactCard } from '../../shared/contract/contacts.ts'
import { ContactId, ListId } from '../../shared/contract/define.ts'
import { notFound } from '../../shared/contract/failure.ts'
import type { Reader } from '../storage/transaction.ts'
import { cardStore } from './card-store.ts'
import { contactStore } from './contact-store.ts'
import { listStore } from './list-store.ts'
import { tagStore } from './tag-store.ts'

/** One contact with her tags; fails with `not_found`. */
export async function contactView(reader: Reader, id: string): Promise<Contact> {
  const contact = await contactStore.find(reader, id)
  if (!contact) throw notFound('contact', id)
  const tags = await tagStore.namesOf(reader, [id])
  const ownerName = await cardStore.ownerName(reader, contact.ownerId)
  return { ...contact, id: ContactId.parse(contact.id), ownerName, tags: [...(tags.get(id) ?? [])] }
}

/** One contact with memberships, consent, suppressions and notes. */
export async function contactCard(reader: Reader, id: string): Promise<ContactCard> {
  const contact = await contactView(reader, id)
  const [lists, suppressions, consents, notes] = await Promise.all([
    listStore.membershipsOf(reader, id),
    cardStore.suppressions(reader, contact),
    cardStore.consents(reader, id),
    cardStore.notes(reader, id, 200),
  ])
  return {
    contact,
    lists: lists.map(list => ({ ...list, id: ListId.parse(list.id) })),
    suppressions: suppressions.map(row => ({ ...row, contactId: contact.id })),
    consents,
    notes: notes.map(note => ({ ...note, author: note.author ?? 'Somebody' })),
  }
}

import type { Contact } from '../../../shared/contract/contacts.ts'
import { MergeField, type MergePlan } from '../../../shared/contract/duplicates.ts'

type Id = Contact['id']

const FIELDS = MergeField.exclude(['place']).options

/**
 * What to make of a group: the fullest contact stays (the one changed last among equals, then the older one), and gets what
 * she lacks from the one that was changed last and has it.
 */
export function suggestMerge(contacts: readonly Contact[]): MergePlan | null {
  const byRecency = [...contacts].sort((a, b) => b.updatedAt - a.updatedAt || a.createdAt - b.createdAt)
  const survivor = byRecency.reduce<Contact | null>(
    (best, contact) => (best === null || filled(contact) > filled(best) ? contact : best),
    null,
  )
  if (survivor === null) return null
  const fields: Partial<Record<MergeField, Id>> = {}
  for (const field of FIELDS) {
    if (isKnown(survivor[field])) continue
    const giver = byRecency.find(contact => isKnown(contact[field]))
    if (giver) fields[field] = giver.id
  }
  if (survivor.latitude === null) {
    const giver = byRecency.find(contact => contact.latitude !== null && contact.longitude !== null)
    if (giver) fields.place = giver.id
  }
  return { survivorId: survivor.id, fields }
}

function filled(contact: Contact): number {
  return FIELDS.filter(field => isKnown(contact[field])).length + Object.keys(contact.custom).length / 10
}

function isKnown(value: string | null): boolean {
  return value !== null && value !== ''
}

import type { Contact } from '../../../shared/contract/contacts.ts'
import { MergeField, type MergePlan } from '../../../shared/contract/duplicates.ts'

/** One field of a group: what each contact has, in the order of the contacts. */
export interface MergeLine {
  readonly field: MergeField
  readonly values: readonly string[]
  /** Whether there is anything to choose. */
  readonly differs: boolean
}

/** What contacts have, for every field that one of them has; what differs comes first. */
export function mergeLines(contacts: readonly Contact[]): readonly MergeLine[] {
  const lines = MergeField.options.map(field => {
    const values = contacts.map(contact => shown(contact, field))
    return { field, values, differs: new Set(values).size > 1 }
  })
  return lines
    .filter(({ values }) => values.some(value => value !== ''))
    .sort((a, b) => Number(b.differs) - Number(a.differs))
}

/** Whose value of a field a plan takes. */
export function takenFrom(plan: MergePlan, field: MergeField): Contact['id'] {
  return plan.fields[field] ?? plan.survivorId
}

/** The plan with another contact staying: values that were hers by being the one who stays are still taken from the old one. */
export function withSurvivor(plan: MergePlan, survivorId: Contact['id'], contacts: readonly Contact[]): MergePlan {
  const fields: MergePlan['fields'] = {}
  for (const { field, values, differs } of mergeLines(contacts)) {
    if (!differs) continue
    const owner = contacts.findIndex(({ id }) => id === survivorId)
    const from = values[owner] === '' ? takenFrom(plan, field) : survivorId
    if (from !== survivorId) fields[field] = from
  }
  return { survivorId, fields }
}

/** The plan with the value of one field taken from a contact. */
export function withField(plan: MergePlan, field: MergeField, id: Contact['id']): MergePlan {
  const { [field]: _before, ...fields } = plan.fields
  return { ...plan, fields: id === plan.survivorId ? fields : { ...fields, [field]: id } }
}

function shown(contact: Contact, field: MergeField): string {
  if (field === 'ownerId') return contact.ownerName
  if (field !== 'place') return contact[field] ?? ''
  return contact.latitude === null || contact.longitude === null ? '' : `${contact.latitude}, ${contact.longitude}`
}

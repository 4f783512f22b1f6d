import type { Contact, ContactFields } from '../../../shared/contract/contacts.ts'
import { MemberId } from '../../../shared/contract/define.ts'

const TEXTS = [
  'firstName',
  'lastName',
  'company',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'leadStatus',
  'leadQuality',
] as const
const NULLABLE = ['email', 'phone', 'timeZone', 'language', 'birthday'] as const
type Text = (typeof TEXTS)[number]
type Nullable = (typeof NULLABLE)[number]

/** The profile as text fields; what is not known is empty. */
export type ProfileFields = Record<Text | Nullable | 'ownerId', string>

/** The text fields of a contact. */
export function fieldsOf(contact: Contact): ProfileFields {
  return {
    firstName: contact.firstName,
    lastName: contact.lastName,
    company: contact.company,
    email: contact.email ?? '',
    phone: contact.phone ?? '',
    street: contact.street,
    city: contact.city,
    region: contact.region,
    postalCode: contact.postalCode,
    country: contact.country,
    timeZone: contact.timeZone ?? '',
    language: contact.language ?? '',
    birthday: contact.birthday ?? '',
    leadStatus: contact.leadStatus,
    leadQuality: contact.leadQuality,
    ownerId: contact.ownerId ?? '',
  }
}

/** What a person changed, as the application takes it: blanks are trimmed, and what is not known is empty, or null. */
export function changesOf(before: ProfileFields, after: ProfileFields): Partial<ContactFields> {
  const texts: Partial<Record<Text, string>> = {}
  const nullable: Partial<Record<Nullable, string | null>> = {}
  for (const name of TEXTS) {
    if (after[name].trim() !== before[name]) texts[name] = after[name].trim()
  }
  for (const name of NULLABLE) {
    if (after[name].trim() !== before[name]) nullable[name] = after[name].trim() || null
  }
  if (after.ownerId === before.ownerId) return { ...texts, ...nullable }
  return { ...texts, ...nullable, ownerId: after.ownerId === '' ? null : MemberId.parse(after.ownerId) }
}

import { z } from 'zod'
import { ContactFields } from '../../shared/contract/contacts.ts'
import { MemberId } from '../../shared/contract/define.ts'
import type { Tables } from '../storage/tables.ts'
import type { ContactValues } from './contact-values.ts'

/** Columns of a contact that a card or an export shows. */
export const CONTACT_COLUMNS = [
  'id',
  'first_name',
  'last_name',
  'company',
  'email',
  'phone',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'latitude',
  'longitude',
  'time_zone',
  'language',
  'birthday',
  'source',
  'lead_status',
  'lead_quality',
  'lead_score',
  'socials',
  'custom',
  'created_at',
  'updated_at',
  'last_activity_at',
  'owner_id',
] as const

export type ContactRecord = Pick<Tables['contacts'], (typeof CONTACT_COLUMNS)[number]>

/** A contact as stored, with what the application keeps about it itself. */
export interface StoredContact extends ContactValues {
  readonly id: string
  readonly source: string
  readonly leadScore: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly lastActivityAt: number | null
}

const Socials = ContactFields.shape.socials
const Custom = ContactFields.shape.custom
const Json = z.string().transform((text): unknown => JSON.parse(text))
const SocialsText = Json.pipe(Socials)
const CustomText = Json.pipe(Custom)

/** A row of the contacts table as a contact. */
export function fromRow(row: ContactRecord): StoredContact {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    company: row.company,
    email: row.email,
    phone: row.phone,
    street: row.street,
    city: row.city,
    region: row.region,
    postalCode: row.postal_code,
    country: row.country,
    latitude: row.latitude,
    longitude: row.longitude,
    timeZone: row.time_zone,
    language: row.language,
    birthday: row.birthday,
    source: row.source,
    leadStatus: row.lead_status,
    leadQuality: row.lead_quality,
    ownerId: row.owner_id === null ? null : MemberId.parse(row.owner_id),
    leadScore: row.lead_score,
    socials: SocialsText.parse(row.socials),
    custom: CustomText.parse(row.custom),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastActivityAt: row.last_activity_at,
  }
}

/** The columns that hold a contact's values. The key of the e-mail address is the address in lower case. */
export function toColumns(values: ContactValues) {
  return {
    first_name: values.firstName,
    last_name: values.lastName,
    company: values.company,
    email: values.email,
    email_key: values.email === null ? null : values.email.toLowerCase(),
    phone: values.phone,
    street: values.street,
    city: values.city,
    region: values.region,
    postal_code: values.postalCode,
    country: values.country,
    latitude: values.latitude,
    longitude: values.longitude,
    time_zone: values.timeZone,
    language: values.language,
    birthday: values.birthday,
    lead_status: values.leadStatus,
    lead_quality: values.leadQuality,
    owner_id: values.ownerId,
    socials: JSON.stringify(values.socials),
    custom: JSON.stringify(values.custom),
  }
}

/** What a contact is called: her name, else the company, else the address. */
export function nameOf(contact: Pick<StoredContact, 'firstName' | 'lastName' | 'company' | 'email' | 'phone'>): string {
  const name = `${contact.firstName} ${contact.lastName}`.trim()
  return name || contact.company || contact.email || contact.phone || 'Unnamed'
}

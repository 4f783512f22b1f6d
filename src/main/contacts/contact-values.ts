import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { ContactFields } from '../../shared/contract/contacts.ts'
import { AppError } from '../../shared/contract/failure.ts'
import { readEmail } from '../../shared/domain/email-address.ts'
import { type CustomField, normalCustomValue } from './custom-value.ts'

/** What a person typed about a contact: any part of it. */
export type ContactChanges = { readonly [K in keyof ContactFields]?: ContactFields[K] | undefined }

/** What the values are read by. */
export interface ValueRules {
  /** Where phone numbers without a country code belong, ISO 3166-1 alpha-2. */
  readonly country: string
  readonly customFields: readonly CustomField[]
  /** Ids of the members who can own contacts. */
  readonly owners: ReadonlySet<string>
}

/** Every value of a contact in its normal form; nothing is undefined. */
export type ContactValues = ContactFields

/** A contact about whom nothing is known. */
export const EMPTY_CONTACT: ContactValues = {
  firstName: '',
  lastName: '',
  company: '',
  email: null,
  phone: null,
  street: '',
  city: '',
  region: '',
  postalCode: '',
  country: '',
  latitude: null,
  longitude: null,
  timeZone: null,
  language: null,
  birthday: null,
  leadStatus: '',
  leadQuality: '',
  ownerId: null,
  socials: {},
  custom: {},
}

/** The contact as it would be stored after the changes, as `normalValues`; she needs an address to be written to. */
export function applyChanges(before: ContactValues, changes: ContactChanges, rules: ValueRules): ContactValues {
  const after = normalValues(before, changes, rules)
  if (after.email === null && after.phone === null) {
    throw new AppError('invalid_input', 'A contact needs an e-mail address or a phone number. Fill in at least one.')
  }
  return after
}

/**
 * The values after the changes: trimmed, addresses and numbers in normal form. Fails with `invalid_input` that names the
 * field and says what is expected. Values that did not change are not judged again.
 */
export function normalValues(before: ContactValues, changes: ContactChanges, rules: ValueRules): ContactValues {
  const text = (key: TextKey): string => changes[key]?.trim().normalize('NFC') ?? before[key]
  const country = normalCountry(text('country'))
  return {
    firstName: text('firstName'),
    lastName: text('lastName'),
    company: text('company'),
    email: changes.email === undefined || changes.email === before.email ? before.email : normalEmail(changes.email),
    phone:
      changes.phone === undefined || changes.phone === before.phone
        ? before.phone
        : normalPhone(changes.phone, country, rules.country),
    street: text('street'),
    city: text('city'),
    region: text('region'),
    postalCode: text('postalCode'),
    country,
    latitude: changes.latitude === undefined ? before.latitude : changes.latitude,
    longitude: changes.longitude === undefined ? before.longitude : changes.longitude,
    timeZone:
      changes.timeZone === undefined || changes.timeZone === before.timeZone
        ? before.timeZone
        : normalTimeZone(changes.timeZone),
    language:
      changes.language === undefined || changes.language === before.language
        ? before.language
        : normalLanguage(changes.language),
    birthday:
      changes.birthday === undefined || changes.birthday === before.birthday
        ? before.birthday
        : normalBirthday(changes.birthday),
    leadStatus: text('leadStatus'),
    leadQuality: text('leadQuality'),
    ownerId:
      changes.ownerId === undefined || changes.ownerId === before.ownerId
        ? before.ownerId
        : knownOwner(changes.ownerId, rules),
    socials: changes.socials === undefined ? before.socials : normalSocials(changes.socials),
    custom: changes.custom === undefined ? before.custom : normalCustom(before.custom, changes.custom, rules),
  }
}

type TextKey =
  | 'firstName'
  | 'lastName'
  | 'company'
  | 'street'
  | 'city'
  | 'region'
  | 'postalCode'
  | 'country'
  | 'leadStatus'
  | 'leadQuality'

function refuse(field: keyof ContactFields, message: string): AppError {
  return new AppError('invalid_input', message, { field })
}

function normalEmail(raw: string | null): string | null {
  if (raw === null || raw.trim() === '') return null
  const reading = readEmail(raw)
  if (reading.kind === 'address') return reading.address
  throw refuse('email', 'That is not an e-mail address. Write it as name@example.org.')
}

function normalPhone(raw: string | null, contactCountry: string, workspaceCountry: string): string | null {
  if (raw === null || raw.trim() === '') return null
  const country = isSupportedCountry(contactCountry) ? contactCountry : workspaceCountry
  const parsed = parsePhoneNumberFromString(raw, isSupportedCountry(country) ? country : undefined)
  if (parsed?.isValid()) return parsed.number
  throw refuse('phone', 'That is not a phone number. Write it with its country code, such as +1 202 555 0123.')
}

/** Two letters are a country code; anything else is kept as it was written. */
function normalCountry(raw: string): string {
  return /^[A-Za-z]{2}$/.test(raw) ? raw.toUpperCase() : raw
}

function normalTimeZone(raw: string | null): string | null {
  if (raw === null || raw.trim() === '') return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone: raw.trim() }).resolvedOptions().timeZone
  } catch {
    throw refuse('timeZone', 'That time zone is not known. Write it as Area/City, such as Europe/Berlin.')
  }
}

function normalLanguage(raw: string | null): string | null {
  if (raw === null || raw.trim() === '') return null
  try {
    return Intl.getCanonicalLocales(raw.trim().replaceAll('_', '-'))[0] ?? null
  } catch {
    throw refuse('language', 'That language is not known. Write it as a code, such as en, de-AT or pt-BR.')
  }
}

function normalBirthday(raw: string | null): string | null {
  if (raw === null) return null
  // 31 February becomes 3 March when it is read, so a date is real when it comes back as it was written.
  const read = new Date(`${raw}T00:00:00Z`)
  if (!Number.isNaN(read.getTime()) && read.toISOString().startsWith(raw)) return raw
  throw refuse('birthday', 'That day does not exist. Write the birthday as year-month-day, such as 1985-04-23.')
}

function knownOwner(id: ContactFields['ownerId'], { owners }: ValueRules): ContactFields['ownerId'] {
  if (id === null || owners.has(id)) return id
  throw refuse('ownerId', 'That person is not a member of this workspace. Choose a member, or nobody.')
}

function normalSocials(raw: ContactFields['socials']): ContactFields['socials'] {
  const kept = Object.entries(raw).map(([network, handle]) => [network.trim().toLowerCase(), handle.trim()] as const)
  return Object.fromEntries(kept.filter(([network, handle]) => network !== '' && handle !== ''))
}

function normalCustom(
  before: ContactFields['custom'],
  changes: ContactFields['custom'],
  rules: ValueRules,
): ContactFields['custom'] {
  const after = new Map(Object.entries(before))
  for (const [key, raw] of Object.entries(changes)) {
    const field = rules.customFields.find(known => known.key === key)
    if (!field) throw refuse('custom', `There is no custom field "${key}". Make it by importing a file that has it.`)
    const value = normalCustomValue(field, raw)
    if (value === null) after.delete(key)
    else after.set(key, value)
  }
  return Object.fromEntries(after)
}

import type { ContactDraft } from './checked-row.ts'

const PLAIN = [
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'latitude',
  'longitude',
  'timeZone',
  'language',
  'birthday',
  'leadStatus',
  'leadQuality',
  'note',
] as const

/** The values of a contact as they would be stored, by the name of the target, for people to read. */
export function previewOf(draft: ContactDraft): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const field of PLAIN) {
    const value = draft[field]
    if (value !== null && value !== '') shown[field] = String(value)
  }
  for (const [network, handle] of Object.entries(draft.socials ?? {})) shown[`social:${network}`] = handle
  for (const [key, value] of Object.entries(draft.custom ?? {})) shown[`custom:${key}`] = String(value)
  for (const [source, id] of draft.externalIds ?? []) shown[`external:${source}`] = id
  if (draft.tags) shown['tags'] = draft.tags.join(', ')
  return shown
}

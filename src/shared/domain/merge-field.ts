/** A value that every workspace has for templates. */
export interface StandardField {
  readonly name: string
  readonly label: string
  readonly group: 'contact' | 'sender' | 'campaign'
  readonly aliases: readonly string[]
  readonly example: string
}

const contact = (name: string, label: string, example: string, aliases: readonly string[] = []): StandardField => ({
  name,
  label,
  group: 'contact',
  aliases,
  example,
})
const sender = (name: string, label: string, example: string, aliases: readonly string[] = []): StandardField => ({
  name,
  label,
  group: 'sender',
  aliases,
  example,
})
const campaign = (name: string, label: string, example: string, aliases: readonly string[] = []): StandardField => ({
  name,
  label,
  group: 'campaign',
  aliases,
  example,
})

/** The fields that templates can always use, under the name that the documentation shows; aliases mean the same. */
export const STANDARD_FIELDS: readonly StandardField[] = [
  contact('first_name', 'First name', 'Maria', ['firstName', 'firstname', 'name', 'given_name']),
  contact('last_name', 'Last name', 'Lopez', ['lastName', 'lastname', 'surname', 'family_name']),
  contact('full_name', 'Full name', 'Maria Lopez', ['fullName', 'fullname', 'contact_name']),
  contact('email', 'E-mail', 'maria.lopez@example.com', ['email_address', 'emailAddress', 'e_mail']),
  contact('phone', 'Phone', '+15555550123', ['phone_number', 'phoneNumber', 'mobile']),
  contact('company', 'Company', 'Lopez Bakery', ['company_name', 'companyName']),
  contact('street', 'Street', '12 Orchard Road'),
  contact('city', 'City', 'Santa Ana', ['town']),
  contact('region', 'State or region', 'CA', ['state', 'province']),
  contact('postal_code', 'Postal code', '92701', ['postalCode', 'zip', 'zip_code', 'zipCode', 'postcode']),
  contact('country', 'Country', 'US'),
  contact('language', 'Language', 'en'),
  contact('birthday', 'Birthday', '1988-04-17', ['date_of_birth', 'birth_date']),
  contact('time_zone', 'Time zone', 'America/Los_Angeles', ['timeZone', 'timezone']),
  contact('lead_status', 'Lead status', 'new', ['leadStatus']),
  contact('lead_score', 'Lead score', '42', ['leadScore']),
  contact('source', 'Source', 'import'),
  contact('tags', 'Tags', 'newsletter, vip'),
  sender('organisation', 'Your organisation', 'Riverside Books', ['organization', 'sender_organisation']),
  sender('postal_address', 'Your postal address', '1 Harbour Street, Springfield', [
    'postalAddress',
    'sender_postal_address',
  ]),
  sender('sender_name', 'Name of the sender', 'Anna of Riverside Books', ['senderName', 'from_name', 'fromName']),
  sender('sender_address', 'Address of the sender', 'hello@example.com', [
    'senderAddress',
    'from_address',
    'from_email',
  ]),
  sender('currency', 'Currency of the workspace', 'USD'),
  campaign('unsubscribe_url', 'Unsubscribe link', 'mailto:hello@example.com?subject=unsubscribe', [
    'unsubscribeUrl',
    'unsubscribe',
    'unsubscribe_link',
    'unsubscribeLink',
  ]),
  campaign('campaign_name', 'Name of the campaign', 'Spring news', ['campaignName']),
  campaign('today', 'Day of sending', '2026-03-20', ['current_date']),
  campaign('current_year', 'Year of sending', '2026', ['currentYear', 'year']),
]

const CANONICAL: ReadonlyMap<string, string> = new Map(
  STANDARD_FIELDS.flatMap(field => [field.name, ...field.aliases].map((name): [string, string] => [name, field.name])),
)

/** The documented name of a standard field, whichever way it was written; null when it is none. */
export function standardName(written: string): string | null {
  return CANONICAL.get(written) ?? null
}

/** The name by which templates use a custom field: its key, or `custom.KEY` where a standard field has that name. */
export function customFieldName(key: string): string {
  return CANONICAL.has(key) || !/^[A-Za-z][\w-]*$/.test(key) ? `custom.${key}` : key
}

/** The one name of a field however it was written: aliases, `custom.KEY` and `contact.NAME` are understood. */
export function mergeFieldName(written: string): string {
  if (written.startsWith('custom.')) return customFieldName(written.slice('custom.'.length))
  const bare = written.startsWith('contact.') ? written.slice('contact.'.length) : written
  return CANONICAL.get(bare) ?? bare
}

/** Whether a merge value counts as missing, so that a fallback stands in. Zero and false are values. */
export function isMissing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}

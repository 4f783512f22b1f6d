import { type RawBuilder, sql } from 'kysely'
import type { TextColumn } from '../../../shared/contract/contact-filter.ts'

// Written out as literals: only what is in this closed list becomes a name in a statement.
const TEXT_COLUMNS: Readonly<Record<TextColumn, RawBuilder<unknown>>> = {
  firstName: sql`contacts.first_name`,
  lastName: sql`contacts.last_name`,
  company: sql`contacts.company`,
  email: sql`contacts.email`,
  phone: sql`contacts.phone`,
  street: sql`contacts.street`,
  city: sql`contacts.city`,
  region: sql`contacts.region`,
  postalCode: sql`contacts.postal_code`,
  country: sql`contacts.country`,
  timeZone: sql`contacts.time_zone`,
  language: sql`contacts.language`,
  source: sql`contacts.source`,
  leadStatus: sql`contacts.lead_status`,
  leadQuality: sql`contacts.lead_quality`,
}

/** A text column of the contact table, or the text of a custom field (null when a contact has none). */
export function textColumn(column: string): RawBuilder<unknown> {
  const known = Object.entries(TEXT_COLUMNS).find(([name]) => name === column)
  return known ? known[1] : customColumn(column)
}

/** The value of a custom field, spelled as in the indexes that are made for it, so that they are used. */
export function customColumn(column: string): RawBuilder<unknown> {
  const key = /^custom:([a-z][a-z0-9_]{0,58})$/.exec(column)?.[1]
  if (key === undefined) throw new Error(`there is no column ${column}`)
  return sql`json_extract(contacts.custom, ${sql.lit(`$.${key}`)})`
}

// Two blanks around every word: " an" is the beginning of a word, "  a" finds what begins with one letter.
/** The names of a contact as the search index holds them. */
export const NAMES_TEXT = sql`('  ' || replace(contacts.first_name || ' ' || contacts.last_name || ' ' || contacts.company, ' ', '  ') || '  ')`
/** E-mail address, phone number and city of a contact as the search index holds them. */
export const REST_TEXT = sql`('  ' || coalesce(contacts.email, '') || '  ' || coalesce(contacts.phone, '') || '  ' || replace(contacts.city, ' ', '  ') || '  ')`

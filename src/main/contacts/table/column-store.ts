import { type RawBuilder, sql } from 'kysely'
import type { TextColumn } from '../../../shared/contract/contact-filter.ts'
import { lengthOf, plainText } from './folded-letters.ts'
import { glob } from './search-terms.ts'

/** A piece of SQL that holds or does not, or has a value. Only stores look into it. */
export type Condition = RawBuilder<unknown>

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

/** How a text is compared: whether it holds a part, begins with it, or is it. */
export type TextMatch = 'contains' | 'starts_with' | 'equals'

/**
 * Compares a text without regard to case and accents. Most texts are plain ASCII and are compared as such, which is twenty
 * times as fast as the pattern that knows every way of writing a letter (28 s against 1.5 s over a million).
 */
export function textMatches(text: RawBuilder<unknown>, match: TextMatch, part: string): RawBuilder<unknown> {
  const plain = plainText(part)
  const pattern = match === 'contains' ? `*${glob(part)}*` : match === 'starts_with' ? `${glob(part)}*` : glob(part)
  const asAscii =
    match === 'contains'
      ? sql`instr(lower(${text}), ${plain}) > 0`
      : match === 'starts_with'
        ? sql`substr(lower(${text}), 1, ${lengthOf(plain)}) = ${plain}`
        : sql`lower(${text}) = ${plain}`
  return sql`case when length(${text}) = octet_length(${text}) then ${asAscii} else ${text} glob ${pattern} end`
}

import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../../src/main/storage/transaction.ts'

type Rows = readonly Record<string, unknown>[]
/** Everything that is stored about contacts. */
export type StoredContacts = Readonly<Record<string, Rows>>

const QUESTIONS: Readonly<Record<string, RawBuilder<Record<string, unknown>>>> = {
  // Revisions only ever go up, and the derived figures follow by themselves.
  contacts: sql`select no, id, first_name, last_name, company, email, email_key, twin, phone, street, city, region,
    postal_code, country, latitude, longitude, time_zone, language, birthday, source, lead_status, lead_quality, socials,
    custom, created_at, updated_at, owner_id from contacts order by no`,
  places: sql`select no from contact_places order by no`,
  tags: sql`select contact_no, tag_no from contact_tags order by contact_no, tag_no`,
  lists: sql`select list_no, contact_no, status, added_at, added_by, source, changed_at from list_members
    order by contact_no, list_no`,
  notes: sql`select id, contact_no, body, author_id, created_at from notes order by id`,
  consents: sql`select seq, contact_no, channel, status, basis, source, evidence, at, actor from consents order by seq`,
  externals: sql`select source, external_id, contact_no from contact_external_ids order by source, external_id`,
  aliases: sql`select old_id, old_no, contact_no, change_no from contact_aliases order by old_id`,
  orders: sql`select no, contact_no from orders order by no`,
  events: sql`select no, contact_no from contact_events order by no`,
  segments: sql`select segment_no, contact_no, entered_at from segment_members order by segment_no, contact_no`,
}

/** Reads everything about all contacts, to be compared with another time. */
export async function contactsOf(reader: Reader): Promise<StoredContacts> {
  const stored: Record<string, Rows> = {}
  for (const [name, question] of Object.entries(QUESTIONS)) stored[name] = (await question.execute(reader)).rows
  return stored
}

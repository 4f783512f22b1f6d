import { sql } from 'kysely'
import type { Reader } from '../../../storage/transaction.ts'

/** The SQL that finds the contacts whom rows of a file are recognised as. */
export const knownStore = {
  /**
   * The known ones among these rows, as a JSON array of `KnownContact`. `asked` is a JSON array of [ident, ids]: the ident is
   * `e` and an e-mail key, or `p` and a phone number; the ids are null or pairs of source and id in another system, by which
   * somebody is recognised whose address is not known. SQLite writes the text, so that a check of a million rows costs the
   * main thread next to nothing.
   */
  async lookUp(reader: Reader, asked: string): Promise<string> {
    const { rows } = await sql<{ known: string }>`
      with asked as (select value ->> 0 as ident, value -> 1 as ids from json_each(${asked})),
      found as materialized (select ident, coalesce(case when ident >= 'p'
          then (select no from contacts where phone = substr(ident, 2) order by contacts.no limit 1)
          else (select no from contacts where email_key = substr(ident, 2) order by contacts.twin limit 1)
        end, (select held.contact_no from json_each(ids) pair cross join contact_external_ids held
          on held.source = pair.value ->> 0 and held.external_id = pair.value ->> 1
          order by pair.key limit 1)) as no from asked)
      select json_group_array(json_object('ident', found.ident, 'id', c.id, 'email', c.email, 'phone', c.phone,
        'firstName', c.first_name, 'lastName', c.last_name, 'company', c.company, 'street', c.street, 'city', c.city,
        'region', c.region, 'postalCode', c.postal_code, 'country', c.country, 'latitude', c.latitude,
        'longitude', c.longitude, 'timeZone', c.time_zone, 'language', c.language, 'birthday', c.birthday,
        'leadStatus', c.lead_status, 'leadQuality', c.lead_quality, 'socials', json(c.socials),
        'custom', json(c.custom))) as known
      from found join contacts c on c.no = found.no`.execute(reader)
    return rows[0]?.known ?? '[]'
  },
}

import { sql } from 'kysely'
import type { Reader } from '../../../storage/transaction.ts'

/** The SQL that finds the contacts whom rows of a file are recognised as. */
export const knownStore = {
  /**
   * The known ones among these idents (a JSON array; each `e` and an e-mail key, or `p` and a phone number), as a JSON array
   * of `KnownContact`. SQLite writes the text, so that a check of a million rows costs the main thread next to nothing.
   */
  async lookUp(reader: Reader, idents: string): Promise<string> {
    const { rows } = await sql<{ known: string }>`
      with found as materialized (
        select asked.value as ident, case when asked.value >= 'p'
          then (select no from contacts where phone = substr(asked.value, 2) order by contacts.no limit 1)
          else (select no from contacts where email_key = substr(asked.value, 2) order by contacts.twin limit 1)
        end as no from json_each(${idents}) as asked)
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

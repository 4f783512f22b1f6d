import { sql } from 'kysely'
import type { Db } from '../../src/main/storage/transaction.ts'

/** Writes contacts `from` to `to` as an import does, in one statement and without telling anybody: Ann and Bo in turn. */
export async function addManyContacts(db: Db, from: number, to: number): Promise<void> {
  await sql`
    with recursive n (i) as (select ${from} union all select i + 1 from n where i < ${to})
    insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, phone, street, city, region,
      postal_code, country, latitude, longitude, time_zone, language, birthday, source, lead_status, lead_quality,
      lead_score, socials, custom, created_at, updated_at, last_activity_at)
    select printf('01900000-0000-7000-8000-%012d', i), 1, case when i % 2 then 'Ann' else 'Bo' end, printf('Family%06d', i),
      '', printf('p%d@example.org', i), printf('p%d@example.org', i), 0, null, '', 'Berlin', '', '', 'DE', null, null, null,
      null, null, 'import', '', '', i % 100, '{}', '{}', 1700000000000 + i, 1700000000000 + i, null
    from n`.execute(db)
}

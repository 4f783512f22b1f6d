import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '../../src/main/kernel/clock.ts'
import { openConnection } from '../../src/main/storage/connection.ts'
import { openStorage } from '../../src/main/storage/database.ts'

const BENCH_FOLDER = '/tmp/tidings-bench'
// Raise it when the rows or the tables change: files of before are made again.
const VERSION = 3

/** The moment at which the rules of the benchmark are asked. */
export const NOW = Date.parse('2026-11-20T12:00:00Z')

const DAY = 86_400_000
const START = NOW - 1095 * DAY

/** A whole number from 0 to below `below` that is the same for the same `i` and `salt`, and looks like chance. */
const chance = (i: string, salt: number, below: number | string): string =>
  `(((${i} * 2654435761 + ${salt} * 40503) % 4294967296 * 48271 % 2147483647) % ${below})`

function fill(size: number): readonly string[] {
  const n = `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${size})`
  const many = (rows: number): string =>
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${rows})`
  // Two in five have bought, some of them often.
  const buyer = `(1 + ${chance('i', 31, size)} * 2 / 5 * 5 / 2 % ${size})`
  return [
    `${n} insert into contacts (no, id, revision, first_name, last_name, company, email, email_key, twin, phone, street, city,
      region, postal_code, country, latitude, longitude, time_zone, language, birthday, source, lead_status, lead_quality,
      lead_score, socials, custom, created_at, updated_at, last_activity_at)
    select i, printf('01900000-0000-7000-8000-%012d', i), 1,
      case ${chance('i', 1, 12)} when 0 then 'Anna' when 1 then 'Zoë' when 2 then 'Mohammed' when 3 then 'Giovanni' when 4 then 'Mary'
        when 5 then 'John' when 6 then 'Hannah' when 7 then 'Ingrid' when 8 then 'Pedro' when 9 then 'Joanna' else 'Li' end,
      printf('Family%06d', ${chance('i', 2, 200_003)}), case ${chance('i', 3, 3)} when 0 then printf('Firm %d GmbH', ${chance('i', 4, 5000)}) else '' end,
      case when ${chance('i', 5, 50)} then printf('person%d@%s', i, domain) end,
      case when ${chance('i', 5, 50)} then printf('person%d@%s', i, domain) end, 0,
      case when ${chance('i', 6, 3)} then printf('+1202%07d', i) end,
      printf('Street %d', i % 900), case when ${chance('i', 7, 12)} then printf('City %d', ${chance('i', 8, 400)}) else '' end,
      printf('Region %d', ${chance('i', 8, 40)}), printf('%05d', ${chance('i', 9, 90_000)}),
      case when ${chance('i', 10, 10)} < 4 then 'US' when ${chance('i', 10, 10)} < 6 then 'DE' when ${chance('i', 10, 10)} < 7 then 'FR'
        when ${chance('i', 10, 10)} < 8 then 'GB' when ${chance('i', 10, 10)} < 9 then 'IT' else '' end,
      case when ${chance('i', 11, 10)} then 36 + ${chance('i', 12, 2_000_000)} / 100000.0 end,
      case when ${chance('i', 11, 10)} then -10 + ${chance('i', 13, 4_000_000)} / 100000.0 end,
      null, case ${chance('i', 14, 4)} when 0 then 'de' when 1 then 'en' else null end,
      case when ${chance('i', 15, 5)} < 3 then printf('%04d-%02d-%02d', 1950 + ${chance('i', 16, 55)}, 1 + ${chance('i', 17, 12)}, 1 + ${chance('i', 18, 28)}) end,
      'import', case ${chance('i', 19, 8)} when 0 then 'new' when 1 then 'contacted' when 2 then 'qualified' else '' end,
      case ${chance('i', 20, 4)} when 0 then 'hot' when 1 then 'warm' else '' end, ${chance('i', 21, 101)}, '{}',
      json_object('plan', case ${chance('i', 22, 10)} when 0 then 'pro' when 1 then 'team' else 'free' end,
        'seats', ${chance('i', 23, 200)}, 'renewal', date(${NOW / 1000} + (${chance('i', 24, 730)} - 365) * 86400, 'unixepoch')),
      ${START} + ${chance('i', 25, 1095)} * ${DAY} + i % 86400000, ${START}, null
    from (select i, case ${chance('i', 26, 5)} when 0 then 'gmail.com' when 1 then 'example.org' else printf('firm%d.com', ${chance('i', 27, 3000)}) end as domain from n)`,
    "insert into tags (no, id, name, name_key) values (1,'t1','vip','vip'),(2,'t2','webinar','webinar'),(3,'t3','press','press')",
    `${n} insert into contact_tags (tag_no, contact_no) select 1, i from n where ${chance('i', 41, 100)} < 3`,
    `${n} insert into contact_tags (tag_no, contact_no) select 2, i from n where ${chance('i', 42, 100)} < 15`,
    `${n} insert into contact_tags (tag_no, contact_no) select 3, i from n where ${chance('i', 43, 1000)} < 2`,
    `insert into lists (no, id, name, name_key, description, created_at, updated_at) values (1,'l1','News','news','',0,0),(2,'l2','Fair','fair','',0,0)`,
    `${n} insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
      select 1, i, case when ${chance('i', 52, 20)} then 'active' else 'unsubscribed' end, 0, '', '', 0 from n where ${chance('i', 51, 10)} < 6`,
    `${n} insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
      select 2, i, 'active', 0, '', '', 0 from n where ${chance('i', 53, 100)} < 4`,
    `${n} insert into consents (contact_no, channel, status, basis, source, evidence, at, actor)
      select i, 'email', case when ${chance('i', 62, 10)} then 'granted' else 'withdrawn' end, '', '', '', 0, '' from n where ${chance('i', 61, 2)}`,
    `insert into suppressions (channel, address_key, reason, source, contact_id, campaign_id, note, created_at)
      select 'email', email_key, 'unsubscribe', '', null, null, '', 0 from contacts where email_key is not null and no % 50 = 7`,
    `insert into custom_fields (key, label, type, options, created_at) values ('plan','Plan','text','[]',0),('seats','Seats','number','[]',0),('renewal','Renewal','date','[]',0)`,
    `${many(size * 3)} insert into orders (no, id, source, external_id, contact_no, at, currency, value_minor, status, change_no)
      select i, printf('o%010d', i), 'shop', printf('%010d', i), ${buyer}, ${START} + ${chance('i', 32, 1095)} * ${DAY} + i % 86400000, 'EUR',
        500 + ${chance('i', 33, 30_000)}, case when ${chance('i', 34, 40)} then 'paid' else 'refunded' end, null from n`,
    `${many(size * 3)} insert into order_items (order_no, position, sku, name, category, quantity, value_minor)
      select i, 0, printf('SKU-%04d', ${chance('i', 35, 2000)}), printf('Product %d', ${chance('i', 35, 2000)}), printf('Category %d', ${chance('i', 35, 40)}), 1, 500 from n`,
    `insert into order_totals (contact_no, currency, orders, value_minor, first_at, last_at)
      select contact_no, currency, count(*), sum(value_minor), min(at), max(at) from orders where status = 'paid' group by 1, 2`,
    `insert into campaigns (id, name, channel, status, draft, frozen, sender_id, send_at, plan_state, plan_cursor, audience_size,
        status_reason, is_sample, created_by, created_at, updated_at, started_at, completed_at)
      select printf('k%d', value), printf('Campaign %d', value), 'email', 'completed', '{}', null, null, null, 'done', '', 0, '', 0, '', 0, 0, 0, 0
      from json_each('[${Array.from({ length: 40 }, (_, k) => k).join(',')}]')`,
    `${many(size * 5)} insert into contact_events (no, contact_no, kind, name, at, campaign_id, properties, event_key)
      select i, 1 + ${chance('i', 71, size)}, kind, case kind when 'custom' then 'trial' else '' end,
        ${START} + ${chance('i', 72, 1095)} * ${DAY} + i % 86400000, case kind when 'custom' then null else printf('k%d', ${chance('i', 73, 40)}) end,
        case kind when 'custom' then json_object('plan', case ${chance('i', 75, 3)} when 0 then 'pro' else 'free' end) else '{}' end, printf('%010d', i)
      from (select i, case when ${chance('i', 74, 100)} < 55 then 'sent' when ${chance('i', 74, 100)} < 85 then 'opened'
        when ${chance('i', 74, 100)} < 95 then 'clicked' when ${chance('i', 74, 100)} < 97 then 'replied' else 'custom' end as kind from n)`,
    `insert into contact_activity (contact_no, kind, name, events, first_at, last_at)
      select contact_no, kind, name, count(*), min(at), max(at) from contact_events group by 1, 2, 3`,
    `insert into engagement (contact_no, raw, raw_at, heat, last_at)
      select contact_no, events * 2.0, last_at, log2(events * 2.0) + last_at / 86400000.0 / 30, last_at
      from contact_activity where kind = 'opened'`,
  ]
}

/** The folder of a workspace with `size` contacts, three times as many orders and five times as many events; made when it is not there. */
export async function segmentFile(size: number): Promise<string> {
  const folder = join(BENCH_FOLDER, `segments-${size}-v${VERSION}`)
  const isDone = await stat(join(folder, 'complete')).then(
    () => true,
    () => false,
  )
  if (isDone) return folder
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const storage = await openStorage(folder, systemClock())
  await storage.close()
  const connection = await openConnection(join(folder, 'tidings.db'), 'create')
  await connection.exec(
    'pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -400000; pragma temp_store = memory;',
  )
  const filled =
    "('contacts', 'contact_tags', 'list_members', 'consents', 'orders', 'order_items', 'order_totals', 'contact_events', 'contact_activity', 'engagement')"
  const later = await connection.all(
    `select name, sql, type from sqlite_schema where type in ('index', 'trigger') and sql is not null and tbl_name in ${filled}`,
    [],
  )
  for (const { name, type } of later) await connection.exec(`drop ${String(type)} ${String(name)}`)
  for (const statement of fill(size)) await connection.run(statement, [])
  for (const { sql } of later) await connection.exec(String(sql))
  await connection.exec(`insert into contact_places
    select no, latitude, latitude, longitude, longitude from contacts where latitude is not null and longitude is not null`)
  await connection.exec('pragma wal_checkpoint(truncate)')
  await connection.close()
  await writeFile(join(folder, 'complete'), '')
  return folder
}

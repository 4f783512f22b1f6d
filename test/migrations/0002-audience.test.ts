import { join } from 'node:path'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { type Connection, openConnection } from '../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../src/main/storage/dialect.ts'
import { migrate } from '../../src/main/storage/migrate.ts'
import { migrations } from '../../src/main/storage/migrations/index.ts'
import type { Tables } from '../../src/main/storage/tables.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { TestClock } from '../support/test-clock.ts'

const clock = new TestClock('2026-03-01T12:00Z')

const CONTACT = `insert into contacts (id, revision, first_name, last_name, company, twin, street, city, region, postal_code, country,
  latitude, longitude, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at)
  values (?, 1, 'Ann', 'Lee', '', 0, '', '', '', '', '', ?, ?, 'test', '', '', 0, '{}', '{}', 0, 0)`

/** Runs `work` on a workspace that came from the first shape to the newest with a contact, her tag and her note. */
async function migrated(work: (file: Connection) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const file = await openConnection(join(folder, 'tidings.db'), 'create')
  const db = new Kysely<Tables>({ dialect: sqliteDialect(file, 'writer') })
  await migrate(db, folder, migrations.slice(0, 1), clock)
  await file.run(CONTACT, ['ann', null, null])
  await file.run("insert into tags (id, name, name_key) values ('t', 'VIP', 'vip')", [])
  await file.run('insert into contact_tags (tag_no, contact_no) values (1, 1)', [])
  await file.run("insert into notes values ('n', 1, 'Met in Rome', 'owner', 0)", [])
  await migrate(db, folder, migrations, clock)
  await work(file)
  await db.destroy()
}

test('what was there before the tables of the audience is kept', async () => {
  await migrated(async file => {
    expect(
      await file.all(
        `select c.no, c.id, c.revision, t.name, n.body from contacts c join contact_tags ct on ct.contact_no = c.no
          join tags t on t.no = ct.tag_no join notes n on n.contact_no = c.no`,
        [],
      ),
    ).toEqual([{ no: 1, id: 'ann', revision: 1, name: 'VIP', body: 'Met in Rome' }])
    expect(await file.all('select name from schema_versions order by name', [])).toEqual(
      migrations.map(({ name }) => ({ name })),
    )
    expect(await file.all('pragma foreign_key_check', [])).toEqual([])
  })
})

test('the index of places follows the contacts', async () => {
  await migrated(async file => {
    const places = () => file.all('select no, min_latitude, max_longitude from contact_places order by no', [])
    expect(await places()).toEqual([])
    await file.run(CONTACT, ['bob', 50, 8])
    await file.run("update contacts set latitude = 40, longitude = -74 where id = 'ann'", [])
    expect(await places()).toEqual([
      { no: 1, min_latitude: 40, max_longitude: -74 },
      { no: 2, min_latitude: 50, max_longitude: 8 },
    ])
    await file.run("update contacts set latitude = 41 where id = 'ann'", [])
    await file.run("update contacts set latitude = null where id = 'bob'", [])
    expect(await places()).toEqual([{ no: 1, min_latitude: 41, max_longitude: -74 }])
    await file.run("delete from contacts where id = 'ann'", [])
    expect(await places()).toEqual([])
  })
})

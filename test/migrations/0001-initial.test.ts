import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openConnection } from '../../src/main/storage/connection.ts'
import { openStorage } from '../../src/main/storage/database.ts'
import { schemaOf } from '../support/schema.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { TestClock } from '../support/test-clock.ts'

const clock = new TestClock('2026-03-01T12:00Z')

async function freshFile(): Promise<string> {
  const folder = await temporaryFolder()
  await (await openStorage(folder, clock)).close()
  return join(folder, 'tidings.db')
}

test('a new workspace has the shape that is checked in', async () => {
  await expect(await schemaOf(await freshFile())).toMatchFileSnapshot('schema.sql')
})

test('every table of our own is strict, so that a value of another kind is refused', async () => {
  const file = await openConnection(await freshFile(), 'readonly')
  const tables = await file.all("select name, strict, type from pragma_table_list where schema = 'main'", [])
  await file.close()
  const loose = tables.filter(
    ({ name, strict, type }) => type === 'table' && strict === 0 && !String(name).startsWith('sqlite_'),
  )
  expect(loose).toEqual([])
})

test('nothing in the file reads the clock by itself', async () => {
  expect(await schemaOf(await freshFile())).not.toMatch(/current_(timestamp|date|time)|strftime|unixepoch|datetime\(/i)
})

test('every foreign key leads to a table with an index on what it names', async () => {
  const file = await openConnection(await freshFile(), 'readonly')
  expect(await file.all('pragma foreign_key_check', [])).toEqual([])
  await file.close()
})

test('a message is there once for a campaign and a contact, however often it is planned', async () => {
  const folder = await temporaryFolder()
  const storage = await openStorage(folder, clock)
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_schema where type = 'table' and name = 'messages'`.execute(storage.reader)
  await storage.close()
  expect(rows[0]?.sql.replaceAll(/\s+/g, ' ')).toMatch(/unique ?\(campaign_id, contact_id/i)
})

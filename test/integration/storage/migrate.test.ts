import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openConnection } from '../../../src/main/storage/connection.ts'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import type { Migration } from '../../../src/main/storage/migrations/migration.ts'
import { schemaOf } from '../../support/schema.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { TestClock } from '../../support/test-clock.ts'

const clock = new TestClock('2026-03-01T12:00Z')
const first: Migration = {
  name: '0001-first',
  async up(tx) {
    await tx.run('create table things (id text primary key, n integer not null) strict')
    await tx.run('insert into things values (?, ?)', ['kept', 1])
  },
}
const second: Migration = { name: '0002-second', up: tx => tx.run('alter table things add column m integer') }
const failing: Migration = {
  name: '0002-failing',
  async up(tx) {
    await tx.run('alter table things add column half integer')
    await tx.run('update things set n = 99')
    await tx.run('this is not SQL')
  },
}

async function rowsOf(storage: Storage): Promise<unknown> {
  return (await sql`select * from things`.execute(storage.reader)).rows
}

test('each step runs once, in order, and is remembered with the time', async () => {
  const folder = await temporaryFolder()
  await (await openStorage(folder, clock, [first])).close()
  const storage = await openStorage(folder, clock, [first, second])
  expect(await rowsOf(storage)).toEqual([{ id: 'kept', n: 1, m: null }])
  const { rows } = await sql`select * from schema_versions order by name`.execute(storage.reader)
  expect(rows).toEqual([
    { name: '0001-first', applied_at: clock.now() },
    { name: '0002-second', applied_at: clock.now() },
  ])
  await storage.close()
})

test('a step that fails half way leaves the file as it was', async () => {
  const folder = await temporaryFolder()
  await (await openStorage(folder, clock, [first])).close()
  const before = await schemaOf(join(folder, 'tidings.db'))
  await expect(openStorage(folder, clock, [first, failing])).rejects.toThrow(/syntax error/)
  expect(await schemaOf(join(folder, 'tidings.db'))).toBe(before)
  const storage = await openStorage(folder, clock, [first])
  expect(await rowsOf(storage)).toEqual([{ id: 'kept', n: 1 }])
  await storage.close()
})

test('a copy is made before a file changes its shape, and not when there is nothing to change', async () => {
  const folder = await temporaryFolder()
  const backups = join(folder, 'backups')
  await (await openStorage(folder, clock, [first])).close()
  await expect(readdir(backups)).rejects.toThrow(/ENOENT/)
  await (await openStorage(folder, clock, [first, second])).close()
  await (await openStorage(folder, clock, [first, second])).close()
  expect(await readdir(backups)).toEqual(['tidings-2026-03-01T12-00-00-000Z.db'])
  const copy = await openConnection(join(backups, 'tidings-2026-03-01T12-00-00-000Z.db'), 'readonly')
  expect(await copy.all('select * from things', [])).toEqual([{ id: 'kept', n: 1 }])
  await copy.close()
})

test('a file from a newer version is refused and left alone', async () => {
  const folder = await temporaryFolder()
  await (await openStorage(folder, clock, [first, second])).close()
  const before = await schemaOf(join(folder, 'tidings.db'))
  await expect(openStorage(folder, clock, [first])).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'from_future', newer: ['0002-second'] },
  })
  expect(await schemaOf(join(folder, 'tidings.db'))).toBe(before)
})

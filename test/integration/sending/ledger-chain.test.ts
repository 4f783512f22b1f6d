import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'
import { ledgerStore } from '../../../src/main/sending/ledger-store.ts'
import { openStorage } from '../../../src/main/storage/database.ts'
import { m0007Sending } from '../../../src/main/storage/migrations/0007-sending.ts'
import { migrations } from '../../../src/main/storage/migrations/index.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { verifyLedger } from '../../../src/verify/verify-ledger.ts'
import { createTestApp } from '../../support/create-test-app.ts'
import { secondConnection } from '../../support/second-connection.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { TestClock } from '../../support/test-clock.ts'

const entry = (key: string, text = '') => ({
  kind: 'opened' as const,
  campaignId: null,
  messageId: null,
  contactId: null,
  at: 1_700_000_000_000,
  eventKey: key,
  data: { text },
})

const series = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, n) => n))

async function emptyStorage(folder: string) {
  const storage = await openStorage(folder, new TestClock('2026-03-02T09:00:00Z'))
  return { storage, [Symbol.asyncDispose]: () => storage.close() }
}

async function seals(folder: string) {
  const { checks } = await verifyLedger(join(folder, 'tidings.db'), null)
  return checks.find(check => check.name.includes('seal'))
}

test('what is appended is sealed, whatever its text, and a known key is neither written nor sealed again', async () => {
  const folder = await temporaryFolder()
  await using opened = await emptyStorage(folder)
  const { storage } = opened
  const texts = ['plain', 'Grüße, 你好 🎉', '"quoted" \\ and \u0000 \u001f \u2028', 'lone \ud800 surrogate', '']
  await transaction(storage.db, async tx => {
    await ledgerStore.append(
      tx,
      texts.map((text, n) => entry(`a${n}`, text)),
    )
    await ledgerStore.append(tx, [entry('a1', 'again'), entry('b'), entry('b', 'twice')])
  })
  await transaction(storage.db, tx => ledgerStore.append(tx, [entry('a1', 'again')]))
  expect(await seals(folder)).toMatchObject({ ok: true, rows: texts.length + 1 })
})

test('what a statement appends is sealed in parts, in the same transaction', async () => {
  const folder = await temporaryFolder()
  await using opened = await emptyStorage(folder)
  const { storage } = opened
  await transaction(storage.db, tx =>
    ledgerStore.appendFrom(
      tx,
      sql`select 5, 'opened', null, null, null, 'k' || value, '{}' from json_each(${series(12_000)}) where true`,
    ),
  )
  expect(await seals(folder)).toMatchObject({ ok: true, rows: 12_000 })
  const counted = await sql<{ n: number }>`select count(*) as n from ledger_seals`.execute(storage.reader)
  expect(counted.rows).toEqual([{ n: 3 }])
})

test('what a transaction that fails appended leaves no seal', async () => {
  const folder = await temporaryFolder()
  await using opened = await emptyStorage(folder)
  const { storage } = opened
  const failing = transaction(storage.db, async tx => {
    await ledgerStore.append(tx, [entry('lost')])
    throw new Error('after the seal')
  })
  await expect(failing).rejects.toThrow('after the seal')
  await transaction(storage.db, tx => ledgerStore.append(tx, [entry('kept')]))
  expect(await seals(folder)).toMatchObject({ ok: true, rows: 1 })
})

test('a seal can be neither changed nor deleted', async () => {
  const folder = await temporaryFolder()
  await using opened = await emptyStorage(folder)
  const { db } = opened.storage
  await transaction(db, tx => ledgerStore.append(tx, [entry('a')]))
  await expect(db.executeQuery(CompiledQuery.raw(`update ledger_seals set hash = ''`))).rejects.toThrow('never changed')
  await expect(db.executeQuery(CompiledQuery.raw('delete from ledger_seals'))).rejects.toThrow('never deleted')
})

test('the chain holds with the sample, without it, and with a second one', async () => {
  const folder = await temporaryFolder()
  await using test = await createTestApp({ folder })
  await using second = await secondConnection(folder)
  const file = join(folder, 'tidings.db')
  await transaction(second.db, tx => ledgerStore.append(tx, [entry('before')]))
  await test.client.workspace.loadSample({})
  expect(await verifyLedger(file, null)).toMatchObject({ ok: true })
  await transaction(second.db, tx => ledgerStore.append(tx, [entry('between')]))
  const { head } = await verifyLedger(file, null)
  await test.client.workspace.removeSample({})
  expect(await verifyLedger(file, head)).toMatchObject({ ok: true })
  await test.client.workspace.loadSample({})
  await transaction(second.db, tx => ledgerStore.append(tx, [entry('after')]))
  expect(await verifyLedger(file, head)).toMatchObject({ ok: true })
  expect(await test.client.workspace.verifyLedger({})).toMatchObject({ ok: true })
})

test('rows that are older than the seals are sealed by the migration', async () => {
  const folder = await temporaryFolder()
  const clock = new TestClock('2026-03-02T09:00:00Z')
  const before = await openStorage(folder, clock, migrations.slice(0, migrations.indexOf(m0007Sending)))
  await before.db.executeQuery(
    CompiledQuery.raw(
      `insert into ledger (at, kind, event_key, data)
      select 5, 'opened', 'k' || value, '{"text":"Grüße"}' from json_each(?)`,
      [series(7000)],
    ),
  )
  await before.close()
  const after = await openStorage(folder, clock)
  await transaction(after.db, tx => ledgerStore.append(tx, [entry('new')]))
  await after.close()
  expect(await seals(folder)).toMatchObject({ ok: true, rows: 7001 })
})

test('one file inserts into the ledger, and it seals', () => {
  const source = join(import.meta.dirname, '..', '..', '..', 'src', 'main')
  const writers = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.includes('migrations'))
    .filter(file =>
      /insert\s+(or\s+\w+\s+)?into\s+ledger\b|insertInto\(\s*'ledger'/i.test(readFileSync(join(source, file), 'utf8')),
    )
  expect(writers.map(file => file.replaceAll('\\', '/'))).toEqual(['sending/ledger-store.ts'])
})

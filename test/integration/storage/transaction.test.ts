import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { TestClock } from '../../support/test-clock.ts'

async function storageWithCounter(): Promise<Storage> {
  const storage = await openStorage(await temporaryFolder(), new TestClock('2026-03-01T12:00Z'))
  onTestFinished(() => storage.close().catch(() => undefined))
  await sql`create table counters (name text primary key, n integer not null) strict`.execute(storage.db)
  await sql`insert into counters values ('a', 0)`.execute(storage.db)
  return storage
}

async function counted(storage: Storage): Promise<number> {
  const { rows } = await sql<{ n: number }>`select n from counters where name = 'a'`.execute(storage.reader)
  return rows[0]?.n ?? -1
}

test('fifty transactions that read and write at once lose nothing', async () => {
  const storage = await storageWithCounter()
  await Promise.all(
    Array.from({ length: 50 }, () =>
      transaction(storage.db, async tx => {
        const { rows } = await sql<{ n: number }>`select n from counters where name = 'a'`.execute(tx)
        await sql`update counters set n = ${(rows[0]?.n ?? 0) + 1} where name = 'a'`.execute(tx)
      }),
    ),
  )
  expect(await counted(storage)).toBe(50)
})

test('a transaction that fails leaves nothing behind, and the next one goes on', async () => {
  const storage = await storageWithCounter()
  const failing = transaction(storage.db, async tx => {
    await sql`update counters set n = 7`.execute(tx)
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  await transaction(storage.db, tx => sql`update counters set n = n + 1`.execute(tx))
  expect(await counted(storage)).toBe(1)
})

test('only what asks for it does not wait for the disk, and what comes behind it waits again', async () => {
  const storage = await storageWithCounter()
  const NORMAL = 1
  const FULL = 2
  const waits = async (flush: 'now' | 'later', fails = false): Promise<number> => {
    let synchronous = -1
    const work = transaction(
      storage.db,
      async tx => {
        const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(tx)
        synchronous = rows[0]?.synchronous ?? -1
        await sql`update counters set n = n + 1`.execute(tx)
        if (fails) throw new Error('changed my mind')
      },
      { flush },
    )
    await work.catch(() => undefined)
    return synchronous
  }
  const seen = [await waits('now'), await waits('later'), await waits('later', true), await waits('now')]
  expect(seen).toEqual([FULL, NORMAL, NORMAL, FULL])
  expect(await Promise.all([waits('later'), waits('now'), waits('later'), waits('now')])).toEqual([
    NORMAL,
    FULL,
    NORMAL,
    FULL,
  ])
  await waits('later')
  await sql`update counters set n = n + 1`.execute(storage.db)
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(storage.db)
  expect(rows[0]?.synchronous).toBe(FULL)
  expect(await counted(storage)).toBe(9)
})

test('the outer handle inside a transaction throws at once and names the transaction, instead of waiting for ever', async () => {
  const storage = await storageWithCounter()
  const misuse = transaction(storage.db, () => sql`update counters set n = 1`.execute(storage.db), {
    name: 'campaigns.schedule',
  })
  await expect(misuse).rejects.toThrow(/inside the transaction "campaigns\.schedule": pass tx on/)
  await expect(transaction(storage.db, async () => transaction(storage.db, async () => 1))).rejects.toThrow(
    /pass tx on/,
  )
  await transaction(storage.db, tx => sql`update counters set n = 5`.execute(tx))
  expect(await counted(storage)).toBe(5)
})

test('a reader does not see an open transaction and does not wait for it', async () => {
  const storage = await storageWithCounter()
  await transaction(storage.db, async tx => {
    await sql`update counters set n = 9`.execute(tx)
    expect(await counted(storage)).toBe(0)
  })
  expect(await counted(storage)).toBe(9)
})

test('the reader cannot write', async () => {
  const storage = await storageWithCounter()
  await expect(sql`update counters set n = 1`.execute(storage.reader)).rejects.toThrow(/readonly/)
})

test.each([[10n], [undefined], [new Date(0)]])('a value that SQLite would bind wrongly is refused: %s', async value => {
  const storage = await storageWithCounter()
  await expect(sql`select ${value} as v`.execute(storage.reader)).rejects.toThrow(/cannot bind/)
})

test('a statement that fails is reported, and the connection goes on', async () => {
  const storage = await storageWithCounter()
  await expect(sql`select n from nowhere`.execute(storage.reader)).rejects.toThrow(/no such table/)
  expect(await counted(storage)).toBe(0)
})

test('the workspace is written ahead, checked for foreign keys, and on disk when a commit returns', async () => {
  const storage = await storageWithCounter()
  const pragma = async (name: string): Promise<unknown> => {
    const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(storage.db)
    return Object.values(rows[0] ?? {})[0]
  }
  expect(await pragma('journal_mode')).toBe('wal')
  expect(await pragma('foreign_keys')).toBe(1)
  expect(await pragma('synchronous')).toBe(2)
})

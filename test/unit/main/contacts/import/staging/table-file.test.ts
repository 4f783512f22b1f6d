import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createRecordWriter,
  type RecordValue,
  setOrdinal,
  varintLength,
  writeVarint,
} from '../../../../../../src/main/contacts/import/engine/staging/record.ts'
import { createTableFile } from '../../../../../../src/main/contacts/import/engine/staging/table-file.ts'
import { openConnection } from '../../../../../../src/main/storage/connection.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-table-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const records = createRecordWriter()

/** Writes rows `first`, `first + step` … and reads them back through SQLite, which also checks the whole file. */
async function throughSqlite(rows: readonly (readonly RecordValue[])[], first = 1, step = 1) {
  const path = join(folder, 'table')
  const names = ['k', ...(rows[0] ?? []).map((_, index) => `c${index}`)]
  const table = await createTableFile(path, names.join(', '))
  for (const [index, values] of rows.entries()) {
    const bytes = Buffer.alloc(records.mostBytes(values) + 3)
    const end = records.write(values, bytes, 3)
    setOrdinal(bytes, 3, index * 7)
    table.add(first + index * step, bytes, 3, end)
    if (index % 100 === 99) await table.drain()
  }
  await table.finish()
  const connection = await openConnection(path, 'readonly')
  try {
    const health = await connection.all('pragma integrity_check', [])
    expect(health).toEqual([{ integrity_check: 'ok' }])
    return await connection.all(`select rowid as row, ${names.join(', ')} from rows order by rowid`, [])
  } finally {
    await connection.close()
  }
}

function expected(rows: readonly (readonly RecordValue[])[], first = 1, step = 1): unknown[] {
  return rows.map((values, index) => ({
    row: first + index * step,
    k: index * 7,
    ...Object.fromEntries(values.map((value, column) => [`c${column}`, value])),
  }))
}

const value = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(number => (Object.is(number, -0) ? 0 : number)),
  fc.string({ unit: 'grapheme', maxLength: 300 }).map(text => text.replaceAll('\0', '')),
)

test('SQLite reads back what was written, whatever the values', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .integer({ min: 1, max: 8 })
        .chain(width =>
          fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 60 }),
        ),
      fc.integer({ min: 1, max: 2 ** 40 }),
      fc.integer({ min: 1, max: 1000 }),
      async (rows, first, step) => {
        expect(await throughSqlite(rows, first, step)).toEqual(expected(rows, first, step))
      },
    ),
    { numRuns: 25, seed: 20_261_120 },
  )
})

test('a file without rows, and one with a single row', async () => {
  expect(await throughSqlite([])).toEqual([])
  expect(await throughSqlite([['Ann', null]])).toEqual(expected([['Ann', null]]))
})

test.each([16_300, 16_340, 16_349, 16_350, 16_360, 20_000, 32_000, 33_000, 100_000, 1_000_000])(
  'rows of about %i bytes, longer than a page or not',
  async length => {
    const rows = Array.from({ length: 9 }, (_, index) => [
      `x${'é'.repeat(index)}`,
      'y'.repeat(length + index * 3),
      'end',
    ])
    expect(await throughSqlite(rows)).toEqual(expected(rows))
  },
)

test('so many rows that pages above pages are needed', async () => {
  const rows = Array.from({ length: 9000 }, (_, index) => [`row ${index} ${'z'.repeat(5000)}`])
  const found = await throughSqlite(rows)
  expect(found).toHaveLength(9000)
  expect(found[8765]).toEqual(expected(rows)[8765])
})

test('more columns than one byte of a header can say', async () => {
  const rows = [Array.from({ length: 200 }, (_, index) => `value ${index}`)]
  expect(await throughSqlite(rows)).toEqual(expected(rows))
})

test('half of a surrogate pair becomes the replacement character', async () => {
  const [row] = await throughSqlite([['a\ud800b', '😀']])
  expect(row).toMatchObject({ c0: 'a\ufffdb', c1: '😀' })
})

test('varints are as long as SQLite says', () => {
  expect([0, 127, 128, 16_383, 16_384, 2 ** 32].map(varintLength)).toEqual([1, 1, 2, 2, 3, 5])
  const bytes = Buffer.alloc(9)
  expect(writeVarint(16_384, bytes, 0)).toBe(3)
  expect([...bytes.subarray(0, 3)]).toEqual([0x81, 0x80, 0x00])
})

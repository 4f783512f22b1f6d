import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as check, fc } from '@fast-check/vitest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createXlsxSheet, type SheetCell } from '../../../../../src/main/contacts/export/xlsx-sheet.ts'
import { tableOf } from '../../../../support/table-file.ts'

const HEADINGS = ['Name', 'Email', 'Value', 'Day']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Writes rows, and reads the file as an import does. */
async function readBack(rows: readonly (readonly SheetCell[])[]): Promise<readonly (readonly string[])[]> {
  const path = join(folder, 'sheet.xlsx')
  const sheet = await createXlsxSheet(path, 'Contacts', HEADINGS)
  for (const row of rows) await sheet.write([row])
  const bytes = await sheet.end()
  const file = await readFile(path)
  expect(file.length).toBe(bytes)
  const { all, header, reading } = await tableOf(file)
  expect(reading).toMatchObject({ format: 'xlsx', sheet: 'Contacts' })
  expect(header).toEqual(HEADINGS)
  return all.map(row => row.cells)
}

const person = (value: SheetCell, day: SheetCell = null): readonly SheetCell[] => ['Ann', 'ann@example.org', value, day]

test('a workbook is read back as it was written: texts, numbers, days, and what looks like a formula', async () => {
  const values = ['=1+1', '+12025550101', '00123', 'a\nb\r\nc\td', ' <&>"\' ', '\u0001\u000b\u001f', '_x0041_ _x005F_x']
  const cells = await readBack([
    ...values.map(value => person(value)),
    person(-12.5, { day: '1985-04-23' }),
    person(null, { day: '1900-03-01' }),
    person(null, { day: '1899-12-31' }),
    person(null, { day: '1900-02-28' }),
    person(null, { day: '2024-02-29' }),
    person(null, { day: '9999-12-31' }),
    person(null, { day: 'some day' }),
  ])
  expect(cells.slice(0, values.length).map(row => row[2])).toEqual(values)
  expect(cells[values.length]?.slice(2)).toEqual(['-12.5', '1985-04-23'])
  expect(cells.slice(values.length + 1).map(row => row[3])).toEqual([
    '1900-03-01',
    '1899-12-31',
    '1900-02-28',
    '2024-02-29',
    '9999-12-31',
    'some day',
  ])
})

check.prop([fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 5 })], { numRuns: 40 })(
  'any text survives a workbook, but for the character zero',
  async texts => {
    const cells = await readBack(texts.map(text => person(text)))
    expect(cells.map(row => row[2])).toEqual(texts.map(text => text.replaceAll('\0', '')))
  },
)

test('a text that no cell can hold ends with a mark, and not in the middle of a character', async () => {
  const [row] = await readBack([person(`${'a'.repeat(32_765)}😀 and more`)])
  expect(row?.[2]).toBe(`${'a'.repeat(32_765)}…`)
})

test('a sheet without rows has its headings', async () => {
  const path = join(folder, 'sheet.xlsx')
  const sheet = await createXlsxSheet(path, 'Contacts', HEADINGS)
  await sheet.end()
  expect((await readFile(path)).subarray(0, 2).toString()).toBe('PK')
})

import { expect, test } from 'vitest'
import { detectReading } from '../../../../../src/main/contacts/import/reading/file-reading.ts'
import { headerNames } from '../../../../../src/main/contacts/import/reading/header-names.ts'
import { tableOf } from '../../../../support/table-file.ts'

const read = (text: string, corrected = {}) => detectReading([Buffer.from(text)], corrected)

test.each([
  ['a,b\n1,2\n', ','],
  ['a;b\n1,5;2,5\n3,5;4,5\n', ';'],
  ['a\tb\nx, y\tz\n', '\t'],
  ['a|b\n1|2\n', '|'],
  ['"a,b";c\n"d,e";f\n', ';'],
  ['email\na.b@example.org\nc.d@example.org\n', ','],
  ['name;text\nAnn;one, two, three, four\nBob;five\n', ';'],
  ['sep=|\na|b,c,d\n', '|'],
])('finds the delimiter of %j', (text, delimiter) => {
  expect(read(text).reading.delimiter).toBe(delimiter)
})

test.each([
  ['Name,Email\nAnn,ann@example.org\n', true],
  ['Ann,ann@example.org\nBob,bob@example.org\n', false],
  ['Foo,Bar\n1,2020-01-01\n', true],
  ['one,two\nthree,four\n', false],
  ['Name,Name\nAnn,Lee\n', true],
  ['Email\n', true],
])('finds out whether %j begins with names', (text, hasHeader) => {
  expect(read(text).reading.hasHeader).toBe(hasHeader)
})

test('leaves what a person corrected', () => {
  const { reading, why } = read('a,b\n1,2\n', { delimiter: ';', hasHeader: false, encoding: 'windows-1250' })
  expect(reading).toMatchObject({ encoding: 'windows-1250', delimiter: ';', hasHeader: false })
  expect(why).toMatch(/as you chose/)
})

const table = (...lines: readonly string[]): string => `${lines.join('\n')}\n`
const PEOPLE = ['Ann,Lee,ann@x.org', 'Bob,Ray,bob@x.org', 'Cid,Fox,cid@x.org']

test.each<[string, string, object]>([
  [
    'titles above the names',
    table('Choir members,,', '"Printed on 1 May",,', '', 'First name,Last name,Email', ...PEOPLE),
    { skipRows: 2, hasHeader: true, headerRows: 1 },
  ],
  ['a title above rows without names', table('Our choir', ...PEOPLE), { skipRows: 1, hasHeader: false }],
  [
    'two rows of names',
    table('Person,,Contact', 'First name,Last name,Email', ...PEOPLE),
    { skipRows: 0, hasHeader: true, headerRows: 2 },
  ],
  [
    'names that come twice, which is a repetition and not a second row',
    table('First name,Last name,Email', 'First name,Last name,Email', ...PEOPLE),
    { headerRows: 1, footerRows: 0 },
  ],
  ['totals below', table('First name,Last name,Email', ...PEOPLE, 'Total: 1,312 rows', '-- end --'), { footerRows: 2 }],
  ['a sum below', table('First name,Last name,Email', ...PEOPLE, '3 records,,'), { footerRows: 1 }],
  [
    'a person called Total, who is no footer',
    table('First name,Last name,Email', ...PEOPLE, 'Total,Recall,total@x.org'),
    { footerRows: 0 },
  ],
  [
    'a last row with a name and nothing else, which is a row to be corrected',
    table('First name,Last name,Email', ...PEOPLE, 'Dee,,'),
    { footerRows: 0 },
  ],
  ['numbers among the names', table('Name,Email,2023,2024', 'Ann,ann@x.org,1,2'), { hasHeader: true }],
  [
    'fields enclosed in apostrophes',
    table("'Name';'Email'", "'Lee; Ann';'ann@x.org'", "'Ray';'bob@x.org'"),
    { quote: "'", delimiter: ';' },
  ],
])('sees %s', (_, text, expected) => {
  expect(read(text).reading).toMatchObject(expected)
})

test.each<[string, string, object]>([
  ['rows in quotes', '"Name;Email"\n"Ann;ann@x.org"\n"Bob;bob@x.org"\n', { layout: 'quoted_rows', delimiter: ';' }],
  ['names with a comma in one column', 'Name\n"Lee, Ann"\n"Ray, Bob"\n', { layout: 'table' }],
  ['a list, unless the person sees a table', 'a@x.org,b@x.org\n', { layout: 'addresses' }],
])('sees %s', (_, text, expected) => {
  expect(read(text).reading).toMatchObject(expected)
})

test('says in a sentence what it leaves out', () => {
  const text = table('Choir,,', 'First name,Last name,Email', ...PEOPLE, 'Total 3', 'Printed today')
  expect(read(text).why).toBe(
    'Only plain letters, read as UTF-8; columns separated by comma; 1 row above the table is left out; the next row holds the column names; the last 2 rows are no records and are left out.',
  )
})

test('finds the footer of a large file at its end', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `Ann${i},Lee,ann${i}@example.org`)
  const { reading, all } = await tableOf(table('First name,Last name,Email', ...rows, 'Rows: 20000'))
  expect(reading.footerRows).toBe(1)
  expect(all).toHaveLength(20_000)
})

test('every row that is left out can be brought back', async () => {
  const text = table('Choir,,', 'First name,Last name,Email', ...PEOPLE, 'Total 3')
  const { all } = await tableOf(text, { skipRows: 0, hasHeader: false, footerRows: 0 })
  expect(all).toHaveLength(6)
})

test.each([
  [[['Name', 'Email']], ['Name', 'Email']],
  [
    [
      ['Home', '', 'Work'],
      ['Phone', 'City', 'Phone'],
    ],
    ['Home Phone', 'City', 'Work Phone'],
  ],
  [
    [
      ['Company', 'Person'],
      ['Name', 'Name'],
    ],
    ['Company Name', 'Person Name'],
  ],
  [
    [
      ['Sales', ''],
      ['2023', '2024'],
    ],
    ['Sales 2023', 'Sales 2024'],
  ],
])('names of columns in %j are %j', (rows, names) => {
  expect(headerNames(rows)).toEqual(names)
})

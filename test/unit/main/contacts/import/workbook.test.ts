import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { formatOfCode } from '../../../../../src/main/contacts/import/reading/xlsx/cell-formats.ts'
import { numberText } from '../../../../../src/main/contacts/import/reading/xlsx/number-text.ts'
import { createTextHeap } from '../../../../../src/main/contacts/import/reading/xlsx/text-heap.ts'
import { packedFile } from '../../../../support/packed-file.ts'
import { tableOf } from '../../../../support/table-file.ts'
import { type WorkbookCell, workbookFile } from '../../../../support/workbook-file.ts'

const H: readonly WorkbookCell[] = ['Name', 'Email', 'Phone']
const people = (...rows: readonly WorkbookCell[][]) => workbookFile({ sheets: { People: [H, ...rows] } })
const cellsOf = async (bytes: Uint8Array) => (await tableOf(bytes)).all.map(row => row.cells)

describe('reads', () => {
  test('a workbook that another program wrote', async () => {
    const bytes = await writeExcelFile([
      [{ value: 'Name' }, { value: 'Email' }, { value: 'Birthday' }, { value: 'Visits' }],
      [
        { value: 'Zoë <&> "Q"' },
        { value: 'zoe@example.org' },
        { value: new Date(Date.UTC(1980, 1, 29)), type: Date, format: 'dd.mm.yyyy' },
        { value: 3.5 },
      ],
    ]).toBuffer()
    const { reading, header, all } = await tableOf(bytes)
    expect(reading).toMatchObject({ format: 'xlsx', hasHeader: true, sheet: 'Sheet1' })
    expect(header).toEqual(['Name', 'Email', 'Birthday', 'Visits'])
    expect(all).toEqual([{ line: 2, cells: ['Zoë <&> "Q"', 'zoe@example.org', '1980-02-29', '3.5'], fault: null }])
  })

  test('shared texts with formatting, without what is read aloud', async () => {
    const strings =
      '<sst><si><t>Name</t></si><si><t>Email</t></si><si><r><t>An</t></r><r><rPr/><t xml:space="preserve">n </t></r><rPh sb="0"><t>アン</t></rPh></si><si><t>a@x.org</t></si></sst>'
    const sheet =
      '<worksheet><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row></sheetData></worksheet>'
    const bytes = workbookFile({
      sheets: { A: [] },
      parts: { 'xl/sharedStrings.xml': strings, 'xl/worksheets/sheet1.xml': sheet },
    })
    expect(await cellsOf(bytes)).toEqual([['Ann ', 'a@x.org']])
  })

  test('inline texts, formulas with their last value, truths, errors and entities', async () => {
    const { all, why } = await tableOf(
      people(
        [
          { xml: '<c t="inlineStr"><is><t>In</t><r><t>line</t></r></is></c>' },
          { xml: '<c t="str"><f>LOWER("A@X.ORG")</f><v>a@x.org</v></c>' },
          { xml: '<c><f>1+1</f><v>2</v></c>' },
        ],
        [true, 'b@x.org', { xml: '<c t="e"><v>#N/A</v></c>' }],
        [{ xml: '<c t="str"><v>a&amp;b&#10;&#x41;_x000D_</v></c>' }, 'c@x.org'],
      ),
    )
    expect(all.map(row => row.cells)).toEqual([
      ['Inline', 'a@x.org', '2'],
      ['TRUE', 'b@x.org', ''],
      ['a&b\nA\r', 'c@x.org', ''],
    ])
    expect(why).toMatch(/1 cell holds an error such as #N\/A and is read as empty/)
  })

  test('cells and rows that are left out, merged or far to the right', async () => {
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="B1" t="str"><v>Email</v></c></row><row r="2"/><row r="7"><c r="A7" s="1"/><c r="B7" t="str"><v>a@x.org</v></c></row><row r="9" hidden="1"><c r="B9" t="str"><v>b@x.org</v></c><c r="XFD9" t="str"><v>far</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    const { all } = await tableOf(workbookFile({ sheets: { A: [] }, parts: { 'xl/worksheets/sheet1.xml': sheet } }))
    expect(all.map(row => [row.line, ...row.cells])).toEqual([
      [7, '', 'a@x.org'],
      [9, '', 'b@x.org'],
    ])
  })

  test('names with a prefix and parts in other places', async () => {
    const bytes = workbookFile({
      sheets: { A: [] },
      parts: {
        '_rels/.rels':
          '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="/deep/book.xml"/></Relationships>',
        'deep/book.xml':
          '<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="Far" q:id="s"/></x:sheets></x:workbook>',
        'deep/_rels/book.xml.rels':
          '<Relationships><Relationship Id="s" Type="y/worksheet" Target="../Other/Sheet.xml"/><Relationship Id="e" Type="y/externalLink" Target="http://evil.example" TargetMode="External"/></Relationships>',
        'Other/Sheet.xml':
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>email</x:t></x:is></x:c></x:row><x:row><x:c t="str"><x:v>a@x.org</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    })
    expect(await cellsOf(bytes)).toEqual([['a@x.org']])
  })

  test('titles above, two rows of names and totals below', async () => {
    const { reading, header, all, why } = await tableOf(
      workbookFile({
        sheets: {
          Report: [
            ['Members of the choir'],
            [],
            ['Person', null, 'Home', 'Work'],
            ['First name', 'Email', 'Phone', 'Phone'],
            ['Ann', 'ann@x.org', '1', '2'],
            ['Bob', 'bob@x.org', null, '3'],
            ['Total: 2 rows'],
          ],
        },
      }),
    )
    expect(reading).toMatchObject({ skipRows: 1, headerRows: 2, footerRows: 1 })
    expect(header).toEqual(['First name', 'Email', 'Home Phone', 'Work Phone'])
    expect(all.map(row => [row.line, row.cells[1]])).toEqual([
      [5, 'ann@x.org'],
      [6, 'bob@x.org'],
    ])
    expect(why).toMatch(/1 row above the table is left out; 2 rows hold the column names; the last row is no record/)
  })
})

describe('chooses the sheet', () => {
  const sketch = {
    sheets: {
      'Read me': [['How to use this']],
      'Old & new': [H, ['Ann', 'ann@x.org', null], ['Bob', 'bob@x.org', null]],
      Hidden: [H, ...Array.from({ length: 9 }, (_, i): WorkbookCell[] => ['x', `x${i}@x.org`, null])],
    },
    hidden: ['Hidden'],
  }

  test('with most rows among those that can be seen', async () => {
    const { reading, sheets, why } = await tableOf(workbookFile(sketch))
    expect(reading.sheet).toBe('Old & new')
    expect(sheets.map(({ name, rows }) => `${name} ${rows}`)).toEqual(['Read me 1', 'Old & new 3', 'Hidden 10'])
    expect(why).toMatch(/which has most rows/)
  })

  test('that a person names, hidden or not', async () => {
    expect((await tableOf(workbookFile(sketch), { sheet: 'Hidden' })).all).toHaveLength(9)
    await expect(tableOf(workbookFile(sketch), { sheet: 'None' })).rejects.toThrow(/no sheet “None”. Choose one of/)
  })
})

describe('numbers', () => {
  test.each([
    ['12345678901', '12345678901'],
    ['1.23457E+10', '12345700000'],
    ['123456789012345', '123456789012345'],
    ['0.30000000000000004', '0.3'],
    ['2.5', '2.5'],
    ['-7', '-7'],
    ['1E-3', '0.001'],
    ['not a number', 'not a number'],
  ])('%s is shown as %s', (value, shown) => {
    expect(numberText(value, { kind: 'number' }, false)).toBe(shown)
  })

  test('keep the zeros that their format gives them', async () => {
    expect(await cellsOf(people(['Ann', 'a@x.org', { xml: '<c s="3"><v>1234</v></c>' }]))).toEqual([
      ['Ann', 'a@x.org', '01234'],
    ])
  })
})

describe('dates', () => {
  test.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, '1900-02-29'],
    [61, false, '1900-03-01'],
    [29280, false, '1980-02-29'],
    [45351.5, false, '2024-02-29 12:00'],
    [45351.999999, false, '2024-03-01'],
    [0, true, '1904-01-01'],
    [43889, true, '2024-02-29'],
    [0.75, false, '18:00'],
    [-1, false, '-1'],
    [2958466, false, '2958466'],
  ])('day %d with the 1904 system %s is %s', (serial, is1904, text) => {
    expect(numberText(String(serial), { kind: 'date' }, is1904)).toBe(text)
  })

  test.each([
    ['yyyy\\-mm\\-dd', 'date'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
    ['m/d/yy h:mm;@', 'date'],
    ['dd.mm.yyyy hh:mm:ss.000', 'date'],
    ['mmm', 'date'],
    ['[h]:mm:ss', 'time'],
    ['h:mm AM/PM', 'time'],
    ['General', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['[Red]0.0;[Blue]-0.0', 'number'],
    ['0.00E+00', 'number'],
    ['[$USD] #,##0', 'number'],
    ['00000', 'digits'],
    ['@', 'number'],
  ])('the format %s means a %s', (code, kind) => {
    expect(formatOfCode(code).kind).toBe(kind)
  })

  test('come out of a workbook in the system it was made with', async () => {
    const rows: WorkbookCell[][] = [
      ['Email', 'Birthday'],
      ['a@x.org', { date: 100 }],
      ['b@x.org', { xml: '<c s="4"><v>100</v></c>' }],
      ['c@x.org', { xml: '<c t="d"><v>2024-02-29T00:00:00</v></c>' }],
    ]
    const days = async (is1904: boolean) =>
      (await cellsOf(workbookFile({ sheets: { A: rows }, is1904 }))).map(cells => cells[1])
    expect(await days(false)).toEqual(['1900-04-09', '1900-04-09', '2024-02-29'])
    expect(await days(true)).toEqual(['1904-04-10', '1904-04-10', '2024-02-29'])
  })
})

describe('refuses', () => {
  const good = people(['Ann', 'ann@x.org', null])
  const sheet = (xml: string) => workbookFile({ sheets: { A: [] }, parts: { 'xl/worksheets/sheet1.xml': xml } })

  test.each([
    ['a file cut short', good.subarray(0, good.length - 40), /damaged or was not copied/],
    ['a file cut in the middle', good.subarray(0, 300), /damaged or was not copied/],
    ['parts under a password', workbookFile({ sheets: { A: [H] }, faults: { isEncrypted: true } }), /password/],
    [
      'a part larger than it says',
      workbookFile({ sheets: { A: [H] }, faults: { announcedBytes: () => 9 } }),
      /damaged/,
    ],
    [
      'a bomb by its ratio',
      workbookFile({ sheets: { A: [H] }, parts: { 'xl/media/x': new Uint8Array(2 ** 25) } }),
      /fill a disk/,
    ],
    [
      'a bomb by what it announces',
      workbookFile({ sheets: { A: [H] }, faults: { announcedBytes: () => 2 ** 31 } }),
      /fill a disk/,
    ],
    [
      'too many parts',
      packedFile(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`p${i}`, '']))),
      /fill a disk/,
    ],
    [
      'entities that grow',
      sheet('<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'),
      /damaged/,
    ],
    [
      'an unknown entity',
      sheet('<worksheet><sheetData><row><c t="str"><v>&lol;</v></c></row></sheetData></worksheet>'),
      /damaged/,
    ],
    ['tags that do not match', sheet('<worksheet><sheetData></worksheet>'), /damaged/],
    ['tags nested without end', sheet(`<worksheet>${'<a>'.repeat(100)}`), /damaged/],
    [
      'a cell of three megabytes',
      sheet(
        `<worksheet><sheetData><row><c t="str"><v>${randomBytes(1_500_000).toString('hex')}</v></c></row></sheetData></worksheet>`,
      ),
      /longer than a megabyte/,
    ],
    ['a workbook without sheets', workbookFile({ sheets: {} }), /no sheet with cells/],
    ['a Word document', packedFile({ 'word/document.xml': '<w/>' }), /Word document/],
    ['an OpenDocument file', packedFile({ mimetype: 'x', 'content.xml': '<o/>' }), /OpenDocument/],
    ['a binary workbook', packedFile({ 'xl/workbook.bin': 'x' }), /\.xlsb/],
    ['any other packed file', packedFile({ 'people.csv': 'a,b' }), /Unpack it first/],
  ])('%s, in words that say what to do', async (_, bytes, words) => {
    await expect(tableOf(bytes)).rejects.toThrow(words)
  })
})

test('a heap gives back what was put in, over the edges of its blocks', () => {
  const heap = createTextHeap()
  const texts = Array.from({ length: 70_000 }, (_, i) =>
    i % 7 === 0 ? '' : `${i} é😀`.repeat(i % 1000 === 1 ? 2000 : 1),
  )
  for (const text of texts) heap.add(text)
  expect(texts.every((text, index) => heap.get(index) === text)).toBe(true)
  expect([heap.get(-1), heap.get(texts.length), heap.get(Number.NaN)]).toEqual(['', '', ''])
  expect(() => heap.add('x'.repeat(5 * 2 ** 20))).toThrow(/200 MB/)
})

test('progress goes up to the size of the file', async () => {
  const bytes = people(...Array.from({ length: 3000 }, (_, i): WorkbookCell[] => [`N${i}`, `n${i}@x.org`, null]))
  const { progress, all } = await tableOf(bytes)
  expect(all).toHaveLength(3000)
  expect([...progress].sort((a, b) => a - b)).toEqual(progress)
  expect(progress.at(-1)).toBe(bytes.length)
})

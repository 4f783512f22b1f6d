import { fc, test as property } from '@fast-check/vitest'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvCell, csvRow } from '../../../../src/shared/domain/csv-cell.ts'

test('a text that a spreadsheet would run gets an apostrophe, a number does not', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
    expect(csvCell(`${start}1`, true)).toBe(`"'${start}1"`)
  }
  expect(csvCell(-5.5, true)).toBe('-5.5')
  expect(csvCell('5-5', true)).toBe('5-5')
  expect(csvCell('-5', false)).toBe('-5')
})

test('cells with a comma, a quote, a line end or blanks around them are quoted', () => {
  expect(csvRow(['a,b', 'say "hi"', 'two\nlines', ' x', null, 0], true)).toBe(
    '"a,b","say ""hi""","two\nlines"," x",,0\r\n',
  )
})

property.prop([fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), { minLength: 1 })])(
  'what is written for machines is read back as it was',
  rows => {
    const width = Math.min(...rows.map(row => row.length))
    const table = rows.map(row => row.slice(0, width))
    const text = table.map(row => csvRow(row, false)).join('')
    expect(parse(text, { relax_column_count: false, record_delimiter: '\r\n' })).toEqual(table)
  },
)

property.prop([fc.string({ unit: 'binary' })])('what is written for spreadsheets never begins like a formula', text => {
  const [[cell = ''] = []] = parse(csvRow([text, 'x'], true), { record_delimiter: '\r\n' })
  expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/)
  expect(cell === text || cell === `'${text}`).toBe(true)
})

import { fc, test as property } from '@fast-check/vitest'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { createCsvParser } from '../../../../../src/main/contacts/import/reading/csv-parser.ts'
import type { TableRow } from '../../../../../src/main/contacts/import/reading/table-row.ts'

function rowsOf(text: string, options: { delimiter?: string; most?: number; pieces?: number } = {}): TableRow[] {
  const parser = createCsvParser({
    quote: '"',
    delimiter: options.delimiter ?? ',',
    mostFieldLength: options.most ?? 1_000_000,
  })
  const size = options.pieces ?? text.length
  const rows: TableRow[] = []
  for (let at = 0; at < text.length; at += size) rows.push(...parser.push(text.slice(at, at + size)))
  return [...rows, ...parser.end()]
}

const cellsOf = (text: string, pieces?: number): string[][] =>
  rowsOf(text, pieces === undefined ? {} : { pieces }).map(row => row.cells)

describe('agrees with csv-parse on well-formed text', () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('', '"', '""', 'a,b', 'line\nbreak', 'line\r\nbreak', 'cr\rin', 'é', '😀', ' blank ', ',', '";"'),
  )
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 8 }))
    .chain(([width, height]) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    )
  const noNul = (text: string): string => text.replaceAll('\0', '')

  property.prop([
    table,
    fc.constantFrom(',', ';', '\t', '|'),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
    fc.integer({ min: 1, max: 40 }),
  ])(
    'whatever the cells, the delimiter, the line ends and the pieces it comes in',
    (rows, delimiter, end, endsWithLine, pieces) => {
      const quoted = (text: string): string =>
        /[",;|\t\r\n]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
      const text = noNul(rows.map(row => row.map(quoted).join(delimiter)).join(end) + (endsWithLine ? end : ''))
      const expected: string[][] = parse(text, {
        delimiter,
        record_delimiter: end,
        bom: false,
        relax_column_count: true,
      })
      expect(rowsOf(text, { delimiter, pieces }).map(row => row.cells)).toEqual(expected)
    },
  )

  property.prop([fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 7 })])(
    'and gives the same rows however any text is cut into pieces',
    (text, pieces) => {
      expect(rowsOf(text, { pieces })).toEqual(rowsOf(text))
    },
  )

  property.prop([
    fc.array(fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '""'), { maxLength: 30 }),
    fc.integer({ min: 1, max: 5 }),
  ])('even when the quotes are all wrong', (letters, pieces) => {
    const text = letters.join('')
    expect(rowsOf(text, { pieces })).toEqual(rowsOf(text))
  })
})

describe('quotes other than the usual', () => {
  const parse = (text: string, quote: string) => {
    const parser = createCsvParser({ delimiter: ';', quote, mostFieldLength: 1000 })
    return [...parser.push(text), ...parser.end()].map(row => row.cells)
  }

  test('are apostrophes', () => {
    expect(parse("'a;b';'it''s'\n", "'")).toEqual([['a;b', "it's"]])
  })

  test('or none at all', () => {
    expect(parse('"a;b"\n', '')).toEqual([['"a', 'b"']])
  })
})

describe('line numbers', () => {
  test('count every kind of line end, also inside quotes', () => {
    const rows = rowsOf('a,b\r\nc,"d\ne\r\nf"\rg,h\ni,j')
    expect(rows.map(row => [row.line, row.cells])).toEqual([
      [1, ['a', 'b']],
      [2, ['c', 'd\ne\r\nf']],
      [5, ['g', 'h']],
      [6, ['i', 'j']],
    ])
  })

  test('survive a CR and a LF that arrive in different pieces', () => {
    expect(rowsOf('a\r\nb\r\nc', { pieces: 2 }).map(row => row.line)).toEqual([1, 2, 3])
  })
})

describe('forgives', () => {
  test('stray quotes inside a field', () => {
    expect(cellsOf('5" pipe,a"b\n')).toEqual([['5" pipe', 'a"b']])
  })

  test('text behind a closing quote on the same line', () => {
    expect(cellsOf('"Ann "Annie" Lee",x\n')).toEqual([['Ann Annie" Lee"', 'x']])
  })

  test('NUL characters, which are left out', () => {
    expect(cellsOf('a\0b,\0\n')).toEqual([['ab', '']])
  })

  test('rows that are shorter or longer than the others', () => {
    expect(cellsOf('a,b,c\nd\ne,f,g,h\n')).toEqual([['a', 'b', 'c'], ['d'], ['e', 'f', 'g', 'h']])
  })

  test('a last field that is empty and a last line without an end', () => {
    expect(cellsOf('a,')).toEqual([['a', '']])
    expect(cellsOf('a,""')).toEqual([['a', '']])
  })
})

describe('a quote that never closes', () => {
  const text = 'a,b\n1,"oops\n2,x\n3,"y"\n4,z\n'

  test('costs the line on which it opened and nothing more', () => {
    expect(rowsOf(text).map(row => [row.line, row.fault, row.cells])).toEqual([
      [1, null, ['a', 'b']],
      [2, 'unterminated_quote', ['1', '"oops']],
      [3, null, ['2', 'x']],
      [4, null, ['3', 'y']],
      [5, null, ['4', 'z']],
    ])
  })

  test('is the same in pieces of any size', () => {
    for (let pieces = 1; pieces < text.length; pieces++) expect(rowsOf(text, { pieces })).toEqual(rowsOf(text))
  })

  test('is found at the end of the file', () => {
    expect(rowsOf('a,b\n1,"oops\n2,x').map(row => [row.line, row.fault])).toEqual([
      [1, null],
      [2, 'unterminated_quote'],
      [3, null],
    ])
  })

  test('is given up at the field limit, not at the end of a gigabyte', () => {
    const rows = rowsOf(`a,"open\n${'row,of,the,rest\n'.repeat(100)}`, { most: 200, pieces: 64 })
    expect(rows).toHaveLength(101)
    expect(rows[0]?.fault).toBe('unterminated_quote')
    expect(rows.slice(1).every(row => row.fault === null)).toBe(true)
  })

  test('after a quoted field with line breaks is found on its own line', () => {
    const rows = rowsOf('"a\nb","open\nc,d\n')
    expect(rows.map(row => [row.line, row.fault])).toEqual([
      [2, 'unterminated_quote'],
      [3, null],
    ])
  })
})

describe('the field limit', () => {
  test('is named as the reason for a cell in quotes that has no line end either', () => {
    const rows = rowsOf(`a,"${'x'.repeat(900)}",c\nd,e\n`, { most: 100, pieces: 64 })
    expect(rows.map(row => [row.line, row.fault])).toEqual([
      [1, 'too_long'],
      [2, null],
    ])
  })

  test('rejects the one record and goes on with the next line', () => {
    for (const pieces of [7, 64, 1000]) {
      const rows = rowsOf(`a,${'x'.repeat(300)},c\nd,e\n`, { most: 100, pieces })
      expect(rows.map(row => [row.line, row.fault])).toEqual([
        [1, 'too_long'],
        [2, null],
      ])
      expect(rows[1]?.cells).toEqual(['d', 'e'])
    }
  })
})

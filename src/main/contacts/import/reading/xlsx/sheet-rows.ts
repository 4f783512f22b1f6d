import type { TableRow } from '../table-row.ts'
import type { CellFormat } from './cell-formats.ts'
import { numberText } from './number-text.ts'
import { unescapeText } from './shared-strings.ts'
import type { TextHeap } from './text-heap.ts'
import type { XmlListener } from './xml-parts.ts'

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: TextHeap
  readonly formats: readonly CellFormat[]
  readonly is1904: boolean
}

/** Listens to a sheet and collects its rows. */
export interface SheetRows extends XmlListener {
  /** The rows since the last time, as wide as the widest so far; empty rows of the sheet are not among them. */
  take(): TableRow[]
  /** How many cells held an error such as #N/A so far; they are read as empty. */
  readonly errors: () => number
}

// A mapping has at most 500 columns; one stray cell in column XFD would make every row sixteen thousand cells wide.
const MOST_COLUMNS = 1000
const NUMBER: CellFormat = { kind: 'number' }

/** Reads `sheetData` (ECMA-376 part 1, 18.3.1.80). Formulas give the value they had when the workbook was saved. */
export function createSheetRows({ strings, formats, is1904 }: SheetContext): SheetRows {
  let rows: TableRow[] = []
  let cells: string[] = []
  let line = 0
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let isValue = false
  let isReading = false
  let errors = 0
  let width = 0

  function textOf(): string {
    switch (type) {
      case 's':
        return strings.get(Number(value))
      case 'b':
        return value.trim() === '1' ? 'TRUE' : 'FALSE'
      case 'e':
        errors += 1
        return ''
      case 'str':
      case 'inlineStr':
        return unescapeText(value)
      case 'd':
        return value
          .trim()
          .replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '')
          .replace('T', ' ')
      default:
        return numberText(value.trim(), formats[style] ?? NUMBER, is1904)
    }
  }

  return {
    open(name, attributes) {
      switch (name) {
        case 'row':
          cells = []
          column = -1
          // Rows go down the sheet; one that says otherwise is counted on, so that each has a line of its own.
          line = Math.max(rowNumber(attributes['r']) ?? 0, line + 1)
          break
        case 'c':
          column = columnOf(attributes['r']) ?? column + 1
          type = attributes['t'] ?? 'n'
          style = Number(attributes['s'] ?? 0)
          value = ''
          break
        case 'v':
          isValue = true
          break
        case 't':
          isValue = !isReading
          break
        case 'rPh':
          isReading = true
          break
      }
    },
    text(piece) {
      if (isValue) value += piece
    },
    close(name) {
      switch (name) {
        case 'v':
        case 't':
          isValue = false
          break
        case 'rPh':
          isReading = false
          break
        case 'c':
          if (value !== '' && column < MOST_COLUMNS) {
            while (cells.length < column) cells.push('')
            cells[column] = textOf()
          }
          break
        case 'row':
          if (cells.length > 0) rows.push({ line, cells, fault: null })
          break
      }
    },
    take() {
      // A sheet leaves out the empty cells at the end of a row.
      for (const row of rows) width = Math.max(width, row.cells.length)
      for (const { cells: short } of rows) while (short.length < width) short.push('')
      const taken = rows
      rows = []
      return taken
    },
    errors: () => errors,
  }
}

function rowNumber(reference: string | undefined): number | null {
  const number = Number(reference)
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

/** The column of a reference such as `AB12`, from 0. */
function columnOf(reference: string | undefined): number | null {
  if (reference === undefined) return null
  let column = 0
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) & ~0x20
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column === 0 ? null : column - 1
}

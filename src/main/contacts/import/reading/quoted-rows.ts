import { looksLikeEmail } from '../mapping/cell-looks.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { DELIMITERS, type Delimiter } from './separator-line.ts'
import type { TableRow } from './table-row.ts'

const LEAST_SHARE = 0.7

/**
 * A row that stands in quotes as a whole, `"Ann,ann@x.org,""Lee, Inc."""`, as a row of fields; any other row as it is.
 * Spreadsheets write such rows when a text was pasted into one column and saved again.
 */
export function unwrapRow(row: TableRow, delimiter: Delimiter): TableRow {
  const [text] = row.cells
  if (row.fault !== null || row.cells.length !== 1 || text === undefined) return row
  const parser = createCsvParser({ delimiter, quote: '"', mostFieldLength: MOST_FIELD_LENGTH })
  const [inner, ...more] = [...parser.push(text), ...parser.end()]
  return inner === undefined || more.length > 0 ? row : { line: row.line, cells: inner.cells, fault: inner.fault }
}

/** The delimiter inside rows that stand in quotes as a whole; null for any other text. `cut` cuts the text into records. */
export function delimiterInQuotedRows(cut: (delimiter: Delimiter) => readonly TableRow[]): Delimiter | null {
  for (const delimiter of DELIMITERS) {
    const rows = cut(delimiter)
    const whole = rows.filter(({ cells }) => cells.length === 1 && cells[0]?.includes(delimiter))
    if (rows.length < 2 || whole.length < rows.length * LEAST_SHARE) continue
    const inner = whole.map(row => unwrapRow(row, delimiter).cells)
    const width = inner[0]?.length ?? 0
    const isTable = inner.filter(cells => cells.length === width).length >= inner.length * LEAST_SHARE
    // "Lee, Ann" in a column of names is no row of two fields.
    if (isTable && width > 1 && inner.some(cells => cells.some(looksLikeEmail))) return delimiter
  }
  return null
}

/** One record of a file. `line` is where it begins: the line of a text, the row of a sheet, the place in a list; from 1. */
export interface TableRow {
  readonly line: number
  readonly cells: string[]
  readonly fault: RowFault | null
}

/** What makes a record unreadable: a quote that never closes, or a field beyond the limit. */
export type RowFault = 'unterminated_quote' | 'too_long'

/** Records as they come out of a format, headers and blank ones among them. */
export interface RecordPiece {
  readonly rows: TableRow[]
  /** How many bytes of the file it took to get here. */
  readonly bytesRead: number
}

/** Rows below the header, as far as a piece of the file went. Blank rows and repetitions of the header are left out. */
export interface TablePiece {
  /** The names of the columns; null when the file has none. */
  readonly header: readonly string[] | null
  readonly rows: readonly TableRow[]
  readonly bytesRead: number
}

// What DOS programs put at the end of a text.
const END_MARK = '\u001A'

/** Whether a row holds nothing. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every(cell => cell.trim() === '' || cell === END_MARK)
}

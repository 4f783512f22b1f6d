import type { FileReading } from '../../../../shared/contract/imports.ts'
import { headerNames } from './header-names.ts'
import { isBlank, type TableRow } from './table-row.ts'

/** The part of a reading that says which records are titles, names and footers. */
export type Shape = Pick<FileReading, 'skipRows' | 'hasHeader' | 'headerRows' | 'footerRows'>

/** What `tableShape` makes of some records. */
export interface ShapedRows {
  readonly header: readonly string[] | null
  readonly rows: TableRow[]
}

// The byte order mark of a file that was appended to another one.
const MARK = 0xfeff

/**
 * Takes the records of a file in order, piece by piece, and gives the rows below the header: without titles above it, blank
 * records, repetitions of the header, and the footer. Call it with `last` for the last piece.
 */
export function tableShape(shape: Shape): (records: readonly TableRow[], last: boolean) => ShapedRows {
  const headerRows: string[][] = []
  const headerTexts = new Set<string>()
  let header: readonly string[] | null = null
  let titlesLeft = shape.skipRows
  let namesLeft = shape.hasHeader ? shape.headerRows : 0
  // As many as the footer has: they are rows only when others come behind them.
  let held: TableRow[] = []

  function takeName(cells: string[]): void {
    headerRows.push(cells)
    headerTexts.add(textOf(cells))
    namesLeft -= 1
    header = headerNames(headerRows)
  }

  // Files that were put together by hand bring their header again, with the mark that their bytes began with.
  function isHeaderAgain(cells: readonly string[]): boolean {
    const first = cells[0]?.charCodeAt(0) === MARK ? cells[0].slice(1) : cells[0]
    if (!headerRows.some(names => names[0] === first)) return false
    return headerTexts.has(textOf(cells).replace(/^\uFEFF/, ''))
  }

  return (records, last) => {
    const kept: TableRow[] = held
    held = []
    for (const row of records) {
      if (isBlank(row.cells)) continue
      if (titlesLeft > 0) titlesLeft -= 1
      else if (namesLeft > 0) takeName(row.cells)
      else if (!isHeaderAgain(row.cells)) kept.push(row)
    }
    if (shape.footerRows === 0) return { header, rows: kept }
    const behind = kept.splice(Math.max(0, kept.length - shape.footerRows))
    if (!last) held = behind
    return { header, rows: kept }
  }
}

// Blank cells at the end say nothing: rows of a sheet are filled up with them.
function textOf(cells: readonly string[]): string {
  let filled = cells.length
  while (filled > 0 && cells[filled - 1] === '') filled -= 1
  return cells.slice(0, filled).join('\u001f')
}

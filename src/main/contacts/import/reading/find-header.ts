import { looksLikeDate, looksLikeEmail, looksLikeNumber, looksLikePhone } from '../mapping/cell-looks.ts'
import { namesKnownField } from '../mapping/column-names.ts'
import type { Shape } from './table-shape.ts'

/** Where the names of the columns stand. */
export type HeaderFinding = Pick<Shape, 'skipRows' | 'hasHeader' | 'headerRows'>

const MOST_TITLE_ROWS = 15
const MOST_HEADER_ROWS = 3

/** Finds titles above the names and the rows that the names take, in the first rows of a file that are not blank. */
export function findHeader(rows: readonly (readonly string[])[], corrected: Partial<Shape>): HeaderFinding {
  const skipRows = corrected.skipRows ?? titleRows(rows)
  const below = rows.slice(skipRows)
  const hasHeader = corrected.hasHeader ?? looksLikeHeader(below)
  const headerRows = corrected.headerRows ?? (hasHeader ? headerHeight(below) : 1)
  return { skipRows, hasHeader, headerRows }
}

// Titles fill one cell or a few, where records fill many, and they hold no address.
function titleRows(rows: readonly (readonly string[])[]): number {
  const usual = usualWidth(rows)
  if (usual < 2) return 0
  let titles = 0
  for (const cells of rows.slice(0, Math.min(MOST_TITLE_ROWS, rows.length - 1))) {
    const filled = filledCells(cells)
    if (filled.length > Math.max(1, usual / 3) || filled.some(isAddress)) break
    // A single name above a table of two columns may be a header whose other cell is blank.
    if (filled.some(namesKnownField)) break
    titles += 1
  }
  return titles
}

/** How many cells of a row usually hold something. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const widths = rows.map(cells => filledCells(cells).length).sort((a, b) => a - b)
  return widths[widths.length >> 1] ?? 0
}

// Names are different, none is a value, and some are known or later rows look otherwise.
function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const filled = filledCells(rows[0] ?? [])
  if (filled.length === 0) return false
  if (filled.some(isAddress)) return false
  // "Name, Email, 2023, 2024"
  if (filled.filter(namesKnownField).length >= 2) return true
  if (filled.some(isValue)) return false
  if (filled.some(namesKnownField)) return true
  if (rows.length < 2 || new Set(filled.map(cell => cell.toLowerCase())).size < filled.length) return false
  return rows.slice(1).some(cells => cells.some(isValue))
}

// A second row of names: most of its cells are names of fields, and no record is like that.
function headerHeight(rows: readonly (readonly string[])[]): number {
  let height = 1
  while (height < MOST_HEADER_ROWS && height < rows.length) {
    const filled = filledCells(rows[height] ?? [])
    const known = filled.filter(namesKnownField).length
    const repeats = filled.join('\u001f') === filledCells(rows[0] ?? []).join('\u001f')
    if (repeats || filled.some(isValue) || known < 2 || known < filled.length / 2) break
    height += 1
  }
  return height
}

function filledCells(cells: readonly string[]): string[] {
  return cells.map(cell => cell.trim()).filter(cell => cell !== '')
}

function isAddress(cell: string): boolean {
  return looksLikeEmail(cell) || looksLikePhone(cell)
}

function isValue(cell: string): boolean {
  return isAddress(cell) || looksLikeDate(cell) || looksLikeNumber(cell)
}

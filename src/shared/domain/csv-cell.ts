/** A value of a CSV file. Numbers are written as they are; null is an empty cell. */
export type CsvValue = string | number | null

/** What a CSV file for spreadsheets begins with: without it Excel takes UTF-8 for the code page of the machine. */
export const CSV_BYTE_ORDER_MARK = '\uFEFF'

// OWASP "CSV Injection", and the full-width forms that Excel folds into them (standards.md 10.3).
const FORMULA_STARTS = '=+-@\t\r\n\0＝＋－＠'
const NEEDS_QUOTES = /[",\r\n]|^[ \t]|[ \t]$/

/**
 * One cell after RFC 4180. With `safeForSpreadsheets` a text that a spreadsheet would run as a formula gets an apostrophe
 * before it, and quotes; numbers do not.
 */
export function csvCell(value: CsvValue, safeForSpreadsheets: boolean): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  if (safeForSpreadsheets && value !== '' && FORMULA_STARTS.includes(value.charAt(0))) return quoted(`'${value}`)
  return NEEDS_QUOTES.test(value) ? quoted(value) : value
}

/** One row with its CRLF. A row of one empty cell is quoted, so that it is not taken for an empty line. */
export function csvRow(values: readonly CsvValue[], safeForSpreadsheets: boolean): string {
  const row = values.map(value => csvCell(value, safeForSpreadsheets)).join(',')
  return `${row === '' && values.length === 1 ? '""' : row}\r\n`
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

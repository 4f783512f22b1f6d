const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/

/**
 * One line of CSV for spreadsheets (RFC 4180, CRLF). A text that a spreadsheet would take for a formula gets an apostrophe
 * before it (OWASP, CSV injection); the import takes it off again.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return safe !== text || /[",\r\n]|^\s|\s$/.test(text) ? `"${safe.replaceAll('"', '""')}"` : safe
}

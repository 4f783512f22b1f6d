import { looksLikeEmail, looksLikePhone } from '../mapping/cell-looks.ts'

const MOST_FOOTER_ROWS = 10
const WORDS =
  /^(?:total|totals|grand total|subtotal|sum|summe|gesamt|gesamtsumme|suma|somme|totale|итого|合計|rows?|records?|entries|count|number of (?:rows|records|contacts)|anzahl|end|eof|ende|fin|end of (?:file|report|list|data|export)|generated|exported|printed|created|erstellt|report|page|seite|confidential|copyright|source|quelle|©|\(c\))\b.{0,120}$/i
const SUMMARY = /^\(?\d[\d.,' ]* (?:rows?|records?|contacts?|entries|lines?|zeilen|datensätze|kontakte)\b.{0,60}$/i
const RULE = /^[-=_*#~. ]*(?:end(?: of \w+)?|eof)?[-=_*#~. ]+$/i

/**
 * How many of the last rows are no records: totals, "-- end --", "Exported on …". Only rows without any address count, and
 * with few filled cells, so that a person called Total is safe. "Total: 1,312 rows" has two, cut at the comma.
 */
export function footerRows(rows: readonly (readonly string[])[], usualWidth: number): number {
  let count = 0
  for (let at = rows.length - 1; at >= 1 && count < MOST_FOOTER_ROWS; at--) {
    if (!isFooter(rows[at] ?? [], usualWidth)) break
    count += 1
  }
  return count
}

function isFooter(cells: readonly string[], usualWidth: number): boolean {
  const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  const [first = ''] = filled
  if (filled.length > Math.max(2, usualWidth / 2)) return false
  if (filled.some(cell => looksLikeEmail(cell) || looksLikePhone(cell) || cell.includes('@'))) return false
  return WORDS.test(first) || SUMMARY.test(first) || RULE.test(first)
}

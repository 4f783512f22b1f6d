import { DELIMITERS, type Delimiter } from './separator-line.ts'
import type { TableRow } from './table-row.ts'

/** The delimiter that cuts most rows into the same number of fields, more than one; `cut` cuts the text and respects quotes. */
export function findDelimiter(cut: (delimiter: Delimiter) => readonly TableRow[]): Delimiter {
  let best: Delimiter = ','
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    const rows = cut(delimiter).filter(row => row.fault === null)
    const widths = new Map<number, number>()
    for (const row of rows) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1)
    let usual = 1
    let often = 0
    for (const [width, count] of widths) {
      if (width > 1 && (count > often || (count === often && width > usual))) {
        usual = width
        often = count
      }
    }
    // More columns break a tie: `1,5;2,5` has as many commas as semicolons only by accident.
    const score = rows.length === 0 ? 0 : (often / rows.length) * (1 + Math.min(usual, 50) / 100)
    if (score > bestScore + 1e-9) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

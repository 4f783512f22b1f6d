import type { FileReading } from '../../../../shared/contract/imports.ts'
import type { TableRow } from './table-row.ts'

/** What can part the columns of a text. */
export type Delimiter = FileReading['delimiter']
export const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|']

/** The delimiter that Excel's first line `sep=;` names; null for any other text. */
export function separatorLine(text: string): Delimiter | null {
  const found = /^\uFEFF?"?sep=([,;|\t])"?[ ]*(?:\r|\n|$)/i.exec(text)?.[1]
  return DELIMITERS.find(delimiter => delimiter === found) ?? null
}

/** Whether the first record of a text is Excel's `sep=` line. */
export function isSeparatorRow(row: TableRow | undefined, delimiter: Delimiter): boolean {
  return row?.line === 1 && row.cells.length <= 3 && separatorLine(`${row.cells.join(delimiter)}\n`) !== null
}

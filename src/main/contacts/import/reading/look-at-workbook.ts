import type { FileReading } from '../../../../shared/contract/imports.ts'
import { footerRows } from './find-footer.ts'
import { findHeader, usualWidth } from './find-header.ts'
import { PLAIN_READING } from './plain-reading.ts'
import { describeShape } from './reading-why.ts'
import { RECORDS_LOOKED_AT, shapedLook, type TableLook } from './table-look.ts'
import { isBlank, type TableRow } from './table-row.ts'
import { sheetSizes, usualSheet } from './xlsx/sheet-sizes.ts'
import { readWorkbookRows } from './xlsx/workbook-rows.ts'

const LAST_ROWS_JUDGED = 20
// A sheet up to here is read to its end for totals below the table and cells with errors.
const ROWS_READ_WHOLE = 20_000

/** Chooses the sheet of a workbook, finds its header and footer, and shows its first rows. */
export async function lookAtWorkbook(path: string, corrected: Partial<FileReading>): Promise<TableLook> {
  const sheets = await sheetSizes(path)
  const sheet = corrected.sheet || usualSheet(sheets)
  const isWhole = (sheets.find(({ name }) => name === sheet)?.rows ?? 0) <= ROWS_READ_WHOLE
  const first: TableRow[] = []
  let last: TableRow[] = []
  let errorCells = 0
  for await (const piece of readWorkbookRows(path, sheet)) {
    const rows = piece.rows.filter(row => !isBlank(row.cells))
    if (first.length < RECORDS_LOOKED_AT) first.push(...rows.slice(0, RECORDS_LOOKED_AT - first.length))
    last = [...last, ...rows].slice(-LAST_ROWS_JUDGED)
    errorCells = piece.errorCells
    if (!isWhole && first.length >= RECORDS_LOOKED_AT) break
  }
  const cells = first.map(row => row.cells)
  const header = findHeader(cells, corrected)
  const footer =
    corrected.footerRows ??
    (isWhole
      ? footerRows(
          last.map(row => row.cells),
          usualWidth(cells),
        )
      : 0)
  const reading = { ...PLAIN_READING, ...header, format: 'xlsx' as const, sheet, footerRows: footer }
  const seen = sheets.map(({ name, rows }) => ({ name, rows }))
  const why = [
    `Excel workbook, sheet “${sheet}”${sheets.length > 1 && !corrected.sheet ? ', which has most rows' : ''}`,
    ...describeShape(reading),
    ...(errorCells > 0
      ? [
          `${errorCells === 1 ? '1 cell holds' : `${errorCells} cells hold`} an error such as #N/A and ${errorCells === 1 ? 'is' : 'are'} read as empty`,
        ]
      : []),
  ]
  return { reading, why: `${why.join('; ')}.`, ...shapedLook(first, reading), sheets: seen }
}

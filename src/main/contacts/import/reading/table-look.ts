import type { SheetSize } from '../../../../shared/contract/import-reading.ts'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import type { TableRow } from './table-row.ts'
import { tableShape } from './table-shape.ts'

/** What the beginning of a file shows, and how the whole of it is to be read. */
export interface TableLook {
  readonly reading: FileReading
  /** Why it is read so, for a person. */
  readonly why: string
  /** The names of the columns as the file has them; null when it has none. */
  readonly header: readonly string[] | null
  /** The first rows below the header that can be read. */
  readonly rows: readonly (readonly string[])[]
  /** The sheets of a workbook with the rows they hold; none for other files. */
  readonly sheets: readonly SheetSize[]
}

/** How many records of a file are looked at. */
export const RECORDS_LOOKED_AT = 1000

/** Header and rows of the first records of a file, under its reading. */
export function shapedLook(records: readonly TableRow[], reading: FileReading): Pick<TableLook, 'header' | 'rows'> {
  const { header, rows } = tableShape({ ...reading, footerRows: 0 })(records, true)
  const cells = rows.filter(row => row.fault === null).map(row => row.cells)
  if (header === null || reading.format !== 'xlsx') return { header, rows: cells }
  // A sheet leaves out blank cells at the end of its header as well: those columns have no name, but they are there.
  const width = cells.reduce((most, row) => Math.max(most, row.length), header.length)
  return { header: Array.from({ length: width }, (_, column) => header[column] ?? ''), rows: cells }
}

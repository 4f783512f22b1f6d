import type { FileReading } from '../../../../shared/contract/imports.ts'
import { readAddressList } from './address-list.ts'
import type { RecordPiece, TablePiece } from './table-row.ts'
import { type Shape, tableShape } from './table-shape.ts'
import { readTextRows } from './text-rows.ts'
import { readCards } from './vcard/read-cards.ts'
import { readWorkbookRows } from './xlsx/workbook-rows.ts'

// Cards and lists of addresses bring names of their columns that we made, and nothing above or below the rows.
const NAMED: Shape = { skipRows: 0, hasHeader: true, headerRows: 1, footerRows: 0 }

/**
 * Reads the rows of a file of any format piece by piece, in its order and in bounded memory. The same file and reading give
 * the same rows, so that a reader that was interrupted can count its way back.
 */
export async function* readTable(path: string, reading: FileReading): AsyncGenerator<TablePiece> {
  const isNamed = reading.format === 'vcard' || (reading.format === 'text' && reading.layout === 'addresses')
  const shape = tableShape(isNamed ? NAMED : reading)
  let bytesRead = 0
  for await (const piece of recordsOf(path, reading)) {
    bytesRead = piece.bytesRead
    yield { ...shape(piece.rows, false), bytesRead }
  }
  yield { ...shape([], true), bytesRead }
}

function recordsOf(path: string, reading: FileReading): AsyncGenerator<RecordPiece> {
  switch (reading.format) {
    case 'xlsx':
      return readWorkbookRows(path, reading.sheet)
    case 'vcard':
      return readCards(path, reading.encoding)
    case 'text':
      return reading.layout === 'addresses' ? readAddressList(path, reading.encoding) : readTextRows(path, reading)
  }
}

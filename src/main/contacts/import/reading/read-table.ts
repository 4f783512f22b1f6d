import type { FileReading } from '../../../../shared/contract/imports.ts'
import type { RecordPiece, TablePiece } from './table-row.ts'
import { tableShape } from './table-shape.ts'
import { readTextRows } from './text-rows.ts'

/**
 * Reads the rows of a file of any format piece by piece, in its order and in bounded memory. The same file and reading give
 * the same rows, so that a reader that was interrupted can count its way back.
 */
export async function* readTable(path: string, reading: FileReading): AsyncGenerator<TablePiece> {
  const shape = tableShape(reading)
  let bytesRead = 0
  for await (const piece of recordsOf(path, reading)) {
    bytesRead = piece.bytesRead
    yield { ...shape(piece.rows, false), bytesRead }
  }
  yield { ...shape([], true), bytesRead }
}

function recordsOf(path: string, reading: FileReading): AsyncGenerator<RecordPiece> {
  return readTextRows(path, reading)
}

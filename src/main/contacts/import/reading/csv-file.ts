import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { type CsvRow, createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { isBlank, separatorLine } from './file-reading.ts'

/** Rows of a file below its header, as far as a piece of it went. Blank rows and repetitions of the header are left out. */
export interface CsvPiece {
  /** The names of the columns; null when the file has none. */
  readonly header: readonly string[] | null
  readonly rows: readonly CsvRow[]
  readonly bytesRead: number
}

const PIECE_BYTES = 131_072

/** Reads a CSV file piece by piece, never more than a piece and one record in memory. */
export async function* readCsvFile(path: string, reading: FileReading): AsyncGenerator<CsvPiece> {
  const decoder = iconv.getDecoder(reading.encoding)
  const parser = createCsvParser({ delimiter: reading.delimiter, mostFieldLength: MOST_FIELD_LENGTH })
  const clean = rowFilter(reading)
  let bytesRead = 0
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    if (!Buffer.isBuffer(chunk)) continue
    bytesRead += chunk.length
    yield { ...clean(parser.push(decoder.write(chunk))), bytesRead }
  }
  const rest = parser.push(decoder.end() ?? '')
  yield { ...clean([...rest, ...parser.end()]), bytesRead }
}

function rowFilter(reading: FileReading): (rows: CsvRow[]) => Omit<CsvPiece, 'bytesRead'> {
  let header: readonly string[] | null = null
  let headerText = ''
  return rows => {
    const kept: CsvRow[] = []
    for (const row of rows) {
      if (isBlank(row.cells)) continue
      if (row.line === 1 && separatorLine(`${row.cells.join(reading.delimiter)}\n`) !== null) continue
      if (reading.hasHeader && header === null) {
        header = row.cells
        headerText = row.cells.join('\u001f')
        continue
      }
      // Files that were put together by hand bring their header again.
      if (header !== null && row.cells[0] === header[0] && row.cells.join('\u001f') === headerText) continue
      kept.push(row)
    }
    return { header, rows: kept }
  }
}

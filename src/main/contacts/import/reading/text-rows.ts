import { createReadStream } from 'node:fs'
import iconv from 'iconv-lite'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { unwrapRow } from './quoted-rows.ts'
import { isSeparatorRow } from './separator-line.ts'
import type { RecordPiece, TableRow } from './table-row.ts'

const PIECE_BYTES = 131_072

/** Reads separated text piece by piece, never more than a piece and one record in memory. */
export async function* readTextRows(path: string, reading: FileReading): AsyncGenerator<RecordPiece> {
  const decoder = iconv.getDecoder(reading.encoding)
  const { delimiter, quote, layout } = reading
  const fields = (rows: TableRow[]): TableRow[] =>
    layout === 'quoted_rows' ? rows.map(row => unwrapRow(row, delimiter)) : rows
  const parser = createCsvParser({ delimiter, quote, mostFieldLength: MOST_FIELD_LENGTH })
  let bytesRead = 0
  let begun = false
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    if (!Buffer.isBuffer(chunk)) continue
    bytesRead += chunk.length
    const rows = parser.push(decoder.write(chunk))
    if (!begun && rows.length > 0) {
      begun = true
      if (isSeparatorRow(rows[0], delimiter)) rows.shift()
    }
    yield { rows: fields(rows), bytesRead }
  }
  const rows = [...parser.push(decoder.end() ?? ''), ...parser.end()]
  if (!begun && isSeparatorRow(rows[0], delimiter)) rows.shift()
  yield { rows: fields(rows), bytesRead }
}

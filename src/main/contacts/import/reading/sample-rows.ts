import { stat } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { readBlocks } from './file-blocks.ts'
import type { TableRow } from './table-row.ts'

/** Rows from all over a file, and how many the whole file has, judged by them. */
export interface RowSample {
  readonly rows: readonly TableRow[]
  readonly expectedRows: number
}

/** Rows from up to `blocks` places spread evenly over a file; names of columns and titles may be among them. */
export async function sampleRows(path: string, reading: FileReading, blocks: number): Promise<RowSample> {
  const { size } = await stat(path)
  const { delimiter, quote, encoding } = reading
  const rows: TableRow[] = []
  let bytes = 0
  let records = 0
  for (const block of await readBlocks(path, blocks)) {
    const parser = createCsvParser({ delimiter, quote, mostFieldLength: MOST_FIELD_LENGTH })
    const found = parser.push(iconv.getDecoder(encoding).write(block))
    // The first record of a block begins somewhere in its middle.
    rows.push(...found.slice(1))
    bytes += block.length
    records += found.length
  }
  return { rows, expectedRows: bytes === 0 ? 0 : Math.round((records * size) / bytes) }
}

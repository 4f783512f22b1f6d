import { stat } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { readBlocks } from './file-blocks.ts'
import { unwrapRow } from './quoted-rows.ts'
import { readTable } from './read-table.ts'
import type { TableRow } from './table-row.ts'

/** Rows from all over a file, and how many the whole file has, judged by them. */
export interface RowSample {
  readonly rows: readonly TableRow[]
  readonly expectedRows: number
}

// Enough to part a million rows into ranges of about equal size.
const MOST_SAMPLED = 20_000

/** Rows from all over a file; of a text from `blocks` places, where names of columns and titles may be among them. */
export function sampleRows(path: string, reading: FileReading, blocks: number): Promise<RowSample> {
  const isTable = reading.format === 'text' && reading.layout !== 'addresses'
  return isTable ? sampleText(path, reading, blocks) : sampleAll(path, reading)
}

// Other formats can be read only from their beginning: every row, then every second, every fourth …
async function sampleAll(path: string, reading: FileReading): Promise<RowSample> {
  let rows: TableRow[] = []
  let stride = 1
  let count = 0
  for await (const piece of readTable(path, reading)) {
    for (const row of piece.rows) {
      if (count % stride === 0) rows.push(row)
      count += 1
    }
    if (rows.length > MOST_SAMPLED) {
      rows = rows.filter((_, index) => index % 2 === 0)
      stride *= 2
    }
  }
  return { rows, expectedRows: count }
}

async function sampleText(path: string, reading: FileReading, blocks: number): Promise<RowSample> {
  const { size } = await stat(path)
  const { delimiter, quote, encoding, layout } = reading
  const rows: TableRow[] = []
  let bytes = 0
  let records = 0
  for (const block of await readBlocks(path, blocks)) {
    const parser = createCsvParser({ delimiter, quote, mostFieldLength: MOST_FIELD_LENGTH })
    const found = parser.push(iconv.getDecoder(encoding).write(block))
    // The first record of a block begins somewhere in its middle.
    const whole = found.slice(1)
    rows.push(...(layout === 'quoted_rows' ? whole.map(row => unwrapRow(row, delimiter)) : whole))
    bytes += block.length
    records += found.length
  }
  return { rows, expectedRows: bytes === 0 ? 0 : Math.round((records * size) / bytes) }
}

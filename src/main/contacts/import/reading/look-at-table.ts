import type { FileReading } from '../../../../shared/contract/imports.ts'
import { readBlocks } from './file-blocks.ts'
import { decodeHead, detectReading, headRows } from './file-reading.ts'
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
}

const ROWS_LOOKED_AT = 1000
const BLOCKS_LOOKED_AT = 16

/** Detects how a file of any format is to be read; what a person corrected stays as she said. */
export async function lookAtTable(path: string, corrected: Partial<FileReading>): Promise<TableLook> {
  const blocks = await readBlocks(path, BLOCKS_LOOKED_AT)
  const { reading, why } = detectReading(blocks, corrected)
  const text = decodeHead(blocks[0] ?? Buffer.alloc(0), reading.encoding)
  const records = headRows(text, reading.delimiter, reading.quote, ROWS_LOOKED_AT)
  const { header, rows } = tableShape({ ...reading, footerRows: 0 })(records, true)
  return { reading, why, header, rows: rows.filter(row => row.fault === null).map(row => row.cells) }
}

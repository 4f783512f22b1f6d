import { orderOfDates } from '../checks/read-date.ts'
import { readBlocks } from '../reading/file-blocks.ts'
import { decodeHead, detectReading, headRows } from '../reading/file-reading.ts'
import type { FileLook, LookRequest } from '../thread/import-reader.ts'
import { columnNames, suggestColumns } from './columns.ts'

const ROWS_LOOKED_AT = 1000
const BLOCKS_LOOKED_AT = 16

/** Detects how a file is to be read and what its columns are, from its beginning and samples of the rest. */
export async function lookAtFile({ path, corrected }: LookRequest): Promise<FileLook> {
  const blocks = await readBlocks(path, BLOCKS_LOOKED_AT)
  const { reading, why } = detectReading(blocks, corrected)
  const text = decodeHead(blocks[0] ?? Buffer.alloc(0), reading.encoding)
  const rows = headRows(text, reading.delimiter, ROWS_LOOKED_AT).filter(row => row.fault === null)
  const header = reading.hasHeader ? (rows[0]?.cells ?? []) : null
  const body = (header ? rows.slice(1) : rows).map(row => row.cells)
  const names = columnNames(header, widthOf(header, body))
  return { reading, why, names, columns: suggestColumns(names, body), dateOrder: orderOfDates(body.flat()) }
}

// Columns at the end that have neither a name nor a value come from a spreadsheet's formatting.
function widthOf(header: readonly string[] | null, body: readonly (readonly string[])[]): number {
  const most = header ? header.length : body.reduce((width, cells) => Math.max(width, cells.length), 0)
  let width = most
  while (width > 1 && !header?.[width - 1]?.trim() && !body.some(cells => cells[width - 1]?.trim())) width -= 1
  return width
}

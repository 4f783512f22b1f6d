import { stat } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { createRowCheck } from '../checks/row-check.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from '../reading/csv-parser.ts'
import { readBlocks } from '../reading/file-blocks.ts'
import type { RowsRequest } from '../thread/import-reader.ts'

// Merging rows in the order of their keys writes each page of the e-mail index once. Sorting a million rows in the store
// would hold it for seconds; instead rows are put into ranges of their keys as they come, and each range, a few thousand
// rows, is sorted when it is merged (performance.md section 1).
const ROWS_A_RANGE = 4000
const MOST_RANGES = 256
const BLOCKS_SAMPLED = 48

/** The keys at which ranges begin, from samples of the whole file, so that files that are sorted are cut well too. */
export async function splitsOf(request: RowsRequest): Promise<readonly string[]> {
  const { size } = await stat(request.path)
  const check = createRowCheck(request.mapping, request.options)
  const idents: string[] = []
  let bytes = 0
  let rows = 0
  for (const block of await readBlocks(request.path, BLOCKS_SAMPLED)) {
    const parser = createCsvParser({ delimiter: request.reading.delimiter, mostFieldLength: MOST_FIELD_LENGTH })
    const found = parser.push(iconv.getDecoder(request.reading.encoding).write(block))
    // The first row of a block begins somewhere in its middle.
    for (const row of found.slice(1)) {
      const checked = check(row)
      if (checked.kind === 'contact') idents.push(checked.contact.ident)
    }
    bytes += block.length
    rows += found.length
  }
  const expected = bytes === 0 ? 0 : (rows * size) / bytes
  const ranges = Math.min(MOST_RANGES, Math.ceil(expected / ROWS_A_RANGE), idents.length)
  return quantiles(idents.sort(), ranges)
}

function quantiles(sorted: readonly string[], ranges: number): string[] {
  const splits: string[] = []
  for (let i = 1; i < ranges; i++) {
    const split = sorted[Math.floor((i * sorted.length) / ranges)]
    if (split !== undefined && split !== splits.at(-1)) splits.push(split)
  }
  return splits
}

/** The range that a key belongs to: how many splits are not above it. */
export function rangeOf(ident: string, splits: readonly string[]): number {
  let low = 0
  let high = splits.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((splits[middle] ?? '') <= ident) low = middle + 1
    else high = middle
  }
  return low
}

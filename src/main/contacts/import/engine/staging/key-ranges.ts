import { createRowCheck } from '../../checks/row-check.ts'
import { sampleRows } from '../../reading/sample-rows.ts'
import type { RowsRequest } from '../../thread/rows-request.ts'

// Merging rows in the order of their keys writes each page of the e-mail index once. Sorting a million rows in the store
// would hold it for seconds; instead rows are put into ranges of their keys as they come, and each range, a few thousand
// rows, is sorted when it is merged (performance.md section 1).
const ROWS_A_RANGE = 4000
const MOST_RANGES = 256
const BLOCKS_SAMPLED = 48

/** The keys at which ranges begin, from samples of the whole file, so that files that are sorted are cut well too. */
export async function splitsOf(request: RowsRequest): Promise<readonly string[]> {
  const check = createRowCheck(request.mapping, request.options)
  const { rows, expectedRows } = await sampleRows(request.path, request.reading, BLOCKS_SAMPLED)
  const idents: string[] = []
  for (const row of rows) {
    const checked = check(row)
    if (checked.kind === 'contact') idents.push(checked.contact.ident)
  }
  return splitsAmong(idents, expectedRows)
}

/** The keys at which ranges begin, when `keys` are samples of a file of `expectedRows` rows. */
export function splitsAmong(keys: string[], expectedRows: number): readonly string[] {
  const ranges = Math.min(MOST_RANGES, Math.ceil(expectedRows / ROWS_A_RANGE), keys.length)
  return quantiles(keys.sort(), ranges)
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

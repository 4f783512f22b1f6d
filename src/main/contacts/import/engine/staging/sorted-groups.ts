import { join } from 'node:path'
import { setOrdinal } from './record.ts'
import { type Chunk, openRuns, type RunRow } from './runs-file.ts'
import { createTableFile } from './table-file.ts'

/** Which rows are to be sorted: those that `stageFile` put aside. */
export interface SortRequest {
  readonly folder: string
  readonly runBytes: number
  /** The columns of a row behind its ordinal. */
  readonly columns: readonly string[]
  /** Rows up to this one are merged already. */
  readonly afterRow: number
}

/** A file with rows in the order of their keys; those of one key in the order of the source. */
export interface SortedGroup {
  readonly path: string
  /** Rows are numbered through all groups, from 1. */
  readonly firstRow: number
  readonly lastRow: number
  /** The first row without an e-mail address; one above the last when all have one. */
  readonly firstWithoutEmail: number
}

// A file of some 12 MB: attached in no time, sorted while the one before is merged.
const ROWS_A_GROUP = 50_000
// Nothing is merged while the first is sorted.
const ROWS_IN_FIRST_GROUP = 8000

/** The file with the rows that were put aside. */
export function runsPath(folder: string): string {
  return join(folder, 'rows')
}

/** Sorts rows that were put aside, group by group. Made again, a group is the same. */
export async function* sortedGroups(request: SortRequest): AsyncGenerator<SortedGroup> {
  const runs = await openRuns(runsPath(request.folder), request.runBytes)
  try {
    let row = 1
    let number = 0
    for (const ranges of groupsOf(await runs.chunks())) {
      const firstRow = row
      const count = ranges.reduce((sum, chunks) => sum + rowsIn(chunks), 0)
      row += count
      number += 1
      if (row - 1 <= request.afterRow) continue
      const path = join(request.folder, `sorted-${number}`)
      const table = await createTableFile(path, ['k', ...request.columns].join(', '))
      let at = firstRow
      let firstWithoutEmail = row
      for (const chunks of ranges) {
        const rows = await runs.rows(chunks)
        let key = ''
        let ordinal = 0
        // The sort is stable: rows of one key stay in the order of the file.
        for (const found of rows.sort(byKey)) {
          ordinal = found.key === key ? ordinal + 1 : 1
          key = found.key
          setOrdinal(found.bytes, found.from, ordinal)
          table.add(at, found.bytes, found.from, found.to)
          if (at < firstWithoutEmail && !key.startsWith('e')) firstWithoutEmail = at
          at += 1
        }
        await table.drain()
      }
      await table.finish()
      yield { path, firstRow, lastRow: row - 1, firstWithoutEmail }
    }
  } finally {
    await runs.close()
  }
}

/** Neighbouring ranges together, each as its chunks. */
function groupsOf(chunks: readonly Chunk[]): Chunk[][][] {
  const ranges = new Map<number, Chunk[]>()
  for (const chunk of chunks) {
    const those = ranges.get(chunk.range)
    if (those) those.push(chunk)
    else ranges.set(chunk.range, [chunk])
  }
  const groups: Chunk[][][] = []
  let rows = 0
  for (const [, those] of [...ranges].sort(([a], [b]) => a - b)) {
    if (groups.length === 0 || rows >= (groups.length === 1 ? ROWS_IN_FIRST_GROUP : ROWS_A_GROUP)) {
      groups.push([])
      rows = 0
    }
    groups.at(-1)?.push(those)
    rows += rowsIn(those)
  }
  return groups
}

function rowsIn(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
}

function byKey(one: RunRow, other: RunRow): number {
  if (one.key === other.key) return 0
  return one.key < other.key ? -1 : 1
}

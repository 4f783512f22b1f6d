import type { FileReading } from '../../../../../shared/contract/imports.ts'
import { readTable } from '../../reading/read-table.ts'
import type { TableRow } from '../../reading/table-row.ts'
import { rangeOf } from './key-ranges.ts'
import type { RecordValue } from './record.ts'
import { createRunsWriter } from './runs-file.ts'
import type { Share } from './sharing.ts'
import { runsPath } from './sorted-groups.ts'

/** Which file is put aside, and how much of it is already. Rows go into ranges of their key; `splits` are where ranges begin. */
export interface StagingPlace {
  readonly path: string
  readonly reading: FileReading
  readonly folder: string
  readonly splits: readonly string[]
  readonly skipRows: number
  /** How long the file of this reader is. */
  readonly runBytes: number
}

/** Some rows of a file that were put aside; what comes after the last of these is done again after a crash. */
export interface RowsPoint {
  readonly reader: number
  /** The rows after the first `firstRow` of the file, up to and with the first `rowsRead`. */
  readonly firstRow: number
  readonly rowsRead: number
  /** JSON: arrays of [line, field, reason, cells as JSON]. */
  readonly rejects: readonly string[]
  readonly rejected: number
  readonly bytesRead: number
  /** How long the file of the reader is now. */
  readonly runBytes: number
}

/** Where a row goes. */
export interface Aside {
  keep(key: string, values: readonly RecordValue[]): void
  reject(row: TableRow, field: string, reason: string): void
}

const REJECTS_A_TEXT = 500
const MOST_REJECT_TEXTS = 20
// A rejected row is kept to be corrected by hand; nobody corrects a cell of more than 32,767 characters, Excel's limit.
const MOST_REJECTED_CELL = 32_767

/** The cells of a row as JSON, each as long as a person can correct it. */
export function keptCells(cells: readonly string[]): string {
  return JSON.stringify(
    cells.map(cell => (cell.length > MOST_REJECTED_CELL ? cell.slice(0, MOST_REJECTED_CELL) : cell)),
  )
}

/**
 * Reads a file in its order and puts the rows of a share aside; `take` decides where each goes. Rows that are in already, or
 * belong to another reader, are `isDone`. Every reader parses the whole file: where a record begins is known only to who has
 * read everything before, and parsing is a sixth of the work.
 */
export async function* stageRows(
  place: StagingPlace,
  share: Share,
  take: (row: TableRow, aside: Aside, isDone: boolean) => void,
): AsyncGenerator<RowsPoint> {
  const { reader, readers, blockRows } = share
  const runs = await createRunsWriter(runsPath(place.folder, reader), place.runBytes)
  let rowsRead = 0
  let firstRow = 0
  let taken = 0
  let rejects: unknown[] = []
  let texts: string[] = []
  let rejected = 0

  const aside: Aside = {
    keep: (key, values) => runs.add(rangeOf(key, place.splits), key, values),
    reject(row, field, reason) {
      rejects.push([row.line, field, reason, keptCells(row.cells)])
      rejected += 1
      if (rejects.length === REJECTS_A_TEXT) endText()
    },
  }

  function endText(): void {
    texts.push(JSON.stringify(rejects))
    rejects = []
  }

  async function save(bytesRead: number): Promise<RowsPoint> {
    const runBytes = await runs.save(firstRow)
    if (rejects.length > 0) endText()
    const point = { reader, firstRow, rowsRead: firstRow + taken, rejects: texts, rejected, bytesRead, runBytes }
    texts = []
    rejected = 0
    taken = 0
    return point
  }

  try {
    let bytesRead = 0
    for await (const piece of readTable(place.path, place.reading)) {
      for (const row of piece.rows) {
        const block = Math.floor(rowsRead / blockRows)
        rowsRead += 1
        const isDone = rowsRead <= place.skipRows || block % readers !== reader
        if (!isDone && taken === 0) firstRow = rowsRead - 1
        take(row, aside, isDone)
        if (isDone) continue
        taken += 1
        if (rowsRead % blockRows === 0 || runs.isFull() || texts.length >= MOST_REJECT_TEXTS)
          yield await save(bytesRead)
      }
      bytesRead = piece.bytesRead
    }
    if (taken > 0) yield await save(bytesRead)
  } finally {
    await runs.close()
  }
}

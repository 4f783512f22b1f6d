import type { FileReading } from '../../../../../shared/contract/imports.ts'
import { readTable } from '../../reading/read-table.ts'
import type { TableRow } from '../../reading/table-row.ts'
import { rangeOf } from './key-ranges.ts'
import type { RecordValue } from './record.ts'
import { createRunsWriter } from './runs-file.ts'
import { runsPath } from './sorted-groups.ts'

/** Which file is put aside, and how much of it is already. Rows go into ranges of their key; `splits` are where ranges begin. */
export interface StagingPlace {
  readonly path: string
  readonly reading: FileReading
  readonly folder: string
  readonly splits: readonly string[]
  readonly skipRows: number
  readonly runBytes: number
}

/** How far a file is read and put aside; what comes after the last of these is done again after a crash. */
export interface RowsPoint {
  readonly rowsRead: number
  /** JSON: arrays of [line, field, reason, cells as JSON]. */
  readonly rejects: readonly string[]
  /** How many rows were rejected since the last point. */
  readonly rejected: number
  readonly bytesRead: number
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

/** Reads a file in its order and puts its rows aside; `take` decides where each goes. Rows that are in already are `isDone`. */
export async function* stageRows(
  place: StagingPlace,
  take: (row: TableRow, aside: Aside, isDone: boolean) => void,
): AsyncGenerator<RowsPoint> {
  const runs = await createRunsWriter(runsPath(place.folder), place.runBytes)
  let rowsRead = 0
  let rejects: unknown[] = []
  let texts: string[] = []
  let rejected = 0
  // Reading goes on while the disk takes what was saved last.
  let saving: Promise<RowsPoint> | null = null

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
    if (rejects.length > 0) endText()
    const point = { rejects: texts, rejected, rowsRead, bytesRead }
    texts = []
    rejected = 0
    return { ...point, runBytes: await runs.save() }
  }

  try {
    let bytesRead = 0
    for await (const piece of readTable(place.path, place.reading)) {
      for (const row of piece.rows) {
        rowsRead += 1
        const isDone = rowsRead <= place.skipRows
        take(row, aside, isDone)
        if (isDone || !(runs.isFull() || texts.length >= MOST_REJECT_TEXTS)) continue
        if (saving !== null) yield await saving
        saving = save(bytesRead)
        // Whoever waits for it is told of a failure; nobody may, when the import is stopped.
        saving.catch(() => undefined)
      }
      bytesRead = piece.bytesRead
    }
    if (saving !== null) yield await saving
    yield await save(bytesRead)
  } finally {
    await saving?.catch(() => undefined)
    await runs.close()
  }
}

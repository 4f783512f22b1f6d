import { createRowCheck } from '../../checks/row-check.ts'
import { readTable } from '../../reading/read-table.ts'
import type { TableRow } from '../../reading/table-row.ts'
import type { RowsRequest } from '../../thread/rows-request.ts'
import { nameKey } from '../name-key.ts'
import { rangeOf } from './key-ranges.ts'
import { createRunsWriter } from './runs-file.ts'
import { runsPath } from './sorted-groups.ts'
import { rowStager } from './staged-row.ts'

/** What to put aside. Rows go into ranges of their key; `splits` are the keys at which a range begins, in order. */
export interface StageRequest extends RowsRequest {
  readonly folder: string
  readonly splits: readonly string[]
  /** Rows that are put aside already, and how long the file with them is. */
  readonly skipRows: number
  readonly runBytes: number
}

/** How far a file is read and put aside; what comes after the last of these is done again after a crash. */
export interface StagePoint {
  /** JSON: arrays of [line, field, reason, cells as JSON]. */
  readonly rejects: readonly string[]
  /** Tags that no earlier point had. */
  readonly tags: readonly string[]
  /** How many rows were rejected since the last point. */
  readonly rejected: number
  readonly rowsRead: number
  readonly bytesRead: number
  readonly runBytes: number
}

const REJECTS_A_TEXT = 500
const MOST_REJECT_TEXTS = 20
// A rejected row is kept to be corrected by hand; nobody corrects a cell of more than 32,767 characters, Excel's limit.
const MOST_REJECTED_CELL = 32_767

/** Reads a file in its order, checks its rows and puts them aside by their keys. */
export async function* stageFile(request: StageRequest): AsyncGenerator<StagePoint> {
  const check = createRowCheck(request.mapping, request.options)
  const valuesOf = rowStager(request)
  const runs = await createRunsWriter(runsPath(request.folder), request.runBytes)
  const tagsSeen = new Set<string>()
  let rowsRead = 0
  let rejects: unknown[] = []
  let texts: string[] = []
  let rejected = 0
  let tags: string[] = []

  function take(row: TableRow): void {
    const checked = check(row)
    if (checked.kind === 'rejected') {
      const cells = row.cells.map(cell => cell.slice(0, MOST_REJECTED_CELL))
      rejects.push([row.line, checked.field, checked.reason, JSON.stringify(cells)])
      rejected += 1
      if (rejects.length === REJECTS_A_TEXT) endText()
      return
    }
    const { contact } = checked
    if (contact.tags !== null) contact.tags = contact.tags.map(keyOfTag)
    runs.add(rangeOf(contact.ident, request.splits), contact.ident, valuesOf(contact))
  }

  function endText(): void {
    texts.push(JSON.stringify(rejects))
    rejects = []
  }

  function keyOfTag(tag: string): string {
    const key = nameKey(tag)
    if (!tagsSeen.has(key)) {
      tagsSeen.add(key)
      tags.push(tag)
    }
    return key
  }

  async function save(bytesRead: number): Promise<StagePoint> {
    const runBytes = await runs.save()
    if (rejects.length > 0) endText()
    const point = { rejects: texts, tags, rejected, rowsRead, bytesRead, runBytes }
    texts = []
    tags = []
    rejected = 0
    return point
  }

  try {
    let bytesRead = 0
    for await (const piece of readTable(request.path, request.reading)) {
      for (const row of piece.rows) {
        rowsRead += 1
        if (rowsRead <= request.skipRows) continue
        take(row)
        if (runs.isFull() || texts.length >= MOST_REJECT_TEXTS) yield await save(bytesRead)
      }
      bytesRead = piece.bytesRead
    }
    yield await save(bytesRead)
  } finally {
    await runs.close()
  }
}

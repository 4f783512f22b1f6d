import { createRowCheck } from '../checks/row-check.ts'
import { readTable } from '../reading/read-table.ts'
import type { TableRow } from '../reading/table-row.ts'
import type { ReadBatch, ReadRequest } from '../thread/import-reader.ts'
import { rangeOf } from './key-ranges.ts'
import { nameKey } from './name-key.ts'
import { rowStager } from './staged-row.ts'

/** Reads a file in batches of checked rows, in its order. Rows are counted from 1, rejected ones too. */
export async function* readBatches(request: ReadRequest): AsyncGenerator<ReadBatch> {
  const check = createRowCheck(request.mapping, request.options)
  const staged = rowStager(request.mapping)
  const tagsSeen = new Set<string>()
  let rowsRead = 0
  let rows: unknown[] = []
  let rejects: unknown[] = []
  let tags: string[] = []

  function take(row: TableRow): void {
    const checked = check(row)
    if (checked.kind === 'rejected') {
      const cells = row.cells.map(cell => cell.slice(0, MOST_REJECTED_CELL))
      rejects.push([row.line, checked.field, checked.reason, JSON.stringify(cells)])
      return
    }
    const { contact } = checked
    if (contact.tags !== null) contact.tags = contact.tags.map(keyOfTag)
    rows.push(staged(rangeOf(contact.ident, request.splits), rowsRead, contact))
  }

  function keyOfTag(tag: string): string {
    const key = nameKey(tag)
    if (!tagsSeen.has(key)) {
      tagsSeen.add(key)
      tags.push(tag)
    }
    return key
  }

  function batch(bytesRead: number): ReadBatch {
    const full = {
      rows: JSON.stringify(rows),
      rejects: JSON.stringify(rejects),
      tags,
      rejected: rejects.length,
      rowsRead,
      bytesRead,
    }
    rows = []
    rejects = []
    tags = []
    return full
  }

  let bytesRead = 0
  for await (const piece of readTable(request.path, request.reading)) {
    for (const row of piece.rows) {
      rowsRead += 1
      if (rowsRead <= request.skipRows) continue
      take(row)
      if (rows.length + rejects.length >= request.batchSize) yield batch(bytesRead)
    }
    bytesRead = piece.bytesRead
  }
  yield batch(bytesRead)
}

// A rejected row is kept to be corrected by hand; nobody corrects a cell of more than 32,767 characters, Excel's limit.
const MOST_REJECTED_CELL = 32_767

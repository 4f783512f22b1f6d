import type { FileReading } from '../../../../shared/contract/imports.ts'
import { readTable } from '../../import/reading/read-table.ts'
import { type CheckedOrderRow, createOrderCheck, type OrderReading } from './order-row.ts'

/** Some rows of a file in its order, checked, as JSON for the store. */
export interface OrderBatch {
  /** An array of arrays in the order in which `orderImportStore.stage` takes them. */
  readonly rows: string
  /** An array of [line, field, reason, cells as JSON]. */
  readonly rejects: string
  readonly rejected: number
  readonly rowsRead: number
  readonly bytesRead: number
}

// Nobody corrects a cell of more characters than Excel's limit by hand.
const MOST_CELL = 32_767

/** Reads a file of orders in batches, passing over the rows that are in already. */
export async function* readOrderRows(
  path: string,
  reading: FileReading,
  by: OrderReading & { readonly skipRows: number; readonly batchSize: number },
): AsyncGenerator<OrderBatch> {
  const check = createOrderCheck(by)
  let rowsRead = 0
  let bytesRead = 0
  let rows: unknown[] = []
  let rejects: unknown[] = []

  function batch(): OrderBatch {
    const full = {
      rows: JSON.stringify(rows),
      rejects: JSON.stringify(rejects),
      rejected: rejects.length,
      rowsRead,
      bytesRead,
    }
    rows = []
    rejects = []
    return full
  }

  for await (const piece of readTable(path, reading)) {
    for (const row of piece.rows) {
      rowsRead += 1
      // A row that is in already is checked all the same: the next one may be of its order.
      const checked = check(row)
      if (rowsRead <= by.skipRows) continue
      const cells = JSON.stringify(row.cells.map(cell => cell.slice(0, MOST_CELL)))
      if (checked.kind === 'rejected') rejects.push([row.line, checked.field, checked.reason, cells])
      if (checked.kind === 'row' || checked.orderId !== '') rows.push(staged(checked, rowsRead, row.line, cells))
      if (rowsRead % by.batchSize === 0) yield batch()
    }
    bytesRead = piece.bytesRead
  }
  yield batch()
}

function staged(checked: CheckedOrderRow, n: number, line: number, cells: string): readonly unknown[] {
  if (checked.kind === 'rejected') {
    return [
      checked.orderId,
      n,
      line,
      1,
      null,
      null,
      null,
      null,
      '',
      '',
      null,
      '',
      null,
      null,
      0,
      '',
      '',
      '',
      0,
      null,
      '[]',
    ]
  }
  const { row } = checked
  return [
    row.orderId,
    n,
    line,
    0,
    row.email,
    row.emailKey,
    row.phone,
    row.customerId,
    row.firstName,
    row.lastName,
    row.at,
    row.currency,
    row.valueMinor,
    row.status,
    row.hasItem ? 1 : 0,
    row.sku,
    row.name,
    row.category,
    row.quantity,
    row.itemMinor,
    cells,
  ]
}

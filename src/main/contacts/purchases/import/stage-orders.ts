import { splitsAmong } from '../../import/engine/staging/key-ranges.ts'
import type { RecordValue } from '../../import/engine/staging/record.ts'
import { keptCells, type RowsPoint, type StagingPlace, stageRows } from '../../import/engine/staging/stage-rows.ts'
import { sampleRows } from '../../import/reading/sample-rows.ts'
import { createOrderCheck, type OrderRow } from './order-row.ts'
import type { OrderRowsRequest } from './order-rows-request.ts'

/** Which orders to put aside, and where. */
export interface StageOrdersRequest extends OrderRowsRequest, StagingPlace {}

/** The columns of a staged row of an orders file, behind its ordinal among the rows of its order. */
export const STAGED_ORDER_COLUMNS: readonly string[] = [
  'order_id',
  'line',
  'fault',
  'email_key',
  'email',
  'phone',
  'customer_id',
  'first_name',
  'last_name',
  'at',
  'currency',
  'value_minor',
  'status',
  'sku',
  'name',
  'category',
  'quantity',
  'item_minor',
  'cells',
]

const BLOCKS_SAMPLED = 48

/** The numbers of orders at which ranges begin, from samples of the whole file. */
export async function orderSplits(request: OrderRowsRequest): Promise<readonly string[]> {
  const { column = -1 } = request.mapping.find(({ target }) => target === 'orderId') ?? {}
  const { rows, expectedRows } = await sampleRows(request.path, request.reading, BLOCKS_SAMPLED)
  const keys = rows.flatMap(({ cells }) => cells[column]?.trim() || [])
  return splitsAmong(keys, expectedRows)
}

/**
 * Reads a file of orders, checks its rows and puts them aside by their orders. A row that is rejected stands for itself among
 * the rows of its order: the others cannot be taken without it.
 */
export function stageOrders(request: StageOrdersRequest): AsyncGenerator<RowsPoint> {
  const check = createOrderCheck(request)
  return stageRows(request, (row, aside, isDone) => {
    // A row that is in already is checked all the same: the next one may be of its order.
    const checked = check(row)
    if (isDone) return
    if (checked.kind === 'row') {
      aside.keep(checked.row.orderId, valuesOf(checked.row, row.line, keptCells(row.cells)))
      return
    }
    aside.reject(row, checked.field, checked.reason)
    if (checked.orderId !== '') aside.keep(checked.orderId, faultyValues(checked.orderId, row.line))
  })
}

function valuesOf(row: OrderRow, line: number, cells: string): RecordValue[] {
  return [
    row.orderId,
    line,
    0,
    row.emailKey,
    // Nearly every address is its own key.
    row.email === row.emailKey ? null : row.email,
    row.phone,
    row.customerId,
    row.firstName,
    row.lastName,
    row.at,
    row.currency,
    row.valueMinor,
    row.status,
    row.sku,
    row.name,
    row.category,
    row.quantity,
    row.itemMinor,
    cells,
  ]
}

function faultyValues(orderId: string, line: number): RecordValue[] {
  return STAGED_ORDER_COLUMNS.map(column => {
    if (column === 'order_id') return orderId
    if (column === 'line') return line
    return column === 'fault' ? 1 : null
  })
}

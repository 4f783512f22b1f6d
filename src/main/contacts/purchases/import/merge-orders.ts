import { rm } from 'node:fs/promises'
import { attachedStore } from '../../import/engine/attached-store.ts'
import type { SortedGroup } from '../../import/engine/staging/sorted-groups.ts'
import { FIRST_STEP_ROWS, nextStepRows } from '../../import/engine/step-size.ts'
import { customerSourceOf } from './order-defaults.ts'
import type { OrderCourse } from './order-import-course.ts'
import { restoreOrderIndexes } from './order-import-end.ts'
import { orderImportStore } from './order-import-store.ts'
import type { IdRange, MergeStep } from './order-merge-step.ts'
import { orderMergeStore } from './order-merge-store.ts'
import { ITEM_TARGETS } from './order-row.ts'
import { STAGED_ORDER_COLUMNS } from './stage-orders.ts'

/** What is the same in every step of an import. */
type Common = Omit<MergeStep, 'after' | 'mostRows' | 'lastRow' | 'now' | 'orderIds' | 'contactIds'>

const SHARE_BEFORE = 0.4
const SHARE_OF_MERGING = 0.45

/** Turns the rows that were put aside into orders, in the order of their numbers. */
export async function mergeOrders(course: OrderCourse): Promise<void> {
  const { signal, row } = course
  if (course.phase !== 'merge' || signal.aborted) return
  const common = commonOf(course)
  const sorting = {
    folder: course.folder,
    runBytes: course.cursor.runBytes,
    columns: STAGED_ORDER_COLUMNS,
    afterRow: course.cursor.merged,
  }
  let stepRows = FIRST_STEP_ROWS
  for await (const group of course.importReader.sort(sorting, signal)) {
    stepRows = await mergeGroup(course, common, group, stepRows)
    await rm(group.path, { force: true })
  }
  if (signal.aborted) return
  course.cursor = await restoreOrderIndexes(course.storage, row.id)
  await course.write('orders.merged', tx =>
    orderImportStore.phase(tx, row.id, 'figures', JSON.stringify(course.cursor)),
  )
  course.phase = 'figures'
}

function commonOf({ row, request, changeNo }: OrderCourse): Common {
  const { options, mapping } = request
  return {
    importNo: row.number,
    changeNo,
    rows: `${attachedName(row.number)}.rows`,
    source: options.source,
    customerSource: customerSourceOf(mapping),
    makesCustomers: options.customers === 'make',
    hasItems: mapping.some(({ target }) => ITEM_TARGETS.has(target)),
    contactSource: `orders ${row.file_name}`.slice(0, 200),
  }
}

async function mergeGroup(
  course: OrderCourse,
  common: Common,
  group: SortedGroup,
  firstStepRows: number,
): Promise<number> {
  const { storage, row, signal } = course
  const name = attachedName(row.number)
  let stepRows = firstStepRows
  await attachedStore.attach(storage.db, group.path, name)
  try {
    while (course.cursor.merged < group.lastRow && !signal.aborted) {
      stepRows = await mergeStep(course, common, group.lastRow, stepRows)
    }
  } finally {
    await attachedStore.detach(storage.db, name)
  }
  return stepRows
}

/** Merges some orders; returns how many rows the next step is to have. */
async function mergeStep(course: OrderCourse, common: Common, lastRow: number, mostRows: number): Promise<number> {
  const { kernel, row, cursor } = course
  const orderIds = idRange(kernel.ids.next())
  const contactIds = idRange(kernel.ids.next())
  const done = await course.write('orders.merge', async tx => {
    // Waiting for others says nothing about how long a step takes.
    const now = kernel.clock.now()
    const step = { ...common, after: cursor.merged, mostRows, lastRow, now, orderIds, contactIds }
    const result = await orderMergeStore.step(tx, step)
    const next = { ...cursor, merged: result.lastRow }
    await orderImportStore.advance(tx, row.number, JSON.stringify(next), result)
    return { next, tookMs: kernel.clock.now() - now }
  })
  course.cursor = done.next
  course.report(SHARE_BEFORE + SHARE_OF_MERGING * (row.rows === 0 ? 1 : Math.min(1, done.next.merged / row.rows)))
  const isFull = done.next.merged - cursor.merged >= mostRows
  return isFull ? nextStepRows(mostRows, done.tookMs) : mostRows
}

function idRange(id: string): IdRange {
  // Half of the space above the beginning stays free for the rows of the step.
  return { prefix: id.slice(0, 28), start: Number.parseInt(id.slice(29), 16) }
}

function attachedName(number: number): string {
  return `staged_orders_${number}`
}

import type { RowsPoint } from '../../import/engine/staging/stage-rows.ts'
import type { OrderCursor } from './order-cursor.ts'
import type { OrderCourse } from './order-import-course.ts'
import { orderImportStore } from './order-import-store.ts'
import { orderIndexesStore } from './order-indexes-store.ts'

// Below this the indexes are filled faster than anybody notices.
const FEWEST_FOR_NEW_INDEXES = 50_000
// With as many orders there before, making the indexes anew would take as long as filling them.
const MOST_KNOWN_SHARE = 0.5
const SHARE_OF_READING = 0.4

/** Reads the file and puts its rows aside by their orders; what is rejected is kept with its reason. */
export async function readOrders(course: OrderCourse): Promise<void> {
  if (course.phase !== 'read') return
  const { row, request, signal, importReader } = course
  if (course.cursor.splits === null) {
    const cursor = { ...course.cursor, splits: [...(await importReader.orderSplits(request))] }
    await course.write('orders.splits', tx => orderImportStore.moveCursor(tx, row.id, JSON.stringify(cursor)))
    course.cursor = cursor
  }
  let rows = row.rows
  const { splits, runBytes } = course.cursor
  const staging = { ...request, folder: course.folder, splits: splits ?? [], skipRows: row.rows, runBytes }
  for await (const point of importReader.stageOrders(staging, signal)) {
    await keep(course, point)
    rows = point.rowsRead
    course.report(SHARE_OF_READING * (row.bytes === 0 ? 1 : Math.min(1, point.bytesRead / row.bytes)))
  }
  if (signal.aborted) return
  await course.write('orders.read', async tx => {
    const known = await orderIndexesStore.count(tx, rows)
    const dwarfs = rows >= FEWEST_FOR_NEW_INDEXES && known <= rows * MOST_KNOWN_SHARE
    const indexes = dwarfs ? await orderIndexesStore.statements(tx) : []
    await orderIndexesStore.drop(tx, indexes)
    const cursor = { ...course.cursor, indexes: [...indexes] }
    await orderImportStore.phase(tx, row.id, 'merge', JSON.stringify(cursor))
    course.cursor = cursor
  })
  course.phase = 'merge'
}

async function keep(course: OrderCourse, point: RowsPoint): Promise<void> {
  const { row } = course
  // Done again after a crash, these change nothing; only the cursor counts them.
  for (const rejects of point.rejects) {
    await course.write('orders.rejects', tx => orderImportStore.addRejects(tx, row.number, rejects))
  }
  const cursor: OrderCursor = { ...course.cursor, runBytes: point.runBytes }
  await course.write('orders.stage', tx => orderImportStore.read(tx, row.number, JSON.stringify(cursor), point))
  course.cursor = cursor
}

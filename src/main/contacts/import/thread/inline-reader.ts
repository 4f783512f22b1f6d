import { inspectOrders } from '../../purchases/import/inspect-orders.ts'
import { orderSplits, stageOrders } from '../../purchases/import/stage-orders.ts'
import { inspectFile } from '../checks/inspect-file.ts'
import { splitsOf } from '../engine/staging/key-ranges.ts'
import { sortedGroups } from '../engine/staging/sorted-groups.ts'
import { stageFile } from '../engine/staging/stage-file.ts'
import { lookAtFile } from '../mapping/look-at-file.ts'
import type { ImportReader } from './import-reader.ts'

/** Reads files in the same thread; each piece of the file lets the event loop go on. For tests and small files. */
export function inlineImportReader(): ImportReader {
  return {
    look: lookAtFile,
    inspect: inspectFile,
    splits: splitsOf,
    stage: (request, signal) => until(signal, stageFile(request)),
    sort: (request, signal) => until(signal, sortedGroups(request)),
    inspectOrders,
    orderSplits,
    stageOrders: (request, signal) => until(signal, stageOrders(request)),
  }
}

async function* until<T>(signal: AbortSignal, items: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of items) {
    if (signal.aborted) return
    yield item
  }
}

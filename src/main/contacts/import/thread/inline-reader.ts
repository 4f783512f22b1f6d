import { inspectFile } from '../checks/inspect-file.ts'
import { splitsOf } from '../engine/key-ranges.ts'
import { readBatches } from '../engine/read-batches.ts'
import { lookAtFile } from '../mapping/look-at-file.ts'
import type { ImportReader } from './import-reader.ts'

/** Reads files in the same thread; each piece of the file lets the event loop go on. For tests and small files. */
export function inlineImportReader(): ImportReader {
  return {
    look: lookAtFile,
    inspect: inspectFile,
    splits: splitsOf,
    async *read(request, signal) {
      for await (const batch of readBatches(request)) {
        if (signal.aborted) return
        yield batch
      }
    },
  }
}

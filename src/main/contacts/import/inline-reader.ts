import type { ImportReader } from './import-reader.ts'
import { inspectFile } from './inspect-file.ts'
import { splitsOf } from './key-ranges.ts'
import { lookAtFile } from './look-at-file.ts'
import { readBatches } from './read-batches.ts'

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

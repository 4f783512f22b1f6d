import type { Readable } from 'node:stream'

/** A Node stream of bytes as a web stream, read no faster than it is taken; `onCancel` runs when the reader gives up. */
export function webStream(source: Readable, onCancel: () => unknown): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel() {
      onCancel()
    },
  })
}

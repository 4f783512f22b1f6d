import { AppError } from '../../../../../shared/contract/failure.ts'

/** Very many short texts in little memory: their bytes one behind the other in large blocks, each after its length. */
export interface TextHeap {
  add(text: string): void
  /** The text with this number, from 0; empty when there is none. */
  get(index: number): string
}

// Two hundred megabytes of different texts are some ten million cells.
const MOST_BYTES = 200 * 2 ** 20
const MOST_TEXTS = 12_000_000
const BLOCK_BYTES = 4 * 2 ** 20
const PLACES_A_BLOCK = 65_536
const LENGTH_BYTES = 4

/**
 * An empty heap. Fails with `invalid_input` beyond 200 MB or 12 million texts. Blocks are never copied: growing one buffer
 * left as much again for the collector (measured with two million texts).
 */
export function createTextHeap(): TextHeap {
  const blocks: Buffer[] = []
  const places: Uint32Array[] = []
  let block = Buffer.alloc(0)
  let used = 0
  let total = 0
  let count = 0

  function makeRoom(bytes: number): void {
    total += bytes
    if (total > MOST_BYTES || count >= MOST_TEXTS || bytes > BLOCK_BYTES) throw tooMuchText()
    if (used + bytes > block.length) {
      block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
      blocks.push(block)
      used = 0
    }
    if (count % PLACES_A_BLOCK === 0) places.push(new Uint32Array(PLACES_A_BLOCK))
  }

  return {
    add(text) {
      const length = Buffer.byteLength(text)
      makeRoom(length + LENGTH_BYTES)
      const at = places.at(-1)
      if (at) at[count % PLACES_A_BLOCK] = (blocks.length - 1) * BLOCK_BYTES + used
      block.writeUInt32LE(length, used)
      block.write(text, used + LENGTH_BYTES)
      used += length + LENGTH_BYTES
      count += 1
    },
    get(index) {
      if (!(index >= 0 && index < count)) return ''
      const place = places[Math.floor(index / PLACES_A_BLOCK)]?.[index % PLACES_A_BLOCK] ?? 0
      const from = blocks[Math.floor(place / BLOCK_BYTES)]
      const start = (place % BLOCK_BYTES) + LENGTH_BYTES
      return from?.toString('utf8', start, start + from.readUInt32LE(start - LENGTH_BYTES)) ?? ''
    },
  }
}

function tooMuchText(): AppError {
  return new AppError(
    'invalid_input',
    'The workbook holds more than 200 MB of text, too much to read it as a workbook. Save the sheet as CSV (UTF-8) and choose that file.',
  )
}

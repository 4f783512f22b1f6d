import type { StagePoint } from './stage-file.ts'

/** How readers share a file: blocks of so many rows are dealt out to them in turn. */
export interface Sharing {
  readonly readers: number
  readonly blockRows: number
}

/** What one of them takes; `reader` counts from 0. */
export interface Share extends Sharing {
  readonly reader: number
}

// What is saved at a time: some 4 MB.
const BLOCK_ROWS = 16_384

/** One reader for the whole file. */
export const WHOLE_FILE: Share = { reader: 0, readers: 1, blockRows: BLOCK_ROWS }

/** The shares of so many readers. */
export function evenly(readers: number): Sharing {
  return { readers, blockRows: BLOCK_ROWS }
}

/** Everybody's share. */
export function sharesOf(sharing: Sharing): readonly Share[] {
  return Array.from({ length: sharing.readers }, (_, reader) => ({ ...sharing, reader }))
}

/**
 * The points of all readers in the order of the file, so that what is kept up to a point is the beginning of the file and
 * everything is as if one reader had read it all.
 */
export async function* inOrder(readers: readonly AsyncIterable<StagePoint>[]): AsyncGenerator<StagePoint> {
  const points = readers.map(reader => reader[Symbol.asyncIterator]())
  try {
    const heads = await Promise.all(points.map(reader => reader.next()))
    for (;;) {
      let first: { readonly reader: number; readonly point: StagePoint } | null = null
      for (const [reader, head] of heads.entries()) {
        if (head.done === true) continue
        if (first === null || head.value.firstRow < first.point.firstRow) first = { reader, point: head.value }
      }
      if (first === null) return
      yield first.point
      const next = await points[first.reader]?.next()
      if (next) heads[first.reader] = next
    }
  } finally {
    await Promise.all(points.map(reader => reader.return?.()))
  }
}

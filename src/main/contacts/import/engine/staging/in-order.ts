import type { RowsPoint } from './stage-rows.ts'

/**
 * The points of all readers in the order of the file, so that what is kept up to a point is the beginning of the file and
 * everything is as if one reader had read it all.
 */
export async function* inOrder<P extends RowsPoint>(readers: readonly AsyncIterable<P>[]): AsyncGenerator<P> {
  const points = readers.map(reader => reader[Symbol.asyncIterator]())
  try {
    const heads = await Promise.all(points.map(reader => reader.next()))
    for (;;) {
      let first: { readonly reader: number; readonly point: P } | null = null
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
    await Promise.all(
      points.map(async reader => {
        await reader.return?.()
      }),
    )
  }
}

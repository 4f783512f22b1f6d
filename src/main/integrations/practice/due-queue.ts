/** Things that become due, in memory. */
export interface DueQueue<T> {
  add(at: number, item: T): void
  /** When the next thing is due, up to a quarter of a second late; null when there is none. */
  earliest(): number | null
  /** Takes out what is due by `now`, `most` at most, the earliest first. */
  take(now: number, most: number): T[]
  clear(): void
}

const BUCKET_MS = 250

/** A queue in buckets of a quarter of a second: many things wait, for few different moments. */
export function createDueQueue<T>(): DueQueue<T> {
  const buckets = new Map<number, T[]>()
  const first = (): number | null => {
    let least: number | null = null
    for (const bucket of buckets.keys()) if (least === null || bucket < least) least = bucket
    return least
  }
  return {
    add(at, item) {
      const bucket = Math.ceil(at / BUCKET_MS)
      const there = buckets.get(bucket)
      if (there) there.push(item)
      else buckets.set(bucket, [item])
    },
    earliest() {
      const bucket = first()
      return bucket === null ? null : bucket * BUCKET_MS
    },
    take(now, most) {
      const taken: T[] = []
      for (let bucket = first(); bucket !== null && bucket * BUCKET_MS <= now; bucket = first()) {
        const items = buckets.get(bucket) ?? []
        const part = items.splice(0, most - taken.length)
        taken.push(...part)
        if (items.length > 0) return taken
        buckets.delete(bucket)
      }
      return taken
    },
    clear: () => buckets.clear(),
  }
}

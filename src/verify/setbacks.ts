/** Stretches of time that a clock lived through twice, because it was set back: what happened first in them nobody can tell. */
export interface Setbacks {
  /** Takes note of an instant; instants come in the order in which things happened. */
  observe(at: number): void
  /** Whether a stretch of time touches one that was lived through twice. */
  touches(from: number, to: number): boolean
  count(): number
}

// Answers are written in groups, and a group may wait while the disk is full.
const TOLERANCE_MS = 60_000

/** No setbacks so far. */
export function createSetbacks(): Setbacks {
  const stretches: { from: number; to: number }[] = []
  let newest = 0
  return {
    observe(at) {
      if (at >= newest - TOLERANCE_MS) {
        newest = Math.max(newest, at)
        return
      }
      stretches.push({ from: at, to: newest })
      newest = at
    },
    touches: (from, to) => stretches.some(one => from <= one.to + TOLERANCE_MS && to >= one.from - TOLERANCE_MS),
    count: () => stretches.length,
  }
}

/** How far below a threshold a score must fall before the contact counts as below it again (standards.md 8.4). */
export const HYSTERESIS = 5

/** A threshold that a score went over, or fell below; `index` counts from 0. */
export interface Crossing {
  readonly index: number
  readonly direction: 'up' | 'down'
}

/**
 * The level of a contact after her score changed, and what it crossed on the way. `level` is how many of the ascending
 * thresholds she is above; each crossing is told once, because going down needs five points more than going up.
 */
export function levelAfter(
  level: number,
  score: number,
  thresholds: readonly number[],
): { readonly level: number; readonly crossings: readonly Crossing[] } {
  const crossings: Crossing[] = []
  let now = Math.min(level, thresholds.length)
  for (let next = thresholds[now]; next !== undefined && score >= next; next = thresholds[now]) {
    crossings.push({ index: now, direction: 'up' })
    now += 1
  }
  for (let last = thresholds[now - 1]; last !== undefined && score < last - HYSTERESIS; last = thresholds[now - 1]) {
    now -= 1
    crossings.push({ index: now, direction: 'down' })
  }
  return { level: now, crossings }
}

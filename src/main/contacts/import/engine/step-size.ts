/** With how many rows a merge begins. */
export const FIRST_STEP_ROWS = 1000

const BOUNDS = { fewest: 250, most: 16_000 }
// A sender waits for the step under way: on a slow disk steps get shorter, on an idle machine longer ones are faster.
const LONG_MS = 50
const SHORT_MS = 25

/** How many rows the next step takes, after one of `rows` rows held the store for `tookMs`. */
export function nextStepRows(rows: number, tookMs: number, bounds = BOUNDS): number {
  if (tookMs > LONG_MS) return Math.max(bounds.fewest, Math.floor(rows / 2))
  if (tookMs < SHORT_MS) return Math.min(bounds.most, Math.floor(rows * 1.5))
  return rows
}

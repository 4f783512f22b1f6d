import type { Range } from './range.ts'

const HALF_LIFE_DAYS = 30
const SCALE = 20
const DAY_MS = 86_400_000
// Heat grows by one in a half-life; no number of events reaches this.
const HOTTEST = 1e12

/** The engagement score of a contact, a whole number from 0 to 100 (standards.md 8.3), from her heat. */
export function engagementScore(heat: number | null, now: number): number {
  if (heat === null) return 0
  const raw = 2 ** (heat - now / DAY_MS / HALF_LIFE_DAYS)
  return Math.round(100 * (1 - Math.exp(-raw / SCALE)))
}

/**
 * The heats that have a whole-number score in the range at `now`: a score of 60 begins at 59.5. Heat decays for everybody
 * alike, so that the question is a comparison with a constant.
 */
export function engagementHeat(scores: Range, now: number): Range {
  const { low, lowIncluded, high, highIncluded, inverted } = scores
  const from = low === null ? null : lowIncluded ? Math.ceil(low) - 0.5 : Math.floor(low) + 0.5
  const to = high === null ? null : highIncluded ? Math.floor(high) + 0.5 : Math.ceil(high) - 0.5
  return {
    low: from === null || from <= 0 ? null : heatOf(from, now),
    lowIncluded: true,
    high: to === null ? null : to <= 0 ? -HOTTEST : heatOf(to, now),
    highIncluded: false,
    inverted,
  }
}

function heatOf(score: number, now: number): number {
  if (score >= 100) return HOTTEST
  return Math.log2(-SCALE * Math.log(1 - score / 100)) + now / DAY_MS / HALF_LIFE_DAYS
}

/** After this time an event is worth half (standards.md 8.3). */
export const HALF_LIFE_MS = 30 * 86_400_000

const SCALE = 20

/** `raw` points of the instant `rawAt` as they are worth at `now`: they halve every 30 days. */
export function decayed(raw: number, rawAt: number, now: number): number {
  return raw * 0.5 ** ((now - rawAt) / HALF_LIFE_MS)
}

/** The engagement score, 0 to 100: 100·(1 − e^(−raw/20)) of the raw points of today, 0 where they are not positive (standards.md 8.3). */
export function engagementScore(raw: number): number {
  return raw <= 0 ? 0 : 100 * (1 - Math.exp(-raw / SCALE))
}

/** Orders contacts by engagement alike at any time: log2(raw) + rawAt in half-lives; null when raw is not positive. */
export function engagementHeat(raw: number, rawAt: number): number | null {
  return raw <= 0 ? null : Math.log2(raw) + rawAt / HALF_LIFE_MS
}

/** The heat that a contact needs at `now` for a score of at least `score`, which is above 0 and below 100. */
export function heatForScore(score: number, now: number): number {
  return Math.log2(-SCALE * Math.log1p(-score / 100)) + now / HALF_LIFE_MS
}

/** The score at `now` of a contact with this heat; 0 without one. */
export function scoreOfHeat(heat: number | null, now: number): number {
  return heat === null ? 0 : engagementScore(2 ** (heat - now / HALF_LIFE_MS))
}

/** hot from 60, warm from 25, cool from 5, else cold (standards.md 8.3). */
export function engagementTier(score: number): 'hot' | 'warm' | 'cool' | 'cold' {
  if (score >= 60) return 'hot'
  if (score >= 25) return 'warm'
  return score >= 5 ? 'cool' : 'cold'
}

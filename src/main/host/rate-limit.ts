import type { Clock } from '../kernel/clock.ts'

/** A bucket of `atOnce` tokens that fills with `perSecond`; each call takes one and tells whether there was one. */
export function createRateLimit(clock: Clock, perSecond: number, atOnce: number): () => boolean {
  let tokens = atOnce
  let filledAt = clock.now()
  return () => {
    const now = clock.now()
    // A clock that was set back must not empty the bucket.
    tokens = Math.min(atOnce, tokens + (Math.max(0, now - filledAt) / 1000) * perSecond)
    filledAt = now
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

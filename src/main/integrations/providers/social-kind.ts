import type { SenderLimits } from '../../../shared/contract/sender-settings.ts'

/** What a place for posts begins with: one a second at the most, one at a time (standards.md 5). */
export const POST_LIMITS: SenderLimits = {
  perSecond: 1,
  perMinute: 20,
  perHour: null,
  perDay: null,
  concurrency: 1,
  families: [],
  warmUp: null,
}

/** The day on which the documentation of the networks was last compared with what is sent. */
export const SOCIAL_AS_OF = '2026-11-01'

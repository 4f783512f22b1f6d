import type { EngagementWeights } from '../../../shared/contract/scores.ts'

/** What events are worth unless somebody chose otherwise (standards.md 8.3). */
export const DEFAULT_WEIGHTS: EngagementWeights = {
  replied: 10,
  repliedSms: 8,
  purchased: 20,
  clicked: 5,
  opened: 1,
  unsubscribed: -20,
  complained: -100,
  bounced: -5,
  custom: 0,
  opensPerDay: 3,
}

const WEIGHED = [
  'replied',
  'repliedSms',
  'purchased',
  'clicked',
  'opened',
  'unsubscribed',
  'complained',
  'bounced',
  'custom',
] as const

// What a person does herself; a bounce happens to her, a refusal is no interest.
const BY_HER: ReadonlySet<string> = new Set(['replied', 'repliedSms', 'purchased', 'clicked', 'opened', 'custom'])

/** Weights as rows for SQL: what, points, how many of it count a day (null: all), whether the contact does it herself. */
export function weightRows(weights: EngagementWeights): readonly (readonly [string, number, number | null, 0 | 1])[] {
  return WEIGHED.map(
    what => [what, weights[what], what === 'opened' ? weights.opensPerDay : null, BY_HER.has(what) ? 1 : 0] as const,
  )
}

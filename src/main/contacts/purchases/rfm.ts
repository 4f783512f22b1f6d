import type { RfmGroup } from '../../../shared/contract/purchases.ts'
import { currencyDigits } from '../../../shared/domain/currency.ts'

/** Only orders of these days count (standards.md 8.5). */
export const WINDOW_DAYS = 365

/** Below this many customers quintiles say nothing, and fixed thresholds are used. */
export const FEWEST_FOR_QUINTILES = 5

/** From which value on a customer gets 2, 3, 4 and 5; a fifth that nobody reaches is null. */
export type Steps = readonly [number | null, number | null, number | null, number | null]

/** The steps of recency, frequency and monetary value. Recency counts days since the last order, negated, so that more is better. */
export interface RfmSteps {
  readonly recency: Steps
  readonly frequency: Steps
  readonly monetary: Steps
}

/**
 * At which place of `count` customers in ascending order each upper fifth begins (0-based), as SQL's ntile(5) parts them:
 * the first `count % 5` fifths have one more.
 */
export function fifthsOf(count: number): readonly [number, number, number, number] {
  const size = Math.floor(count / 5)
  const larger = count % 5
  const begin = (fifth: number): number => fifth * size + Math.min(fifth, larger)
  return [begin(1), begin(2), begin(3), begin(4)]
}

/**
 * Steps where there are too few customers to compare: within 30, 90, 180 and 270 days; 6, 4, 3 and 2 orders; 1,000, 500,
 * 200 and 50 units of the currency. Ours: standards.md 8.5 asks for fixed thresholds and names none.
 */
export function fixedSteps(currency: string): RfmSteps {
  const unit = 10 ** currencyDigits(currency)
  return {
    recency: [-270, -180, -90, -30],
    frequency: [2, 3, 4, 6],
    monetary: [50 * unit, 200 * unit, 500 * unit, 1000 * unit],
  }
}

/** The score, 1 to 5, of a value by its steps. Equal values get equal scores: the lower one (standards.md 8.5). */
export function scoreBySteps(value: number, steps: Steps): number {
  return 1 + steps.filter(step => step !== null && value >= step).length
}

/** The named group of three scores; of those that fit the first in the order of standards.md 8.5. */
export function rfmGroup(recency: number, frequency: number, monetary: number): RfmGroup {
  if (recency >= 4 && frequency >= 4 && monetary >= 4) return 'champions'
  if (frequency >= 4) return 'loyal'
  if (recency === 5 && frequency === 1) return 'new'
  if (recency <= 2 && frequency >= 3) return 'at_risk'
  if (recency <= 2) return 'hibernating'
  return monetary === 5 ? 'big_spenders' : 'others'
}

import type { Reader } from '../storage/transaction.ts'
import type { Ground } from './people/form-store.ts'
import { leavesOf, type Plan, peopleStore } from './people/people-store.ts'
import type { Ask, Leaf } from './rule/ask.ts'
import type { SegmentParts } from './settings.ts'

/**
 * Makes plans for questions. How large sets are is kept for a while: it only chooses the way, never the answer. Which currencies
 * there are decides the answer, and is looked up every time.
 */
export interface Asking {
  /** `measure` asks for sizes also where there is only one question. */
  plan(reader: Reader, asks: readonly Ask[], measure?: 'always'): Promise<Plan>
  /** Looks again at what there is: an index was made. */
  forget(): void
}

const KEPT_MS = 60_000
const KEPT_MOST = 2000

/** Plans for the questions of one workspace. */
export function createAsking({ kernel }: Pick<SegmentParts, 'kernel'>): Asking {
  const sizes = new Map<string, number>()
  let ground: Ground | null = null
  let since = 0

  return {
    forget() {
      ground = null
    },
    async plan(reader, asks, measure) {
      const now = kernel.clock.now()
      if (ground === null || now - since > KEPT_MS || now < since || sizes.size > KEPT_MOST) {
        ground = await peopleStore.ground(reader)
        since = now
        sizes.clear()
      }
      const leaves = asks.flatMap(leavesOf)
      const known = leaves.some(asksForCurrencies)
        ? { ...ground, currencies: await peopleStore.currencies(reader) }
        : ground
      const found = new Map<Leaf, number>()
      // One question needs no order.
      if (leaves.length < 2 && measure === undefined) return { ground: known, sizes: found }
      const keys = leaves.map(leaf => JSON.stringify(leaf))
      const unknown = [...new Map(leaves.map((leaf, n) => [keys[n] ?? '', leaf]))].filter(([key]) => !sizes.has(key))
      const counted = await peopleStore.sizes(
        reader,
        unknown.map(([, leaf]) => leaf),
        known,
      )
      for (const [n, [key]] of unknown.entries()) sizes.set(key, counted[n] ?? Number.POSITIVE_INFINITY)
      for (const [n, leaf] of leaves.entries()) found.set(leaf, sizes.get(keys[n] ?? '') ?? Number.POSITIVE_INFINITY)
      return { ground: known, sizes: found }
    },
  }
}

/** Purchases without a currency mean those in any, so that one that came a moment ago must be known. */
function asksForCurrencies(leaf: Leaf): boolean {
  return leaf.kind === 'order_date' || (leaf.kind === 'orders' && leaf.currency === null)
}

import { leavesOf } from './people/people-store.ts'
import type { Ask } from './rule/ask.ts'
import type { SegmentParts } from './settings.ts'

/** Sees to it that questions are answered from figures that know the newest events, orders and scores. */
export interface FreshFigures {
  /** Resolves when the figures that these questions ask about are up to date. */
  wait(asks: readonly Ask[]): Promise<void>
  /** Begins to bring them up to date, and waits for it no longer than a quarter of a second. */
  begin(asks: readonly Ask[]): Promise<void>
}

// All but always there is little to do; when there is much, a number soon is worth more than events of the last minute.
const PATIENCE_MS = 250

/** Brings figures up to date for questions that are answered from them; costs nothing for others. */
export function createFreshFigures({ kernel, catchUp }: Pick<SegmentParts, 'kernel' | 'catchUp'>): FreshFigures {
  return {
    async wait(asks) {
      if (asks.some(isFedByFigures)) await catchUp()
    },
    async begin(asks) {
      if (!asks.some(isFedByFigures)) return
      await new Promise<void>(resolve => {
        const cancel = kernel.clock.after(PATIENCE_MS, resolve)
        const done = (): void => {
          cancel()
          resolve()
        }
        kernel.background('segments.catchUp', catchUp().finally(done))
      })
    },
  }
}

/** Whether a question is answered from what is derived of events and orders. */
export function isFedByFigures(ask: Ask): boolean {
  return leavesOf(ask).some(leaf => {
    if (leaf.kind === 'number') return leaf.of.kind === 'column' && leaf.of.column === 'lead_score'
    if (leaf.kind === 'instant') return leaf.column === 'last_activity_at'
    return FED.has(leaf.kind)
  })
}

const FED: ReadonlySet<Ask['kind']> = new Set(['events', 'heat', 'orders', 'order_date'])

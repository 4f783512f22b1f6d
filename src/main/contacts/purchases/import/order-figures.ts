import type { DomainParts } from '../../../domain-parts.ts'
import { transaction } from '../../../storage/transaction.ts'
import { nextStepRows } from '../../import/engine/step-size.ts'
import type { Figures } from '../../scores/figures.ts'
import { figuresStore } from '../../scores/figures-store.ts'
import { orderTouchStore } from './order-touch-store.ts'

const MARKED_AT_ONCE = 5000
const FIRST_CONTACTS = 300

/**
 * Marks everybody whose orders a change touched as stale. An import does it once at its end: its customers come back all
 * over the file, and marked with each step they would be computed again and again beside it.
 */
export async function markTouched({ storage }: DomainParts, changeNo: number): Promise<void> {
  for (let after: number | null = 0; after !== null; ) {
    const from: number = after
    after = await transaction(storage.db, tx => orderTouchStore.mark(tx, changeNo, from, MARKED_AT_ONCE), {
      name: 'orders.touched',
      priority: 'bulk',
    })
  }
}

/** Computes the figures of stale contacts in steps as long as sending can wait; ends early when `signal` aborts. */
export async function computeTouched(
  { storage, kernel, figures }: DomainParts & { readonly figures: Figures },
  signal: AbortSignal,
): Promise<void> {
  let most = FIRST_CONTACTS
  for (let taken = -1; taken !== 0 && !signal.aborted; ) {
    let begun = 0
    taken = await transaction(
      storage.db,
      async tx => {
        // Waiting for others says nothing about how long a step takes.
        begun = kernel.clock.now()
        const nos = await figuresStore.take(tx, most)
        if (nos.length > 0) await figures.compute(tx, nos)
        return nos.length
      },
      { name: 'orders.figures', priority: 'bulk' },
    )
    if (taken === most) most = nextStepRows(most, kernel.clock.now() - begun)
  }
  if (!signal.aborted) await figures.catchUp()
}

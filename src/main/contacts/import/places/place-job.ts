import { z } from 'zod'
import type { DomainParts } from '../../../domain-parts.ts'
import type { JobKind, JobResult } from '../../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { changingStore } from '../../changes/changing-store.ts'
import { nextStepRows } from '../engine/step-size.ts'
import { placeStore } from './place-store.ts'

/** The job that takes the places of imported contacts into their index. */
export const PLACE_JOB = 'contacts.places'

// Neighbours come together, so that a step writes few pages: some 10 ms.
const STEP = 1000
// So many are put in order at a time: some ten megabytes while they are sorted.
const RANGE = 100_000
const SWEEP = 4000
const CHANGE_PAUSE_MS = 2000

const GONE = { first: 250, fewest: 50, most: 2000 }

/** Takes in the places that an import of very many deferred, when it is over, and takes out those that its undo left. */
export function placeJob({ kernel, storage }: Pick<DomainParts, 'kernel' | 'storage'>): JobKind<Record<string, never>> {
  const write = <R>(work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name: 'contacts.places', priority: 'bulk' })

  const later = (): JobResult => ({ kind: 'retry', at: kernel.clock.now() + CHANGE_PAUSE_MS, reason: '' })

  async function takeOutGone(signal: AbortSignal): Promise<void> {
    let most = GONE.first
    for (;;) {
      const numbers = z.array(z.number()).parse(JSON.parse(await placeStore.goneNeighbours(storage.reader, RANGE)))
      if (numbers.length === 0) return
      for (let at = 0; at < numbers.length; ) {
        signal.throwIfAborted()
        const step = numbers.slice(at, at + most)
        let begun = 0
        await write(tx => {
          begun = kernel.clock.now()
          return placeStore.takeOut(tx, JSON.stringify(step))
        })
        at += step.length
        most = nextStepRows(most, kernel.clock.now() - begun, GONE)
      }
    }
  }

  return {
    kind: PLACE_JOB,
    payload: z.object({}).strict(),
    title: () => 'Prepare the search for places',
    link: () => null,
    canCancel: false,
    async run({ signal, progress }) {
      for (;;) {
        if (await changingStore.isUnderWay(storage.reader)) {
          return later()
        }
        await takeOutGone(signal)
        const from = await placeStore.deferredFrom(storage.reader)
        if (from === null) return { kind: 'done' }
        const to = from + RANGE - 1
        const numbers = z.array(z.number()).parse(JSON.parse(await placeStore.neighbours(storage.reader, from, to)))
        for (let at = 0; at < numbers.length; at += STEP) {
          signal.throwIfAborted()
          // An import or an undo that begins comes first; what is in already stays in.
          if (await changingStore.isUnderWay(storage.reader)) return later()
          const step = JSON.stringify(numbers.slice(at, at + STEP))
          await write(tx => placeStore.add(tx, step))
          progress(from + at, null)
        }
        for (let upTo = from + SWEEP - 1; upTo < to + SWEEP; upTo += SWEEP) {
          signal.throwIfAborted()
          if (!(await write(tx => placeStore.settle(tx, Math.min(upTo, to))))) return { kind: 'done' }
        }
      }
    },
  }
}

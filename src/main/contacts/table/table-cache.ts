import type { AppEvent } from '../../../shared/contract/events.ts'
import type { Kernel } from '../../kernel/kernel.ts'

/** Keeps what was found out about the table for as long as it is true. */
export interface TableCache<V> {
  /** What is kept under a key, if it still holds for this version of the data. */
  get(key: string, version: number): V | undefined
  set(key: string, version: number, value: V): void
  /** Forgets everything. */
  clear(): void
}

const MOST_KEPT = 24
const LONGEST_MS = 5000

// What a campaign under way says many times a second changes no contact, no list and no tag.
const APART: ReadonlySet<string> = new Set(['message', 'campaign', 'practice', 'approval', 'sender', 'template'])

/**
 * A small cache by version of the file. While only messages are written, answers hold for some seconds although the file
 * changes all the time; without it every scroll during a campaign would count everybody again.
 */
export function createTableCache<V>(kernel: Kernel): TableCache<V> {
  const kept = new Map<string, { version: number; value: V; readonly at: number; quietSince: number }>()
  let quiet = 0
  let disturbed = 0

  kernel.events.subscribe((event: AppEvent) => {
    if (event.kind !== 'changed') return
    if (APART.has(event.entity)) quiet++
    else disturbed++
  })

  let disturbedAtLast = 0
  return {
    clear: () => kept.clear(),
    get(key, version) {
      const entry = kept.get(key)
      if (!entry) return undefined
      if (entry.version === version) return entry.value
      if (disturbed !== disturbedAtLast) {
        kept.clear()
        disturbedAtLast = disturbed
        return undefined
      }
      const isYoung = kernel.clock.now() - entry.at < LONGEST_MS
      if (isYoung && quiet > entry.quietSince) return entry.value
      kept.delete(key)
      return undefined
    },
    set(key, version, value) {
      if (disturbed !== disturbedAtLast) {
        kept.clear()
        disturbedAtLast = disturbed
      }
      kept.delete(key)
      kept.set(key, { version, value, at: kernel.clock.now(), quietSince: quiet })
      const oldest = kept.keys().next()
      if (kept.size > MOST_KEPT && !oldest.done) kept.delete(oldest.value)
    },
  }
}

import type { Cancel } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/kernel.ts'

/** Tells the windows that messages and campaigns changed, a few times a second however fast they do. */
export interface ChangeNotices {
  changed(campaignIds: Iterable<string>): void
  stop(): void
}

const EVERY_MS = 250

/** Publishes what changed at most every quarter of a second; the last change is always told. */
export function createChangeNotices(kernel: Kernel): ChangeNotices {
  const waiting = new Set<string>()
  let cancel: Cancel | null = null
  let toldAt = Number.NEGATIVE_INFINITY

  function tell(): void {
    cancel = null
    if (waiting.size === 0) return
    toldAt = kernel.clock.now()
    const ids = [...waiting]
    waiting.clear()
    kernel.events.publish({ kind: 'changed', entity: 'campaign', ids })
    kernel.events.publish({ kind: 'changed', entity: 'message', ids: [] })
  }

  return {
    changed(campaignIds) {
      for (const id of campaignIds) waiting.add(id)
      if (cancel !== null || waiting.size === 0) return
      const since = kernel.clock.now() - toldAt
      if (since >= EVERY_MS || since < 0) tell()
      else cancel = kernel.clock.after(EVERY_MS - since, tell)
    },
    stop() {
      cancel?.()
      tell()
    },
  }
}

/** Who goes first when several wait: sending before everything else, bulk work last. */
export type Priority = 'sending' | 'normal' | 'bulk'

/** Lets one holder in at a time, by priority and then in the order of asking. */
export interface Mutex {
  lock(priority: Priority): Promise<void>
  unlock(): void
}

/** A mutex in memory. */
export function createMutex(): Mutex {
  let held = false
  const waiting: Record<Priority, (() => void)[]> = { sending: [], normal: [], bulk: [] }
  return {
    lock(priority) {
      if (!held) {
        held = true
        return Promise.resolve()
      }
      return new Promise(resolve => {
        waiting[priority].push(resolve)
      })
    },
    unlock() {
      const next = waiting.sending.shift() ?? waiting.normal.shift() ?? waiting.bulk.shift()
      if (next) next()
      else held = false
    },
  }
}

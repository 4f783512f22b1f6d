import { type Cancel, seconds } from '../kernel/clock.ts'
import type { Scheduler } from '../scheduling/scheduler.ts'
import { type Reader, transaction } from '../storage/transaction.ts'
import type { AccountPace } from './account-pace.ts'
import { createLane } from './lane.ts'
import type { Lane, LaneParts } from './lane-parts.ts'
import { queueStore } from './queue-store.ts'

/** All accounts on their way to the wire. */
export interface Pool {
  start(): void
  /** Begins nothing more and resolves when what is on the wire is settled. */
  stop(): Promise<void>
  /** Looks again through an account. */
  wake(accountId: string): void
  /** Looks again everywhere. */
  wakeAll(): void
  /** Resolves when nothing of a campaign is on its way any more. */
  clear(campaignId: string): Promise<void>
  /** The limits that an account's lane goes by; null when it has none yet. */
  paceOf(accountId: string): AccountPace | null
  underWay(): number
  isIdle(): Promise<boolean>
  isResting(): boolean
}

// Longer than the slowest answer that is worth waiting for when a person closes the window.
const PATIENCE_MS = seconds(20)
// A lane that sleeps though something is due found that it may not go; it looks again by itself no sooner than this.
const NOT_AGAIN_MS = seconds(1)
// Less is what clocks are corrected by all the time.
const SET_BACK_MS = seconds(2)
const STAY_DUE_PART = 500

/** One lane for each account; the scheduler wakes them when something becomes due. */
export function createPool(parts: LaneParts & { readonly scheduler: Scheduler }): Pool {
  const { kernel, storage, scheduler } = parts
  const { clock } = kernel
  const lanes = new Map<string, Lane>()
  const sleptAt = new Map<string, number>()
  let isStarted = false
  /** The latest time that was seen: an earlier one means that somebody set the clock back. */
  let latest = Number.NEGATIVE_INFINITY

  function laneOf(accountId: string): Lane {
    const known = lanes.get(accountId)
    if (known) return known
    const asleep = (): void => {
      sleptAt.set(accountId, clock.now())
      parts.events.asleep()
      if (isStarted) scheduler.wake()
    }
    const lane = createLane({ ...parts, events: { ...parts.events, asleep } }, accountId, noticeClock)
    lanes.set(accountId, lane)
    return lane
  }

  async function begin(): Promise<void> {
    // Set back while the application was closed, it is seen from what was sent.
    latest = Math.max(latest, (await queueStore.newestStart(storage.reader)) ?? latest)
    scheduler.wake()
  }

  /** Sees to it that a clock that was set back does not make wait what was due by it. */
  function noticeClock(): void {
    const now = clock.now()
    const was = latest
    latest = now
    if (was - now > SET_BACK_MS) kernel.background('sending.clock', stayDue(was, now))
  }

  async function stayDue(was: number, now: number): Promise<void> {
    let changed = 0
    do {
      changed = await transaction(storage.db, tx => queueStore.stayDue(tx, { was, now }, STAY_DUE_PART), {
        name: 'sending.clock',
        priority: 'bulk',
      })
    } while (changed > 0)
    for (const lane of lanes.values()) lane.wake()
    scheduler.wake()
  }

  /** When each account next needs to be woken; those that are at work and know of everything due are left out. */
  async function dueTimes(reader: Reader): Promise<readonly { readonly accountId: string; readonly at: number }[]> {
    if (!isStarted) return []
    noticeClock()
    const times: { accountId: string; at: number }[] = []
    for (const { senderId, state, backingOffUntil, dueAt } of await queueStore.dueBySender(reader)) {
      if (state === 'paused' || state === 'tripped') continue
      const lane = lanes.get(senderId)
      if (lane?.isActive() && !lane.isExhausted()) continue
      const due = Math.max(dueAt, state === 'backing_off' ? (backingOffUntil ?? 0) : 0)
      const slept = sleptAt.get(senderId)
      times.push({ accountId: senderId, at: slept === undefined ? due : Math.max(due, slept + NOT_AGAIN_MS) })
    }
    return times
  }

  scheduler.add({
    name: 'sending',
    async nextDueAt(reader) {
      const times = await dueTimes(reader)
      return times.length > 0 ? Math.min(...times.map(time => time.at)) : null
    },
    async runDue() {
      const now = clock.now()
      for (const { accountId, at } of await dueTimes(storage.reader)) if (at <= now) laneOf(accountId).wake()
    },
  })

  return {
    start() {
      isStarted = true
      kernel.background('sending.start', begin())
    },
    async stop() {
      isStarted = false
      for (const lane of lanes.values()) lane.stop()
      let cancel: Cancel = () => undefined
      cancel = clock.after(PATIENCE_MS, () => {
        for (const lane of lanes.values()) lane.abort()
      })
      await Promise.all([...lanes.values()].map(lane => lane.ended()))
      cancel()
    },
    wake(accountId) {
      if (isStarted) laneOf(accountId).wake()
    },
    wakeAll() {
      if (!isStarted) return
      for (const lane of lanes.values()) lane.wake()
      sleptAt.clear()
      scheduler.wake()
    },
    async clear(campaignId) {
      await Promise.all([...lanes.values()].map(lane => lane.clear(campaignId)))
      parts.watch.forget(campaignId)
    },
    paceOf: accountId => lanes.get(accountId)?.pace() ?? null,
    underWay: () => [...lanes.values()].reduce((sum, lane) => sum + lane.underWay(), 0),
    async isIdle() {
      if ([...lanes.values()].some(lane => lane.isActive())) return false
      const now = clock.now()
      const due = await queueStore.dueBySender(storage.reader)
      return !due.some(one => (one.state === 'running' || one.state === 'backing_off') && one.dueAt <= now)
    },
    isResting: () => [...lanes.values()].every(lane => lane.isResting()),
  }
}

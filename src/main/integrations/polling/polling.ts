import { days, hours, minutes } from '../../kernel/clock.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { redact } from '../../kernel/log.ts'
import type { Scheduler } from '../../scheduling/scheduler.ts'
import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import type { Polled, Provider, ProviderEvent } from '../provider.ts'
import { type PollState, pollStore } from './poll-store.ts'

/** Takes what a provider told. What it did not take completely is told again. */
export type OnEvents = (accountId: string, events: readonly ProviderEvent[]) => Promise<void>

/** Asks providers again and again what became of messages. */
export interface Polling {
  onEvents(run: OnEvents): void
  /** Asks no more, and waits until what was told is written. */
  stop(): Promise<void>
}

const EVERY_MS = minutes(5)
const LONGEST_REST_MS = hours(1)
// Bounces and complaints come for some days.
const NEWS_FOR_MS = days(5)
// So that one account with a long list does not keep its connection for ever; the rest comes the next time.
const MOST_PAGES = 200

/**
 * Asks each account that has sent in the last days every five minutes, less often while that fails. How far it came is on
 * disk, written after what was told: a crash in between tells the same again, which is harmless.
 */
export function createPolling(parts: {
  readonly kernel: Kernel
  readonly storage: Storage
  readonly scheduler: Scheduler
  readonly open: (accountId: string) => Promise<Provider>
}): Polling {
  const { kernel, storage, scheduler, open } = parts
  const { clock } = kernel
  const abort = new AbortController()
  /** Accounts whose provider has nothing to tell; a kind never changes. */
  const silent = new Set<string>()
  const running = new Map<string, Promise<void>>()
  const failures = new Map<string, { readonly count: number; readonly until: number }>()
  let react: OnEvents | null = null

  function dueAt(accountId: string, state: PollState | undefined, now: number): number {
    const failed = failures.get(accountId)
    if (failed) return failed.until
    // A clock that was set back must not silence an account.
    return state === undefined || state.polledAt > now ? now : state.polledAt + EVERY_MS
  }

  async function dueTimes(): Promise<readonly { readonly accountId: string; readonly at: number }[]> {
    if (react === null || abort.signal.aborted) return []
    const now = clock.now()
    const [senders, states] = await Promise.all([
      pollStore.senders(storage.reader, now - NEWS_FOR_MS),
      pollStore.states(storage.reader),
    ])
    return senders
      .filter(accountId => !silent.has(accountId) && !running.has(accountId))
      .map(accountId => ({ accountId, at: dueAt(accountId, states.get(accountId), now) }))
  }

  scheduler.add({
    name: 'polling',
    async nextDueAt() {
      const times = await dueTimes()
      return times.length === 0 ? null : Math.min(...times.map(({ at }) => at))
    },
    async runDue() {
      const now = clock.now()
      for (const { accountId, at } of await dueTimes()) {
        if (at > now || react === null) continue
        const round = guarded(accountId, react).finally(() => {
          running.delete(accountId)
          scheduler.wake()
        })
        running.set(accountId, round)
        kernel.background('polling', round)
      }
    },
  })

  async function guarded(accountId: string, run: OnEvents): Promise<void> {
    const before = await pollStore.states(storage.reader)
    const state = before.get(accountId)
    try {
      await ask(accountId, state, run)
    } catch (error) {
      kernel.log.error('polling.failed', { accountId, message: redact(String(error)) })
      await noteFailure(accountId, state?.cursor ?? '', {
        problem: 'What the provider told could not be kept',
        waitMs: null,
      })
    }
  }

  async function ask(accountId: string, state: PollState | undefined, run: OnEvents): Promise<void> {
    const provider = await open(accountId)
    if (provider.poll === undefined) {
      silent.add(accountId)
      return
    }
    let cursor = state?.cursor ?? ''
    for (let page = 0; page < MOST_PAGES; page++) {
      const polled: Polled = await provider.poll(cursor, abort.signal)
      if (abort.signal.aborted) return
      if (polled.kind === 'failed') {
        const problem = `${polled.fault.code} ${polled.fault.reply}`.trim()
        await noteFailure(accountId, cursor, { problem, waitMs: polled.retryAfterMs })
        return
      }
      if (polled.events.length > 0) await run(accountId, polled.events)
      cursor = polled.cursor
      await keep(accountId, { cursor, polledAt: clock.now(), problem: '' })
      if (!polled.isMore) break
    }
    failures.delete(accountId)
    if (state !== undefined && state.problem !== '') tell(accountId)
  }

  async function noteFailure(
    accountId: string,
    cursor: string,
    failure: { readonly problem: string; readonly waitMs: number | null },
  ): Promise<void> {
    const count = (failures.get(accountId)?.count ?? 0) + 1
    const restMs = Math.min(LONGEST_REST_MS, EVERY_MS * 2 ** Math.min(count - 1, 10))
    failures.set(accountId, { count, until: clock.now() + Math.max(restMs, failure.waitMs ?? 0) })
    await keep(accountId, { cursor, polledAt: clock.now(), problem: failure.problem })
    tell(accountId)
  }

  function keep(accountId: string, state: PollState): Promise<void> {
    return transaction(storage.db, tx => pollStore.save(tx, accountId, state), {
      name: 'polling.cursor',
      priority: 'bulk',
    })
  }

  function tell(accountId: string): void {
    kernel.events.publish({ kind: 'changed', entity: 'sender', ids: [accountId] })
  }

  return {
    onEvents(run) {
      react = run
    },
    async stop() {
      abort.abort('stopping')
      await Promise.allSettled(running.values())
    },
  }
}

import { AppError } from '../../shared/contract/failure.ts'
import type { Provider, SendingAccount } from '../integrations/index.ts'
import { type Cancel, delay } from '../kernel/clock.ts'
import { redact } from '../kernel/log.ts'
import { createAccountHealth } from './account-health.ts'
import type { Lane, LaneParts } from './lane-parts.ts'
import type { Attempt, Finished, Prepared } from './prepared.ts'
import { queueStore } from './queue-store.ts'
import { createSupply } from './supply.ts'
import { createThrottle, memoryOf, type Throttle, windowsOf } from './throttle.ts'
import { type AccountChange, type Turned, turnOver } from './turnover.ts'
import { type Verdict, verdictOf } from './verdict.ts'

interface Settling {
  readonly attempt: Finished
  readonly verdict: Verdict
}

// Large enough that one read serves several turns, small enough that what is filled in is fresh when it leaves.
const LEAST_REFILL = 50
const REFILL_FACTOR = 4
const TROUBLE_MS = 5000

/**
 * One account's way to the wire: a loop that takes what is due from the supply, begins as many as there are places, and
 * settles what comes back. It asks for the next messages while the present ones are on the wire, settles and begins in one
 * transaction, takes whatever has ended by then and waits for nothing to fill a group. It sleeps when nothing is left to do.
 */
export function createLane(parts: LaneParts, accountId: string): Lane {
  const { kernel, storage, integrations, events } = parts
  const { clock } = kernel
  const health = createAccountHealth()
  const supply = createSupply({
    ...parts,
    clock,
    reader: storage.reader,
    failed: (campaignId, reason) => events.campaignFailed(campaignId, reason),
  })
  const abort = new AbortController()
  const onWire = new Map<string, Attempt>()
  const mayBeDrained = new Set<string>()
  const turnWaiters: (() => void)[] = []
  const endWaiters: (() => void)[] = []

  let account: SendingAccount | null = null
  let throttle: Throttle = createThrottle([], [])
  let limits = ''
  let isStale = true
  let finished: Settling[] = []
  let settling: readonly Settling[] = []
  let beginning: readonly Prepared[] = []
  let taken: ReadonlySet<string> = new Set()
  let change: AccountChange | null = null
  let isDry = false
  let isActive = false
  let isStopped = false
  let isWaiting = false
  let isRefilling = false
  let isTurning = false
  let campaignsWaitUntil: number | null = null
  let timerAt: number | null = null
  let cancelTimer: Cancel = () => undefined
  let signals = 0
  let wakes = 0
  let onSignal: () => void = () => undefined

  function signal(): void {
    signals += 1
    onSignal()
  }

  async function signalled(seen: number): Promise<void> {
    if (signals !== seen) return
    isWaiting = true
    await new Promise<void>(resolve => {
      onSignal = resolve
    })
    isWaiting = false
  }

  /** The account's state and limits as they are now; its throttle counts the attempts on disk when the limits are new. */
  async function reload(): Promise<void> {
    isStale = false
    const fresh = await integrations.account(storage.reader, accountId)
    account = fresh
    const key = JSON.stringify(fresh.limits)
    if (key === limits) return
    const windows = windowsOf(fresh.limits)
    const { ms, count } = memoryOf(windows)
    const past = await queueStore.startsOfSender(storage.reader, accountId, clock.now() - ms, count)
    throttle = createThrottle(windows, past)
    limits = key
  }

  /** How many attempts may be open at once: a single one to find out whether an account that rested works again. */
  function capacity(now: number): number {
    if (isStopped || account === null || (change !== null && change.state !== 'running')) return 0
    if (account.state === 'running') return account.limits.concurrency
    return account.state === 'backing_off' && (account.backingOffUntil ?? 0) <= now ? 1 : 0
  }

  function startRefill(now: number): void {
    const most = capacity(now)
    if (account === null || most === 0 || isRefilling || isDry || supply.count() >= most) return
    const room = throttle.allowance(now) - supply.count()
    if (room <= 0 || (campaignsWaitUntil !== null && campaignsWaitUntil > now && supply.count() > 0)) return
    isRefilling = true
    const want = Math.min(room, Math.max(LEAST_REFILL, REFILL_FACTOR * most))
    kernel.background('sending.refill', refill(account, want).finally(signal))
  }

  async function refill(from: SendingAccount, want: number): Promise<void> {
    const seen = wakes
    try {
      const inDoubt = new Set([
        ...onWire.keys(),
        ...taken,
        ...[...finished, ...settling].map(one => one.attempt.messageId),
      ])
      const isTaken = (id: string): boolean => inDoubt.has(id) || onWire.has(id) || taken.has(id)
      const { due, took, waitUntil } = await supply.refill(from, want, isTaken, inDoubt.size)
      campaignsWaitUntil = waitUntil
      // A wake-up that came while the queue was read may be about something that the reading did not see.
      isDry = took === 0 && wakes === seen
      await reportDrained(due)
    } catch (error) {
      await trouble('sending.refill_failed', error)
    } finally {
      isRefilling = false
    }
  }

  async function reportDrained(due: ReadonlySet<string>): Promise<void> {
    for (const campaignId of Array.from(mayBeDrained)) {
      if (due.has(campaignId) || isUnderWay(campaignId) || supply.holds(campaignId)) continue
      mayBeDrained.delete(campaignId)
      await events.drained(campaignId)
    }
  }

  async function trouble(event: string, error: unknown): Promise<void> {
    kernel.log.error(event, {
      accountId,
      message: redact(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    })
    await delay(clock, TROUBLE_MS)
  }

  /** The provider, or null when it cannot be made: the account stops then, and says why. */
  async function providerFor(): Promise<Provider | null> {
    try {
      return await integrations.provider(accountId)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      change = { state: 'tripped', reason: error.message, until: null }
      return null
    }
  }

  async function turn(provider: Provider | null, places: number): Promise<void> {
    const unsendable = supply.takeUnsendable()
    const candidates = supply.take(places)
    const wanted = change
    settling = finished
    finished = []
    beginning = candidates
    taken = new Set(candidates.map(one => one.messageId))
    isTurning = true
    try {
      const listIds = new Map(
        candidates.map(({ campaignId }) => [campaignId, supply.brief(campaignId)?.frozen.draft.audience.listIds ?? []]),
      )
      const channel = account?.channel ?? 'email'
      const turned = await turnOver(parts, {
        accountId,
        channel,
        finished: settling,
        accountChange: wanted,
        unsendable,
        candidates,
        listIds,
      })
      const changed = new Set(
        [...settling.map(one => one.attempt), ...unsendable, ...candidates].map(one => one.campaignId),
      )
      settling = []
      noteTurn(turned, wanted)
      if (provider !== null) for (const attempt of turned.begun) send(provider, attempt)
      for (const campaignId of changed) mayBeDrained.add(campaignId)
      events.changed(changed)
    } catch (error) {
      // Nothing was written: what ended is settled by the next turn, what was to begin is still ready on disk.
      finished = [...settling, ...finished]
      settling = []
      supply.drop(null)
      await trouble('sending.turn_failed', error)
    } finally {
      beginning = []
      taken = new Set()
      isTurning = false
      isDry = false
      for (const resolve of turnWaiters.splice(0)) resolve()
    }
  }

  function send(provider: Provider, attempt: Attempt): void {
    onWire.set(attempt.messageId, attempt)
    const sent = provider.send(attempt.envelope, abort.signal).then(
      outcome => onOutcome(attempt, outcome),
      (error: unknown) => {
        // Providers promise not to throw. If one does, nobody knows how far it came.
        kernel.log.error('sending.provider_threw', { accountId, message: redact(String(error)) })
        onOutcome(attempt, { kind: 'unknown', fault: { class: 'uncertain', code: '', reply: 'internal error' } })
      },
    )
    kernel.background('sending.attempt', sent)
  }

  function noteTurn(turned: Turned, wanted: AccountChange | null): void {
    throttle.begin(turned.startedAt, turned.begun.length)
    for (const { campaignId } of turned.begun) supply.brief(campaignId)?.throttle.begin(turned.startedAt, 1)
    if (turned.unclaimed > 0) {
      supply.drop(null)
      isStale = true
    }
    if (wanted === null) return
    isStale = true
    if (change === wanted) change = null
    events.accountChanged(accountId)
  }

  function onOutcome(attempt: Attempt, outcome: Finished['outcome']): void {
    const startedAt = attempt.envelope.at
    // The clock may have been set back meanwhile; an attempt never ends before it began.
    const endedAt = Math.max(startedAt, clock.now())
    const verdict = verdictOf(outcome)
    onWire.delete(attempt.messageId)
    finished.push({ attempt: { ...attempt, outcome, endedAt }, verdict })
    const brief = supply.brief(attempt.campaignId)
    if (account !== null) change = weightier(change, health.observe(account, verdict, startedAt, endedAt))
    if (verdict.kind === 'held' && verdict.fault.class === 'transport') {
      throttle.forget(startedAt)
      brief?.throttle.forget(startedAt)
    }
    const reason = brief?.breaker.observe(verdict) ?? null
    if (reason !== null) {
      supply.drop(attempt.campaignId)
      kernel.background('sending.breaker', events.campaignTripped(attempt.campaignId, reason))
    }
    signal()
  }

  function isUnderWay(campaignId: string): boolean {
    const open = [...onWire.values(), ...[...finished, ...settling].map(one => one.attempt), ...beginning]
    return open.some(one => one.campaignId === campaignId)
  }

  /** Sets the timer to when a limit next allows something that is or may be due; false when there is no such time. */
  function armTimer(now: number): boolean {
    const times: number[] = []
    if (capacity(now) > 0) {
      if ((supply.count() > 0 || !isDry) && throttle.allowance(now) <= 0) times.push(throttle.nextAt(now))
      if (campaignsWaitUntil !== null) times.push(campaignsWaitUntil)
    }
    const at = times.length > 0 ? Math.min(...times) : null
    if (at !== timerAt) {
      cancelTimer()
      timerAt = at
      cancelTimer =
        at === null
          ? () => undefined
          : clock.after(Math.max(1, at - now), () => {
              timerAt = null
              isDry = false
              campaignsWaitUntil = null
              signal()
            })
    }
    return at !== null
  }

  async function run(): Promise<void> {
    for (;;) {
      const seen = signals
      if (isStale) await reload()
      const now = clock.now()
      const most = capacity(now)
      if (most === 0) supply.drop(null)
      startRefill(now)
      const places = Math.max(0, Math.min(most - onWire.size, supply.count(), throttle.allowance(now)))
      if (places > 0 || finished.length > 0 || change !== null || supply.hasUnsendable()) {
        const provider = places > 0 ? await providerFor() : null
        await turn(provider, provider === null ? 0 : places)
        continue
      }
      const isTimed = armTimer(now)
      if (!isTimed && !isRefilling && onWire.size === 0) {
        if (mayBeDrained.size > 0) await reportDrained(new Set())
        if (signals === seen) return
        continue
      }
      await signalled(seen)
    }
  }

  async function runToSleep(): Promise<void> {
    try {
      await run()
    } catch (error) {
      await trouble('sending.lane_failed', error)
    } finally {
      isActive = false
      for (const resolve of endWaiters.splice(0)) resolve()
      events.asleep()
    }
  }

  return {
    wake() {
      wakes += 1
      isStale = true
      isDry = false
      signal()
      if (isActive || isStopped) return
      isActive = true
      kernel.background('sending.lane', runToSleep())
    },
    stop() {
      isStopped = true
      signal()
    },
    abort: () => abort.abort('stopping'),
    async clear(campaignId) {
      supply.drop(campaignId)
      supply.forget(campaignId)
      while (isUnderWay(campaignId)) {
        await new Promise<void>(resolve => {
          turnWaiters.push(resolve)
        })
      }
    },
    async ended() {
      while (isActive) {
        await new Promise<void>(resolve => {
          endWaiters.push(resolve)
        })
      }
    },
    underWay: () => onWire.size + finished.length + settling.length,
    isActive: () => isActive,
    isExhausted: () => isDry && timerAt === null && supply.count() === 0,
    isResting: () => !isActive || (isWaiting && !isRefilling && !isTurning),
  }
}

const WEIGHT: Readonly<Record<AccountChange['state'], number>> = { running: 0, backing_off: 1, paused: 2, tripped: 3 }

function weightier(known: AccountChange | null, fresh: AccountChange | null): AccountChange | null {
  if (known === null || fresh === null) return known ?? fresh
  return WEIGHT[fresh.state] >= WEIGHT[known.state] ? fresh : known
}

import type { Provider, SendingAccount } from '../integrations/index.ts'
import { type Cancel, delay } from '../kernel/clock.ts'
import { redact } from '../kernel/log.ts'
import { createLaneAccount } from './lane-account.ts'
import type { Lane, LaneParts } from './lane-parts.ts'
import type { Attempt, Finished, Prepared } from './prepared.ts'
import { createSupply } from './supply.ts'
import { type AccountChange, type Turned, turnOver } from './turnover.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { createWakeSignal } from './wake-signal.ts'

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
 *
 * A message goes: ready on disk -> supply -> beginning -> on the wire -> finished -> settling -> settled on disk. What is
 * between beginning and settling is `attempting` on disk, and is never more than the account's concurrency.
 */
export function createLane(parts: LaneParts, accountId: string): Lane {
  const { kernel, storage, events } = parts
  const { clock } = kernel
  const { reader } = storage
  const account = createLaneAccount({ ...parts, clock, reader }, accountId)
  const supply = createSupply({ ...parts, clock, reader, failed: (id, reason) => events.campaignFailed(id, reason) })
  const signal = createWakeSignal()
  const abort = new AbortController()
  const onWire = new Map<string, Attempt>()
  const mayBeDrained = new Set<string>()
  const turnWaiters: (() => void)[] = []
  const endWaiters: (() => void)[] = []

  let beginning: readonly Prepared[] = []
  let finished: Settling[] = []
  let settling: readonly Settling[] = []
  let wakes = 0
  let isActive = false
  let isStopped = false
  let isRefilling = false
  let isTurning = false
  /** Nothing was found to fill in; only a turn, a wake-up or the timer can change that. */
  let isDry = false
  let campaignsWaitUntil: number | null = null
  let timerAt: number | null = null
  let cancelTimer: Cancel = () => undefined

  const capacity = (now: number): number => (isStopped ? 0 : account.capacity(now))

  function targetsUnderWay(): readonly { readonly messageId: string; readonly campaignId: string }[] {
    return [...beginning, ...onWire.values(), ...[...finished, ...settling].map(one => one.attempt)]
  }

  function isUnderWay(campaignId: string): boolean {
    return targetsUnderWay().some(one => one.campaignId === campaignId)
  }

  async function trouble(event: string, error: unknown): Promise<void> {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    kernel.log.error(event, { accountId, message: redact(text) })
    await delay(clock, TROUBLE_MS)
  }

  function startRefill(now: number): void {
    const from = account.current()
    const most = capacity(now)
    if (from === null || most === 0 || isRefilling || isDry || supply.count() >= most) return
    const room = account.throttle().allowance(now) - supply.count()
    if (room <= 0 || (campaignsWaitUntil !== null && campaignsWaitUntil > now && supply.count() > 0)) return
    isRefilling = true
    const want = Math.min(room, Math.max(LEAST_REFILL, REFILL_FACTOR * most))
    kernel.background('sending.refill', refill(from, want).finally(signal.ring))
  }

  async function refill(from: SendingAccount, want: number): Promise<void> {
    const seen = wakes
    try {
      const before = new Set(targetsUnderWay().map(one => one.messageId))
      // What began while the queue was read may look ready in what was read.
      const isTaken = (id: string): boolean =>
        before.has(id) || onWire.has(id) || beginning.some(one => one.messageId === id)
      // One that cannot be made stops the account; the next look finds that.
      const provider = from.channel === 'email' ? await account.provider() : null
      if (from.channel === 'email' && provider === null) return
      const mail = provider?.mail ?? null
      const { due, took, waitUntil } = await supply.refill(from, { want, isTaken, taken: before.size, mail })
      campaignsWaitUntil = waitUntil
      // A wake-up meanwhile may be about something that the reading did not see.
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

  async function turn(provider: Provider | null, places: number): Promise<void> {
    const unsendable = supply.takeUnsendable()
    const change = account.change()
    beginning = supply.take(places)
    settling = finished
    finished = []
    isTurning = true
    try {
      const candidates = beginning
      const listsOf = (id: string): readonly string[] => supply.brief(id)?.frozen.draft.audience.listIds ?? []
      const turned = await turnOver(parts, {
        accountId,
        channel: account.current()?.channel ?? 'email',
        isPractice: account.current()?.provider === 'practice',
        finished: settling,
        accountChange: change,
        unsendable,
        candidates,
        listIds: new Map(candidates.map(({ campaignId }) => [campaignId, listsOf(campaignId)])),
      })
      const touched = [...settling.map(one => one.attempt), ...unsendable, ...candidates]
      const changed = new Set(touched.map(one => one.campaignId))
      settling = []
      noteTurn(turned, change)
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
      isTurning = false
      isDry = false
      for (const resolve of turnWaiters.splice(0)) resolve()
    }
  }

  function noteTurn(turned: Turned, change: AccountChange | null): void {
    account.throttle().begin(turned.startedAt, turned.begun.length)
    for (const { campaignId } of turned.begun) supply.brief(campaignId)?.throttle.begin(turned.startedAt, 1)
    if (turned.unclaimed > 0) {
      // The campaign or the account stopped: what else is filled in may be in vain too.
      supply.drop(null)
      account.doubt()
    }
    if (change === null) return
    account.written(change)
    events.accountChanged(accountId)
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

  function onOutcome(attempt: Attempt, outcome: Finished['outcome']): void {
    const startedAt = attempt.envelope.at
    // The clock may have been set back meanwhile; an attempt never ends before it began.
    const endedAt = Math.max(startedAt, clock.now())
    const verdict = verdictOf(outcome)
    const brief = supply.brief(attempt.campaignId)
    onWire.delete(attempt.messageId)
    finished.push({ attempt: { ...attempt, outcome, endedAt }, verdict })
    account.observe(verdict, startedAt, endedAt)
    if (verdict.kind === 'held' && verdict.fault.class === 'transport') {
      account.throttle().forget(startedAt)
      brief?.throttle.forget(startedAt)
    }
    const reason = brief?.breaker.observe(verdict) ?? null
    if (reason !== null) {
      supply.drop(attempt.campaignId)
      kernel.background('sending.breaker', events.campaignTripped(attempt.campaignId, reason))
    }
    signal.ring()
  }

  /** Sets the timer to when a limit next allows something that is or may be due; false when there is no such time. */
  function armTimer(now: number): boolean {
    const times: number[] = []
    if (capacity(now) > 0) {
      const throttle = account.throttle()
      if ((supply.count() > 0 || !isDry) && throttle.allowance(now) <= 0) times.push(throttle.nextAt(now))
      if (campaignsWaitUntil !== null) times.push(campaignsWaitUntil)
    }
    const at = times.length > 0 ? Math.min(...times) : null
    if (at === timerAt) return at !== null
    cancelTimer()
    timerAt = at
    cancelTimer = at === null ? () => undefined : clock.after(Math.max(1, at - now), onTimer)
    return at !== null
  }

  function onTimer(): void {
    timerAt = null
    campaignsWaitUntil = null
    isDry = false
    signal.ring()
  }

  async function run(): Promise<void> {
    for (;;) {
      const seen = signal.count()
      await account.refresh()
      const now = clock.now()
      const most = capacity(now)
      if (most === 0) supply.drop(null)
      startRefill(now)
      const places = Math.max(0, Math.min(most - onWire.size, supply.count(), account.throttle().allowance(now)))
      if (places > 0 || finished.length > 0 || account.change() !== null || supply.hasUnsendable()) {
        const provider = places > 0 ? await account.provider() : null
        await turn(provider, provider === null ? 0 : places)
        continue
      }
      const isTimed = armTimer(now)
      if (!isTimed && !isRefilling && onWire.size === 0) {
        if (mayBeDrained.size > 0) await reportDrained(new Set())
        if (signal.count() === seen) return
        continue
      }
      await signal.next(seen)
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
      isDry = false
      account.doubt()
      signal.ring()
      if (isActive || isStopped) return
      isActive = true
      kernel.background('sending.lane', runToSleep())
    },
    stop() {
      isStopped = true
      signal.ring()
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
    isResting: () => !isActive || (signal.isWaiting() && !isRefilling && !isTurning),
  }
}

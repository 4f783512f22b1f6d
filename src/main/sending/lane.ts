import type { Provider, SendingAccount } from '../integrations/index.ts'
import { type Cancel, delay, hours, minutes } from '../kernel/clock.ts'
import { redact } from '../kernel/log.ts'
import type { AccountPace } from './account-pace.ts'
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
// No timer is trusted for longer: a laptop sleeps, and clocks are moved.
const LONGEST_WAIT_MS = 10_000
const LONGEST_SHORT_WAIT_MS = 1000

/**
 * One account's way to the wire: a loop that takes what is due from the supply, begins as many as there are places, and
 * settles what comes back. It asks for the next messages while the present ones are on the wire, settles and begins in one
 * transaction, takes whatever has ended by then and waits for nothing to fill a group. It sleeps when nothing is left to do.
 *
 * A message goes: ready on disk -> supply -> beginning -> on the wire -> finished -> settling -> settled on disk. What is
 * between beginning and settling is `attempting` on disk, and is never more than the account's concurrency. `looked` is called
 * whenever it looks at the clock.
 */
export function createLane(parts: LaneParts, accountId: string, looked: () => void): Lane {
  const { kernel, storage, events } = parts
  const { clock } = kernel
  const { reader } = storage
  const account = createLaneAccount({ ...parts, clock, reader }, accountId)
  const supply = createSupply({
    ...parts,
    accountId,
    clock,
    reader,
    failed: (id, reason) => events.campaignFailed(id, reason),
  })
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
  let lookedAgain = 0
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
    const pace = account.pace()
    if (from === null || pace === null || most === 0 || isRefilling || isDry) return
    // Whoever woke it may have brought a campaign that goes first: then it looks even when it has enough.
    const isWoken = lookedAgain !== wakes && pace.account.allowance(now) > 0
    const room = Math.max(pace.account.allowance(now) - supply.count(), isWoken ? 1 : 0)
    const mustWait = campaignsWaitUntil !== null && campaignsWaitUntil > now && supply.count() > 0
    if (room <= 0 || (!isWoken && (mustWait || supply.count() >= most))) return
    lookedAgain = wakes
    isRefilling = true
    const want = Math.min(room, Math.max(LEAST_REFILL, REFILL_FACTOR * most))
    kernel.background('sending.refill', refill(from, pace, want).finally(signal.ring))
  }

  async function refill(from: SendingAccount, pace: AccountPace, want: number): Promise<void> {
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
      const { due, took, waitUntil } = await supply.refill(from, { want, isTaken, taken: before.size, pace, mail })
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

  /** Keeps a place for a message in every limit that holds for it. */
  function admit(one: Prepared, now: number): boolean {
    const brief = supply.brief(one.campaignId)
    if (brief === undefined || brief.throttle.allowance(now) < 1 || account.pace()?.reserve(one, now) !== true)
      return false
    brief.throttle.reserve()
    return true
  }

  /** Gives the places of those up that do not begin. */
  function giveUp(those: readonly Prepared[]): void {
    for (const one of those) {
      account.pace()?.release(one)
      supply.brief(one.campaignId)?.throttle.release()
    }
  }

  async function turn(provider: Provider | null): Promise<void> {
    const unsendable = supply.takeUnsendable()
    const change = account.change()
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
      noteTurn(turned, candidates, change)
      if (provider !== null) for (const attempt of turned.begun) send(provider, attempt)
      for (const campaignId of changed) mayBeDrained.add(campaignId)
      events.changed(changed)
    } catch (error) {
      // Nothing was written: what ended is settled by the next turn, what was to begin is still ready on disk.
      finished = [...settling, ...finished]
      settling = []
      giveUp(beginning)
      supply.drop(null)
      await trouble('sending.turn_failed', error)
    } finally {
      beginning = []
      isTurning = false
      isDry = false
      for (const resolve of turnWaiters.splice(0)) resolve()
    }
  }

  function noteTurn(turned: Turned, candidates: readonly Prepared[], change: AccountChange | null): void {
    const begun = new Set(turned.begun.map(one => one.messageId))
    giveUp(candidates.filter(one => !begun.has(one.messageId)))
    for (const attempt of turned.begun) {
      const brief = supply.brief(attempt.campaignId)
      account.pace()?.begin(attempt, turned.startedAt)
      brief?.throttle.release()
      brief?.throttle.begin(turned.startedAt, 1)
    }
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
    const verdict = verdictOf(outcome, attempt.address)
    const brief = supply.brief(attempt.campaignId)
    const pace = account.pace()
    const notBefore = pace?.observe(attempt, verdict, startedAt, endedAt) ?? null
    const valid = brief === undefined ? {} : { validMs: hours(brief.frozen.draft.validHours) }
    onWire.delete(attempt.messageId)
    finished.push({ attempt: { ...attempt, ...valid, outcome, endedAt, notBefore }, verdict })
    account.observe(verdict, startedAt, endedAt)
    if (verdict.kind === 'held' && verdict.fault.class === 'transport') {
      pace?.forget(attempt, startedAt)
      brief?.throttle.forget(startedAt)
    }
    const reason = brief?.breaker.observe(verdict) ?? null
    if (reason !== null) {
      supply.drop(attempt.campaignId)
      kernel.background('sending.breaker', events.campaignTripped(attempt.campaignId, reason))
    }
    const warning = brief?.breaker.warning() ?? null
    if (warning !== null) events.campaignWarned(attempt.campaignId, warning)
    signal.ring()
  }

  /** Sets the timer to when a limit next allows something that is or may be due; false when there is no such time. */
  function armTimer(now: number): boolean {
    const times: number[] = []
    const throttle = account.pace()?.account
    if (throttle !== undefined && capacity(now) > 0) {
      if ((supply.count() > 0 || !isDry) && throttle.allowance(now) <= 0) times.push(throttle.nextAt(now))
      if (campaignsWaitUntil !== null) times.push(campaignsWaitUntil)
    }
    const at = times.length > 0 ? Math.min(...times) : null
    if (at === timerAt) return at !== null
    cancelTimer()
    timerAt = at
    if (at !== null) waitFor(at, now)
    return at !== null
  }

  function waitFor(at: number, from: number): void {
    const longest = at - from > minutes(1) ? LONGEST_WAIT_MS : LONGEST_SHORT_WAIT_MS
    cancelTimer = clock.after(Math.min(Math.max(1, at - from), longest), () => {
      const now = clock.now()
      // Set back, the clock says nothing about what was planned by it.
      if (now >= at || now < from) onTimer()
      else waitFor(at, now)
    })
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
      looked()
      const now = clock.now()
      const most = capacity(now)
      if (most === 0) supply.drop(null)
      startRefill(now)
      const { taken, dropped } = supply.take(Math.max(0, most - onWire.size), one => admit(one, now))
      if (taken.length > 0 || finished.length > 0 || account.change() !== null || supply.hasUnsendable()) {
        beginning = taken
        const provider = taken.length > 0 ? await account.provider() : null
        if (provider === null) {
          giveUp(taken)
          beginning = []
        }
        await turn(provider)
        continue
      }
      if (dropped) continue
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
    pace: () => account.pace(),
    underWay: () => onWire.size + finished.length + settling.length,
    isActive: () => isActive,
    isExhausted: () => isDry && timerAt === null && supply.count() === 0,
    isResting: () => !isActive || (signal.isWaiting() && !isRefilling && !isTurning),
  }
}

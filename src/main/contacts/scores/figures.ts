import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { days, seconds } from '../../kernel/clock.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { changingStore } from '../changes/changing-store.ts'
import { projectionStore } from '../events/projection-store.ts'
import { computeFigures } from './compute-figures.ts'
import { figuresStore } from './figures-store.ts'
import { leadScoreStore } from './lead-score-store.ts'
import { loadScoreSettings, SWEPT } from './score-settings.ts'

/** Events, totals and scores of contacts, kept up to date with what they are made from. */
export interface Figures {
  /** Brings everything up to date now, also while messages are sent. Resolves when nothing is left to do. */
  catchUp(): Promise<void>
  /** Computes the figures of these contacts again in the caller's transaction. */
  compute(tx: Tx, nos: readonly number[]): Promise<void>
  /** Scores everybody again soon: rules or weights changed. */
  rescore(): void
  /** Keeps up by itself from now on; one step in five seconds while `isBusy` says that messages are sent. */
  start(isBusy: () => Promise<boolean>): void
  /** Ends after the step under way. */
  stop(): Promise<void>
}

// One step holds the store for about 20 ms, so that sending hardly waits.
const LINES_A_STEP = 1000
const CONTACTS_A_STEP = 300
const LOOKED_AT_A_STEP = 20_000
const SETTLE_MS = seconds(2)
const BUSY_MS = seconds(5)
const DECAY_EVERY_MS = days(1)

/**
 * Figures that are derived from the ledger, from orders and from contacts. Everything that is left to do is on disk (the
 * cursor of the ledger, the stale contacts, the version that was swept), so that a killed application goes on where it was.
 */
export function createFigures(parts: DomainParts & { readonly accounts: Accounts }): Figures {
  const { kernel, storage, scheduler, accounts } = parts
  let dueAt: number | null = null
  // A new object with every wish to sweep, so that one that comes during a step is not taken for the one that is being done.
  let sweeping: { readonly after: number } | null = null
  let stopping = false
  let under: Promise<void> = Promise.resolve()
  let marking: Promise<unknown> = Promise.resolve()
  let isBusy: () => Promise<boolean> = () => Promise.resolve(false)
  let unsubscribe = (): void => undefined
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  function later(ms: number): void {
    const at = kernel.clock.now() + ms
    if (dueAt !== null && dueAt <= at) return
    dueAt = at
    scheduler.wake()
  }

  async function project(): Promise<boolean> {
    const { at, last } = await projectionStore.position(storage.reader)
    if (at >= last) return false
    await write('figures.project', tx => projectionStore.step(tx, LINES_A_STEP))
    return true
  }

  async function sweep(): Promise<boolean> {
    const step = sweeping
    if (step === null) return false
    const { version } = await loadScoreSettings(storage.reader, accounts)
    const found = await leadScoreStore.outdated(storage.reader, step.after, LOOKED_AT_A_STEP, version)
    await write('figures.sweep', async tx => {
      await figuresStore.mark(tx, JSON.stringify(found.nos))
      if (!found.more) await accounts.setSetting(tx, SWEPT, String(version))
    })
    if (sweeping === step) sweeping = found.more ? { after: found.upTo } : null
    return true
  }

  async function decay(): Promise<boolean> {
    const before = kernel.clock.now() - DECAY_EVERY_MS
    const nos = await leadScoreStore.decaying(storage.reader, before, CONTACTS_A_STEP)
    if (nos.length === 0) return false
    await write('figures.decay', tx => compute(tx, nos))
    return true
  }

  async function flush(): Promise<boolean> {
    if (!(await figuresStore.isAnyStale(storage.reader))) return false
    await write('figures.flush', async tx => compute(tx, await figuresStore.take(tx, CONTACTS_A_STEP)))
    return true
  }

  async function compute(tx: Tx, nos: readonly number[]): Promise<void> {
    await computeFigures(tx, nos, await loadScoreSettings(tx, accounts), kernel.clock.now())
  }

  async function run(isPolite: boolean): Promise<void> {
    let moved = false
    while (!stopping) {
      const isWaiting = isPolite && ((await isBusy()) || (await changingStore.isUnderWay(storage.reader)))
      if (!((await project()) || (await sweep()) || (await flush()) || (await decay()))) break
      moved = true
      // One step at a time while messages are sent: a campaign that goes on for days must not leave the scores behind.
      if (isWaiting) {
        later(BUSY_MS)
        break
      }
    }
    if (moved) kernel.events.publish({ kind: 'changed', entity: 'score', ids: [] })
  }

  /** One run after the other: two would take each other's steps. */
  function enqueue(isPolite: boolean): Promise<void> {
    const next = under.then(() => run(isPolite))
    under = next.catch(() => undefined)
    return next
  }

  /** Whoever asks after a change is told what it led to: a change that was told of is marked before anything is caught up. */
  function mark(ids: readonly string[]): void {
    const work = contactsChanged(ids)
    marking = Promise.allSettled([marking, work])
    kernel.background('figures.mark', work)
  }

  async function hasRules(): Promise<boolean> {
    return (await loadScoreSettings(storage.reader, accounts)).rules.some(rule => rule.enabled)
  }

  async function contactsChanged(ids: readonly string[]): Promise<void> {
    // Whoever moved her orders or events marked her as stale already.
    later(SETTLE_MS)
    if (!(await hasRules()) || stopping) return
    if (ids.length === 0) sweeping = { after: 0 }
    else await write('figures.mark', tx => figuresStore.markIds(tx, ids))
  }

  scheduler.add({
    name: 'figures',
    async nextDueAt(reader) {
      const oldest = await leadScoreStore.oldestDecaying(reader)
      const decays = oldest === null ? null : oldest + DECAY_EVERY_MS + 1
      if (dueAt === null || decays === null) return dueAt ?? decays
      return Math.min(dueAt, decays)
    },
    runDue() {
      dueAt = null
      kernel.background('figures', enqueue(true))
      return Promise.resolve()
    },
  })

  return {
    async catchUp() {
      await marking
      await enqueue(false)
    },
    compute,
    rescore() {
      sweeping = { after: 0 }
      later(0)
    },
    start(busy) {
      isBusy = busy
      unsubscribe = kernel.events.subscribe(event => {
        if (event.kind !== 'changed' || stopping) return
        if (event.entity === 'message' || event.entity === 'order') later(SETTLE_MS)
        if (event.entity === 'contact') mark(event.ids)
        if (event.entity === 'list' || event.entity === 'tag') mark([])
      })
      const begun = begin()
      marking = Promise.allSettled([begun])
      kernel.background('figures.begin', begun)
    },
    async stop() {
      stopping = true
      unsubscribe()
      await under
    },
  }

  // What a killed application left: contacts that changed without being scored, rules that nobody was scored by yet.
  async function begin(): Promise<void> {
    const { version, rules } = await loadScoreSettings(storage.reader, accounts)
    const swept = await accounts.setting(storage.reader, SWEPT)
    if (rules.some(rule => rule.enabled) || (version > 0 && swept !== String(version))) sweeping = { after: 0 }
    later(SETTLE_MS)
  }
}

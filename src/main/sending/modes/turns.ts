import type { Accounts } from '../../accounts/index.ts'
import { type Campaigns, stepsOf } from '../../campaigns/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { redact } from '../../kernel/log.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import type { LedgerEntry } from '../index.ts'
import { ledgerStore } from '../ledger-store.ts'
import { livesStore } from '../lives-store.ts'
import { NEVER } from '../plan-store.ts'
import { modeStore, type Recipient, type StoredStep } from './mode-store.ts'
import { type Following, type Move, moveOf } from './standing.ts'

/** Leads recipients from channel to channel. */
export interface Turns {
  start(): void
  /** Begins nothing more and resolves when the present part is written. */
  stop(): Promise<void>
  /** Something of these campaigns changed; null when it is not known of which. */
  wake(campaignIds: Iterable<string> | null): void
  isResting(): boolean
}

/** What turns are made from. */
export interface TurnsParts extends Pick<DomainParts, 'kernel' | 'storage' | 'scheduler'> {
  readonly accounts: Accounts
  readonly campaigns: Campaigns
  /** After a commit: messages of these accounts are due, and of these campaigns something has changed. */
  onMoved(senderIds: ReadonlySet<string>, campaignIds: ReadonlySet<string>): Promise<void>
}

/** How a campaign’s channels follow each other, and how long each is waited for; null when they do not. */
interface Plan {
  readonly mode: Following
  readonly timeouts: ReadonlyMap<number, number>
}

type Decision = Exclude<Move, { kind: 'stay' }> & Recipient

const PLACE = 'sending.modes.place'
// A part takes some 20 ms, and sending goes first.
const AT_ONCE = 200
const ROWS_AT_ONCE = 500
// How far the place may be behind when nothing was moved: so many rows are read again after a crash.
const SAVE_EVERY = 5000

/**
 * The state machine of channels that follow each other. It reads the ledger from a place that is kept on disk, and looks at
 * every recipient whom a row is about, or whose time is up; what happens next is decided from her own rows alone and written in
 * one transaction with its line in the ledger. After a crash it reads some rows again and decides the same. Sending never waits
 * for it, and no recipient for another.
 */
export function createTurns(parts: TurnsParts): Turns {
  const { kernel, storage, scheduler, accounts, campaigns } = parts
  const { clock } = kernel
  const { reader } = storage
  const plans = new Map<string, Plan | null>()
  let place: { seq: number; key: string } | null = null
  let savedSeq = 0
  let isStarted = false
  let isAsked = false
  let running: Promise<void> | null = null

  async function planOf(campaignId: string): Promise<Plan | null> {
    const known = plans.get(campaignId)
    if (known !== undefined) return known
    const { frozen } = await campaigns.state(reader, campaignId)
    if (frozen === null) return null
    const { mode } = frozen.draft
    const steps = new Map(stepsOf(frozen).map(one => [one.step, one.timeoutMs]))
    const plan = mode === 'cascade' || mode === 'backup' ? { mode, timeouts: steps } : null
    plans.set(campaignId, plan)
    return plan
  }

  async function following(): Promise<readonly string[]> {
    const found: string[] = []
    for (const id of await modeStore.openCampaigns(reader)) if ((await planOf(id)) !== null) found.push(id)
    return found
  }

  async function savedPlace(): Promise<{ seq: number; key: string } | null> {
    const text = await accounts.setting(reader, PLACE)
    const end = text?.indexOf(' ') ?? -1
    return text === null || end < 0 ? null : { seq: Number(text.slice(0, end)), key: text.slice(end + 1) }
  }

  /** Where to go on: after what was read, or at the beginning of the oldest of these campaigns. */
  async function begin(campaignIds: readonly string[]): Promise<number> {
    place ??= await savedPlace()
    if (place !== null && !(await modeStore.isSame(reader, place))) place = null
    const first = await modeStore.before(reader, campaignIds)
    return Math.max(place?.seq ?? 0, first ?? 0)
  }

  async function pass(): Promise<void> {
    const ids = await following()
    if (ids.length === 0) return
    let after = await begin(ids)
    for (;;) {
      const { last, rows, recipients } = await modeStore.stretch(reader, after, ROWS_AT_ONCE)
      if (last === null || !isStarted) break
      for (let from = 0; from < recipients.length; from += AT_ONCE) {
        await look(recipients.slice(from, from + AT_ONCE), from + AT_ONCE >= recipients.length ? last : null)
      }
      place = last
      after = last.seq
      if (last.seq - savedSeq >= SAVE_EVERY) await look([], last)
      if (rows < ROWS_AT_ONCE) break
    }
    for (;;) {
      const due = await modeStore.dueRecipients(reader, clock.now(), AT_ONCE)
      if (due.length === 0 || !isStarted) break
      await look(due, null)
    }
    scheduler.wake()
  }

  /** Decides about recipients and writes it, with how far the ledger was read. */
  async function look(recipients: readonly Recipient[], upTo: typeof place): Promise<void> {
    const known = new Map<string, Plan | null>()
    for (const { campaignId } of recipients) known.set(campaignId, await planOf(campaignId))
    const moved = await transaction(
      storage.db,
      async tx => {
        // Of a campaign that has ended nothing begins any more.
        const open = new Set(await modeStore.openCampaigns(tx))
        const plans = new Map([...known].map(([id, plan]) => [id, open.has(id) ? plan : null]))
        const decisions = decide(await modeStore.stepsOf(tx, recipients), plans)
        if (decisions.length === 0 && upTo === null) return decisions
        await write(tx, decisions)
        if (upTo !== null) await accounts.setSetting(tx, PLACE, `${upTo.seq} ${upTo.key}`)
        return decisions
      },
      { name: 'modes.turn', priority: 'bulk' },
    )
    if (upTo !== null) savedSeq = upTo.seq
    const senderIds = new Set(moved.flatMap(one => (one.kind === 'begin' ? [one.row.senderId] : [])))
    const campaignIds = new Set(moved.flatMap(one => (one.kind === 'wait' ? [] : [one.campaignId])))
    if (campaignIds.size > 0) await parts.onMoved(senderIds, campaignIds)
  }

  function decide(steps: readonly StoredStep[], known: ReadonlyMap<string, Plan | null>): readonly Decision[] {
    const now = clock.now()
    const people = new Map<string, StoredStep[]>()
    for (const step of steps) {
      const key = `${step.campaignId} ${step.contactId}`
      people.set(key, [...(people.get(key) ?? []), step])
    }
    return [...people.values()].flatMap((own): readonly Decision[] => {
      const [first] = own
      if (first === undefined) return []
      const recipient = { campaignId: first.campaignId, contactId: first.contactId }
      const plan = known.get(first.campaignId) ?? null
      const rows = own.map(row => ({ ...row, timeoutMs: plan?.timeouts.get(row.step) ?? 0 }))
      const move: Move = plan === null ? { kind: 'stay' } : moveOf(plan.mode, rows, now)
      if (move.kind === 'wait') return move.row.dueAt === move.until ? [] : [{ ...move, ...recipient }]
      if (move.kind !== 'stay') return [{ ...move, ...recipient }]
      // Its time is up and yet somebody must decide first, or something else happen: the ledger will tell.
      const overdue = rows.find(row => row.state === 'waiting' && row.dueAt <= now)
      return overdue ? [{ kind: 'wait', row: overdue, until: NEVER, ...recipient }] : []
    })
  }

  async function write(tx: Tx, decisions: readonly Decision[]): Promise<void> {
    const now = clock.now()
    const begins = decisions.filter(one => one.kind === 'begin')
    const ends = decisions.flatMap(one => (one.kind === 'end' ? one.rows.map(row => ({ ...one, row })) : []))
    const waits = decisions.flatMap(one => (one.kind === 'wait' ? [{ id: one.row.id, until: one.until }] : []))
    if (waits.length > 0) await modeStore.postpone(tx, waits)
    const entries: LedgerEntry[] = []
    const touched = [...begins.map(one => one.row.id), ...ends.map(one => one.row.id)]
    const suffix = touched.length > 0 ? await livesStore.suffixes(tx, touched) : () => ''
    if (begins.length > 0) {
      const ids = begins.map(one => one.row.id)
      const begun = await modeStore.begin(tx, ids, now)
      for (const { row, from, why, ...recipient } of begins) {
        if (!begun.has(row.id)) continue
        entries.push(entryOf('moved', recipient, row.id, suffix(row.id), now, { from, to: row.step, reason: why }))
      }
    }
    if (ends.length > 0) {
      const ended = await modeStore.end(
        tx,
        ends.map(one => ({ id: one.row.id, why: one.why })),
        now,
      )
      for (const { row, from, why, ...recipient } of ends) {
        if (ended.has(row.id))
          entries.push(entryOf('skipped', recipient, row.id, suffix(row.id), now, { reason: why, from }))
      }
    }
    await ledgerStore.append(tx, entries)
  }

  async function run(): Promise<void> {
    try {
      while (isAsked && isStarted) {
        isAsked = false
        await pass()
      }
    } catch (error) {
      kernel.log.error('modes.failed', {
        message: redact(error instanceof Error ? (error.stack ?? error.message) : ''),
      })
      // A full disk or a locked file may pass; nothing was half written.
      clock.after(5000, () => wake(null))
    } finally {
      running = null
    }
  }

  function wake(campaignIds: Iterable<string> | null): void {
    if (!isStarted) return
    if (campaignIds !== null && Array.from(campaignIds).every(id => plans.get(id) === null)) return
    isAsked = true
    if (running !== null) return
    running = run()
    kernel.background('sending.modes', running)
  }

  scheduler.add({
    name: 'modes',
    nextDueAt: async from => (isStarted && running === null ? modeStore.nextDueAt(from) : null),
    runDue: async () => wake(null),
  })

  return {
    start() {
      isStarted = true
      wake(null)
    },
    async stop() {
      isStarted = false
      await running
    },
    wake,
    isResting: () => running === null,
  }
}

function entryOf(
  kind: 'moved' | 'skipped',
  recipient: Recipient,
  messageId: string,
  suffix: string,
  at: number,
  data: LedgerEntry['data'],
): LedgerEntry {
  const { campaignId, contactId } = recipient
  return { kind, campaignId, messageId, contactId, at, eventKey: `${messageId}:${kind}${suffix}`, data }
}

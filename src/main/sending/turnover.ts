import type { Channel } from '../../shared/contract/define.ts'
import type { Sender } from '../../shared/contract/senders.ts'
import { optOutReaches } from '../../shared/domain/opt-out-words.ts'
import type { Compliance, LastLook as Findings } from '../compliance/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Integrations } from '../integrations/index.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { heirStore } from './heir-store.ts'
import type { LedgerEntry } from './index.ts'
import { ledgerStore } from './ledger-store.ts'
import { livesStore } from './lives-store.ts'
import { postpone } from './postponement.ts'
import type { Attempt, Finished, Prepared, Unsendable } from './prepared.ts'
import { queueStore } from './queue-store.ts'
import { PRACTICE_PACE } from './retry-schedule.ts'
import { closingOf } from './settlement.ts'
import type { Verdict } from './verdict.ts'

/** A change of an account's state that outcomes call for. */
export interface AccountChange {
  readonly state: Sender['state']
  readonly reason: string
  readonly until: number | null
}

/** What one turn of a lane does. */
export interface Turn {
  readonly accountId: string
  readonly channel: Channel
  /** The practice account: its refusals say nothing about real mailboxes, and its retries come soon. */
  readonly isPractice: boolean
  /** Attempts that ended, with what that means. */
  readonly finished: readonly { readonly attempt: Finished; readonly verdict: Verdict }[]
  readonly accountChange: AccountChange | null
  readonly unsendable: readonly Unsendable[]
  /** Messages to begin; no more than there are places. */
  readonly candidates: readonly Prepared[]
  /** Lists of the audience, by campaign. */
  readonly listIds: ReadonlyMap<string, readonly string[]>
}

/** What became of the candidates. */
export interface Turned {
  readonly begun: readonly Attempt[]
  /** How many could not be claimed: their campaign or account stopped, or somebody else took them. */
  readonly unclaimed: number
  readonly startedAt: number
}

/** What a turn needs. */
export interface TurnoverParts extends Pick<DomainParts, 'kernel' | 'storage' | 'runId'> {
  readonly compliance: Compliance
  readonly integrations: Integrations
}

/**
 * The one transaction of sending. It settles the attempts that ended and begins the next ones in their places, so that never
 * more are in doubt than there are connections, and one commit to disk pays for both. Suppression, consent, lists, pause,
 * cancel and the account's state are looked at here for the last time; only after its commit may a byte leave.
 */
export async function turnOver(parts: TurnoverParts, turn: Turn): Promise<Turned> {
  const { kernel, storage, runId } = parts
  await parts.compliance.ready(storage.reader, turn.channel, new Set(turn.candidates.map(one => one.campaignId)))
  return transaction(
    storage.db,
    async tx => {
      // A suppression or a change of the account that comes of the settling must be seen by the last check; otherwise the two
      // do not touch, and go side by side: each statement on its own costs a trip to another thread.
      const isApart = turn.accountChange === null && turn.finished.every(({ verdict }) => !isSuppressing(verdict))
      const settled = settle(parts, tx, turn)
      if (!isApart) await settled
      const now = kernel.clock.now()
      const [, { blocked, moved, findings }] = await together(settled, lastCheck(parts, tx, turn))
      const going = turn.candidates.filter(one => !blocked.has(one.messageId) && !moved.has(one.messageId))
      const waits = findings?.waits(going.map(one => ({ ...one, contactId: one.personId }))) ?? new Map()
      const tooLate = await postpone(tx, going, waits, now)
      await skip(tx, turn, new Map([...blocked, ...tooLate]), now)
      const allowed = waits.size === 0 ? going : going.filter(one => !waits.has(one.messageId))
      await heirStore.readdress(
        tx,
        allowed.filter(one => one.personId !== one.contactId),
      )
      const ids = allowed.map(candidate => candidate.messageId)
      const rows = ids.length > 0 ? await queueStore.begin(tx, { runId, senderId: turn.accountId, now }, ids) : []
      const numbers = new Map(rows.map(row => [row.id, row.n]))
      const begun: Attempt[] = []
      for (const candidate of allowed) {
        const n = numbers.get(candidate.messageId)
        if (n !== undefined) begun.push({ ...candidate, n, envelope: { ...candidate.envelope, at: now } })
      }
      return { begun, unclaimed: allowed.length + moved.size - begun.length, startedAt: now }
    },
    { name: 'sending.turnover', priority: 'sending' },
  )
}

/** Waits for both, also when one fails: nothing may go on in a transaction that is rolled back. */
async function together<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first, second])
  if (a.status === 'rejected') throw a.reason
  if (b.status === 'rejected') throw b.reason
  return [a.value, b.value]
}

function isSuppressing(verdict: Verdict): boolean {
  return verdict.kind === 'rejected' && verdict.suppress
}

async function settle(parts: TurnoverParts, tx: Tx, turn: Turn): Promise<void> {
  const { kernel, compliance } = parts
  if (turn.finished.length > 0) {
    const deferred = turn.finished.filter(({ verdict }) => verdict.kind === 'deferred')
    const ids = deferred.map(({ attempt }) => attempt.messageId)
    const refusals = ids.length > 0 ? await queueStore.refusals(tx, ids) : new Map()
    const pace = turn.isPractice ? PRACTICE_PACE : 1
    const closings = turn.finished.map(({ attempt, verdict }) => {
      const chance = verdict.kind === 'deferred' ? kernel.random.next() : 0
      return closingOf(attempt, verdict, { before: refusals.get(attempt.messageId), chance, pace })
    })
    const settlements = closings.map(closing => closing.settlement)
    const entries = closings.flatMap(({ entry }) => (entry === null ? [] : [entry]))
    await together(queueStore.settle(tx, settlements), ledgerStore.append(tx, entries))
  }
  for (const { attempt, verdict } of turn.finished) {
    if (verdict.kind !== 'rejected' || !verdict.suppress || turn.isPractice) continue
    for (const channel of verdict.optedOut ? optOutReaches(turn.channel) : [turn.channel]) {
      await compliance.suppress(tx, {
        channel,
        address: attempt.address,
        reason: verdict.optedOut ? 'unsubscribe' : 'hard_bounce',
        source: verdict.optedOut ? 'provider' : 'refused while sending',
        contactId: attempt.contactId,
        campaignId: attempt.campaignId,
        note: verdict.fault.code,
      })
    }
  }
  if (turn.accountChange !== null) await changeAccount(parts, tx, turn.accountId, turn.accountChange)
}

async function changeAccount(parts: TurnoverParts, tx: Tx, accountId: string, change: AccountChange): Promise<void> {
  const { state } = await parts.integrations.account(tx, accountId)
  // Somebody may have paused the account meanwhile; that stands.
  if (state !== 'paused') await parts.integrations.setState(tx, accountId, change.state, change.reason, change.until)
}

/** What the last look says of the candidates: which must not go, and why; which must be filled in again. */
interface LastLook {
  readonly blocked: ReadonlyMap<string, string>
  readonly moved: ReadonlySet<string>
  /** Null when there was nobody to look at. */
  readonly findings: Findings | null
}

async function lastCheck(parts: TurnoverParts, tx: Tx, turn: Turn): Promise<LastLook> {
  const blocked = new Map<string, string>()
  const moved = new Set<string>()
  if (turn.candidates.length === 0) return { blocked, moved, findings: null }
  // Suppression, consent and lists are those of who she is now.
  const people = turn.candidates.map(one => ({ ...one, contactId: one.personId }))
  const asked = people.map(one => ({ ...one, listIds: turn.listIds.get(one.campaignId) ?? [] }))
  const [findings, departed] = await together(
    // The practice account reaches nobody, so no time is wrong for it.
    parts.compliance.lookAtLast(tx, turn.channel, people, !turn.isPractice),
    queueStore.departed(tx, asked),
  )
  const standings = new Map<string, string>()
  for (const { id, standing } of await heirStore.standings(tx, turn.candidates)) {
    if (standing === 'moved') moved.add(id)
    else if (standings.get(id) !== 'merged') standings.set(id, standing)
  }
  for (const { messageId } of people) {
    if (moved.has(messageId)) continue
    const reason = findings.blocked.get(messageId) ?? departed.get(messageId) ?? standings.get(messageId)
    if (reason !== undefined) blocked.set(messageId, reason)
  }
  return { blocked, moved, findings }
}

async function skip(tx: Tx, turn: Turn, blocked: ReadonlyMap<string, string>, now: number): Promise<void> {
  const skips = [
    ...turn.unsendable.map(one => ({ ...one, data: { reason: one.reason, problem: one.problem } })),
    ...turn.candidates.flatMap(one => {
      const reason = blocked.get(one.messageId)
      return reason === undefined ? [] : [{ ...one, reason, data: { reason } }]
    }),
  ]
  if (skips.length === 0) return
  const changed = new Set(await queueStore.skip(tx, skips, now))
  const suffix = await livesStore.suffixes(tx, [...changed])
  const entries = skips.map(
    ({ messageId, campaignId, contactId, data }): LedgerEntry => ({
      kind: 'skipped',
      campaignId,
      messageId,
      contactId,
      at: now,
      eventKey: `${messageId}:skipped${suffix(messageId)}`,
      data,
    }),
  )
  await ledgerStore.append(
    tx,
    entries.filter(entry => changed.has(entry.messageId ?? '')),
  )
}

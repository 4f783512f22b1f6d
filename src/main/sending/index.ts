import type { Channel } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { LedgerReport } from '../../shared/contract/workspace.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { MatchedMessage, MessageHint } from './message-match-store.ts'

export type { MatchedMessage, MessageHint } from './message-match-store.ts'
export { reasonLabel } from './reasons.ts'

/** A line of the ledger. `eventKey` makes it unique: writing it twice keeps the first. */
export interface LedgerEntry {
  readonly kind:
    | 'planned'
    | 'moved'
    | 'reopened'
    | 'skipped'
    | 'accepted'
    | 'rejected'
    | 'deferred'
    | 'postponed'
    | 'unknown'
    | 'cancelled'
    | 'resolved'
    | 'delivered'
    | 'failed'
    | 'read'
    | 'replied'
    | 'opened'
    | 'clicked'
    | 'unsubscribed'
    | 'bounced'
    | 'complained'
  readonly campaignId: string | null
  readonly messageId: string | null
  readonly contactId: string | null
  readonly at: number
  readonly eventKey: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Planner, queue, pool, attempts and ledger. */
export interface Sending {
  /** Puts what a killed process left behind in order: claimed -> ready, attempting -> unknown. Before the scheduler starts. */
  recover(): Promise<void>
  /** Begins to send what is due; wakes by itself. */
  start(): void
  /** Takes no new messages, waits for those on the wire to be settled. */
  stop(): Promise<void>
  /** True when no message is due, claimed or under way and no plan is open. */
  isIdle(): Promise<boolean>
  /** How many messages are on the wire or due now. */
  activeCount(): Promise<number>
  /** True when nothing goes on but waiting: for the clock, or for a provider. Tests move the clock then. */
  isResting(): boolean
  /** Where a message belongs; null when it is none of ours. */
  findMessage(
    reader: Reader,
    messageId: string,
  ): Promise<{
    readonly campaignId: string
    readonly contactId: string
    readonly channel: Channel
    readonly address: string
  } | null>
  /** The message a provider speaks of; null when it is none of ours. */
  matchMessage(reader: Reader, hint: MessageHint): Promise<MatchedMessage | null>
  record(tx: Tx, entries: readonly LedgerEntry[]): Promise<void>
  verify(reader: Reader): Promise<LedgerReport>
  readonly handlers: Handlers<(typeof contract)['sending']>
}

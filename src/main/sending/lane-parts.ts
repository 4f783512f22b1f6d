import type { Accounts } from '../accounts/index.ts'
import type { Campaigns } from '../campaigns/index.ts'
import type { Templates } from '../templates/index.ts'
import type { AccountPace } from './account-pace.ts'
import type { CampaignWatch } from './campaign-watch.ts'
import type { Press } from './press/press.ts'
import type { TurnoverParts } from './turnover.ts'

/** What a lane tells the pool. */
export interface LaneEvents {
  /** Messages of these campaigns changed. */
  changed(campaignIds: Iterable<string>): void
  accountChanged(accountId: string): void
  /** A campaign has nothing more waiting in this lane: it may be complete. */
  drained(campaignId: string): Promise<void>
  /** A campaign must stop; the reason is for a person. */
  campaignTripped(campaignId: string, reason: string): Promise<void>
  /** Something about a campaign is bad, though not bad enough to stop; the text is for a person. */
  campaignWarned(campaignId: string, reason: string): void
  /** A campaign can never be sent. */
  campaignFailed(campaignId: string, reason: string): Promise<void>
  /** The lane went to sleep: somebody else must wake it when something is due. */
  asleep(): void
}

/** What a lane is made from. */
export interface LaneParts extends TurnoverParts {
  readonly accounts: Accounts
  readonly campaigns: Campaigns
  readonly templates: Templates
  readonly press: Press
  readonly events: LaneEvents
  readonly watch: CampaignWatch
}

/** Sends what is due through one account. */
export interface Lane {
  /** Looks again: something became due, or the account or a campaign changed. */
  wake(): void
  /** Begins nothing more. */
  stop(): void
  /** Breaks off what is on the wire; how it ended is then not known. */
  abort(): void
  /** Forgets what is prepared of a campaign and resolves when nothing of it is on the wire or waits to be settled. */
  clear(campaignId: string): Promise<void>
  /** Resolves when nothing at all is under way. */
  ended(): Promise<void>
  /** The limits that it goes by; null until it has read them. */
  pace(): AccountPace | null
  /** How many messages are on the wire or wait to be settled. */
  underWay(): number
  /** False when the lane sleeps until it is woken. */
  isActive(): boolean
  /** Whether it has taken up everything that was due when it looked last, so that only something new can be due. */
  isExhausted(): boolean
  /** Whether it waits for nothing but the clock or the provider. */
  isResting(): boolean
}

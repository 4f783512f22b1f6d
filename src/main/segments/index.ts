import type { Audience, SkipReason } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

/** One contact of an audience with where she would be reached, or why she is not. */
export interface AudienceMember {
  readonly contactId: string
  /** Empty when there is none. */
  readonly address: string
  readonly skip: SkipReason | null
}

export interface AudienceCount {
  /** Contacts chosen, exclusions already taken out. */
  readonly audience: number
  readonly excluded: number
  readonly reached: number
  readonly fallsOut: readonly { readonly reason: SkipReason; readonly count: number }[]
}

/** Where one contact stands in an audience. */
export interface AudienceStanding {
  readonly address: string
  /** Whether the audience names her. */
  readonly isChosen: boolean
  /** The exclusion that takes her out; null when none does. */
  readonly exclusion: string | null
  /** Why she falls out by herself; null when she does not. */
  readonly skip: SkipReason | null
}

/** Segments, and audiences: who a choice of lists, tags, segments and rules means, and who of them can be reached. */
export interface Segments {
  /**
   * Resolves when events, purchases and scores that the audience asks about are up to date; at once when it asks about none.
   * Before the number that a launch is confirmed by, and before members are written down.
   */
  prepare(reader: Reader, audience: Audience): Promise<void>
  /**
   * The next members after `afterContactId` ('' for the first) in ascending order of contact id, at most `limit`;
   * suppression, consent and list status are looked at. `campaignId` is the campaign that asks: its own messages keep nobody out.
   */
  members(
    reader: Reader | Tx,
    channel: Channel,
    audience: Audience,
    afterContactId: string,
    limit: number,
    campaignId?: string,
  ): Promise<readonly AudienceMember[]>
  /** Where one contact stands in an audience now; null when she is gone. */
  standing(
    reader: Reader,
    channel: Channel,
    audience: Audience,
    contactId: string,
    campaignId: string,
  ): Promise<AudienceStanding | null>
  /**
   * The same in numbers, by one pass of SQL; one contact an address counts as reached. Brings what the audience asks about up
   * to date, and waits a moment for it.
   */
  count(reader: Reader, channel: Channel, audience: Audience, campaignId?: string): Promise<AudienceCount>
  /** The same for several channels at once: on each of them, and on any of them, where reached means on at least one. */
  countChannels(
    reader: Reader,
    channels: readonly Channel[],
    audience: Audience,
    campaignId?: string,
  ): Promise<{ readonly any: AudienceCount; readonly each: readonly AudienceCount[] }>
  /** Lets no more work begin. Before the scheduler's jobs are stopped. */
  stop(): void
  readonly handlers: Handlers<(typeof contract)['segments']>
}

import type { Audience, SkipReason } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
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

/** Audiences: who a choice of lists and tags means, in ascending order of contact id, and who of them can be reached. */
export interface Segments {
  /** The next members after `afterContactId` ('' for the first), at most `limit`; suppression, consent and list status are looked at. */
  members(
    reader: Reader | Tx,
    channel: Channel,
    audience: Audience,
    afterContactId: string,
    limit: number,
  ): Promise<readonly AudienceMember[]>
  /** The same in numbers, by one pass of SQL; one contact an address counts as reached. */
  count(reader: Reader, channel: Channel, audience: Audience): Promise<AudienceCount>
}

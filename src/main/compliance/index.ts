import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Suppression } from '../../shared/contract/contacts.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { RuleFact } from './explain.ts'
import type { LastLook } from './last-look.ts'
import type { FirstTimes } from './timing.ts'

export type { RuleFact } from './explain.ts'
export type { LastLook, Wait } from './last-look.ts'
export { mustHaveFreshLists } from './lists/required-lists.ts'
export { policyOf } from './policy/policies.ts'
export { AGAINST_EVERYTHING } from './stands-against.ts'
export { SUPPRESSION_PRECEDENCE } from './suppression-precedence.ts'
export { isStillValid } from './timing.ts'

/** A suppression to write. The address is normalised by the domain. */
export interface NewSuppression {
  readonly channel: Channel
  readonly address: string
  readonly reason: Suppression['reason']
  readonly source: string
  readonly contactId: string | null
  readonly campaignId: string | null
  readonly note: string
}

/** Consent and suppression: who must not be written to. */
export interface Compliance {
  /** Writes a suppression; twice is harmless. An unsubscribe always wins over what lists say. */
  suppress(tx: Tx, suppression: NewSuppression): Promise<void>
  /**
   * Who of these must not get a message on the channel, and why: contact id to reason. Looks at suppressions of the
   * address and at the newest consent of the contact. Up to 1,000 at a time, one statement; used at the last moment.
   */
  blocked(
    reader: Reader | Tx,
    channel: Channel,
    people: readonly { readonly contactId: string; readonly address: string }[],
  ): Promise<ReadonlyMap<string, SkipReason>>
  /** Loads what the last look at messages of these campaigns may need; call it before the transaction. */
  ready(reader: Reader, channel: Channel, campaignIds: Iterable<string>): Promise<void>
  /**
   * The last look at messages that are about to begin, in the transaction that begins them: suppression, consent, caps and hours,
   * all of the person as she is now. `isTimed` is false where nobody is reached, so that no time is wrong. Up to 1,000 at a time.
   */
  lookAtLast(
    tx: Reader | Tx,
    channel: Channel,
    messages: readonly {
      readonly messageId: string
      readonly campaignId: string
      readonly contactId: string
      readonly address: string
    }[],
    isTimed: boolean,
  ): Promise<LastLook>
  /** Those of the contacts for whom an instant is outside the hours, with the first inside (null: none while it is valid). */
  firstTimes(
    reader: Reader,
    of: { readonly channel: Channel; readonly campaignId: string },
    contactIds: readonly string[],
    at: number,
  ): Promise<FirstTimes>
  /** What suppression, consent, caps and hours say about a message at this moment, in the order in which they count. */
  explain(
    reader: Reader,
    of: {
      readonly channel: Channel
      readonly campaignId: string
      readonly contactId: string
      readonly messageId: string
      readonly address: string
    },
  ): Promise<readonly RuleFact[]>
  readonly handlers: Handlers<(typeof contract)['compliance']>
  readonly listHandlers: Handlers<(typeof contract)['suppressionLists']>
  readonly policyHandlers: Handlers<(typeof contract)['policy']>
}

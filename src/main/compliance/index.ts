import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Suppression } from '../../shared/contract/contacts.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

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
  readonly handlers: Handlers<(typeof contract)['compliance']>
  readonly policyHandlers: Handlers<(typeof contract)['policy']>
}

/**
 * Why an address is suppressed and what a sender calls it, the strongest first (standards.md 1.13; a block made by hand
 * comes after those that the law or the mailbox made).
 */
export const SUPPRESSION_PRECEDENCE = [
  { reason: 'erasure', skip: 'erased' },
  { reason: 'complaint', skip: 'complained' },
  { reason: 'unsubscribe', skip: 'unsubscribed' },
  { reason: 'do_not_call', skip: 'do_not_call' },
  { reason: 'hard_bounce', skip: 'hard_bounced' },
  { reason: 'manual', skip: 'suppressed' },
] as const satisfies readonly { readonly reason: Suppression['reason']; readonly skip: SkipReason }[]

import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Suppression } from '../../shared/contract/contacts.ts'

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

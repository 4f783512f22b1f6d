import { familyOf, type MailboxFamily, mailDomain } from '../../shared/domain/domain-family.ts'
import type { HoldScope, SendOutcome } from '../integrations/index.ts'

type Refusal = Exclude<SendOutcome, { kind: 'accepted' }>

// What mailbox providers say when it is they, and not the submission server, that want less (standards.md 1.7).
const FAMILY_SIGNALS: readonly (readonly [MailboxFamily, RegExp])[] = [
  ['google', /\b4[25][01] .{0,12}4\.7\.28\b|unusual rate of unsolicited mail/i],
  ['yahoo', /\[tss?04\]|temporarily deferred due to (user complaints|unexpected volume)/i],
  ['microsoft', /\b4\.7\.(5\d\d|6[0-8]\d|69\d|8[5-9]\d)\b/],
  ['apple', /excessive volume|too many messages from your ip/i],
]
// WhatsApp: a template was paused or disabled (standards.md 3.5).
const TEMPLATE_STOPPED = /\b1320(15|16)\b/
// WhatsApp: too many messages to one person (pair rate).
const PAIR_RATE = /\b131056\b/

/** What a refusal is about, from what the provider says or is known to mean; the account where nothing else is known. */
export function scopeOf(refusal: Refusal, address: string): HoldScope {
  const { code, reply } = refusal.fault
  const isMail = mailDomain(address) !== ''
  if (refusal.kind === 'throttled' && refusal.scope !== undefined) {
    return refusal.scope === 'family' && !isMail ? 'account' : refusal.scope
  }
  if (TEMPLATE_STOPPED.test(code)) return 'campaign'
  if (refusal.fault.class !== 'rate_limited') return 'account'
  if (PAIR_RATE.test(code)) return 'recipient'
  const family = familyOf(address)
  const said = `${code} ${reply}`
  return FAMILY_SIGNALS.some(([name, pattern]) => name === family && pattern.test(said)) ? 'family' : 'account'
}

import type { FaultClass } from '../provider.ts'
import type { Failure, Stage } from './stage.ts'

type Refused = Extract<Failure, { kind: 'refused' }>

/**
 * What a refusal means (standards.md 1.7): what certain providers are known to say, then the enhanced status code (RFC 3463,
 * RFC 5248), then the reply code (RFC 5321), the stage, and last the text.
 */
export function classify(refused: Refused): FaultClass {
  const text = refused.text.toLowerCase()
  return (
    byProvider(refused, text) ??
    byEnhanced(refused, text) ??
    byReplyCode(refused, text) ??
    (refused.code < 500 ? 'temporary' : 'permanent_message')
  )
}

/** What kind of trouble a text tells of; null when it says nothing known. */
export type TextKind = 'full' | 'rate' | 'reputation' | 'auth' | 'content' | 'domain' | 'user' | 'greylist'

// The first that matches wins, so the order is part of the rule: "554 mailbox full, message rejected" is full, and a refusal
// as spam must never count as an unknown user.
const TEXTS: readonly (readonly [TextKind, RegExp])[] = [
  ['full', /mailbox full|over quota|quota exceeded|exceeded storage|out of storage|mailbox size limit|disk quota/],
  [
    'rate',
    /too quickly|try again slower|rate limit|too many (messages|connections|emails)|throttl|unusual rate|temporarily deferred|excessive volume|max message per connection/,
  ],
  [
    'reputation',
    /spamhaus|spamcop|barracuda|blacklist|block ?list|banned sending ip|(poor|low|bad) reputation|dnsbl|listed in|blocked using/,
  ],
  ['auth', /\b(spf|dkim|dmarc)\b|unauthenticated|reverse dns|ptr record/],
  ['content', /spam|unsolicited|content rejected|suspicious (content|link)|virus/],
  [
    'domain',
    /host unknown|domain (name )?(does not exist|not found)|name or service not known|unrout(e)?able|no such domain/,
  ],
  [
    'user',
    /user unknown|unknown (user|recipient|mailbox|address)|no such (user|mailbox|recipient|address|person)|does not exist|not found|invalid (recipient|mailbox|address)|mailbox unavailable|not a valid (user|mailbox|recipient)|no mailbox|inactive|disabled|no longer (valid|accepts|on server)|recipient address rejected/,
  ],
  ['greylist', /gr[ae]ylist|try again later|temporarily (rejected|unavailable)|come back later/],
]

/** Reads the text of a reply, codes left aside. */
export function textKind(text: string): TextKind | null {
  const lower = text.toLowerCase()
  return TEXTS.find(([, pattern]) => pattern.test(lower))?.[0] ?? null
}

function byProvider({ code, enhanced, stage }: Refused, text: string): FaultClass | null {
  // Yahoo
  if (text.includes('[tss04]')) return 'rate_limited'
  if (/\[tss(09|11)\]|\[bl2[13]\]/.test(text)) return 'policy_sender'
  if (/doesn't have a yahoo\.com account|no longer valid/.test(text) && code >= 500) return 'permanent_address'
  // Microsoft: their network or address block is listed.
  if (/\bs31[45]0\b/.test(text)) return 'policy_sender'
  // Amazon SES says 454 for its own limits.
  if (code === 454 && /throttling failure|quota exceeded/.test(text)) return 'rate_limited'
  if (enhanced === '4.7.28' || enhanced === '5.4.5' || enhanced === '5.1.90') return 'rate_limited'
  // Gmail: too many logins at once.
  if (enhanced === '4.7.0' && code === 454) return 'account'
  if (enhanced === '4.7.0' && code === 421 && /reputation/.test(text)) return 'policy_sender'
  // Exchange counts its own submission quota as 5.2.2 too.
  if (enhanced === '5.2.2' && /submission quota/.test(text)) return 'rate_limited'
  // 5.7.30 is "basic authentication is off" at Exchange when signing in, and "DKIM is missing" at Gmail after that.
  if (enhanced === '5.7.30') return stage === 'login' ? 'account' : 'policy_sender'
  return null
}

const BAD_MAILBOX = new Set(['5.1.0', '5.1.1', '5.1.3', '5.1.6', '5.1.10'])
// A name server that is away for an hour says the same as a domain that is gone: tried again, and no address is given up for it.
const BAD_DOMAIN = new Set(['5.1.2', '5.4.4', '5.4.310'])
const SYSTEM_BUSY = new Set(['4.3.1', '4.3.2', '4.4.1', '4.4.2', '4.4.3', '4.4.5'])
const WANTS_LOGIN = new Set([530, 534, 535, 538])
const LOGIN = new Set(['5.7.8', '5.7.9', '5.7.11', '5.7.14'])

function byEnhanced({ code, enhanced, stage }: Refused, text: string): FaultClass | null {
  if (enhanced === '') return null
  const [kind, subject = 0, detail = 0] = enhanced.split('.').map(Number)
  const permanent = kind === 5
  if (stage === 'login') return null
  if (BAD_MAILBOX.has(enhanced)) return stage === 'sender' ? 'policy_sender' : 'permanent_address'
  if (BAD_DOMAIN.has(enhanced)) return stage === 'sender' ? 'policy_sender' : 'temporary'
  if (subject === 1 && (detail === 7 || detail === 8)) return 'policy_sender'
  if (subject === 2 && detail === 1) {
    if (permanent) return 'permanent_address'
    return textKind(text) === 'rate' ? 'rate_limited' : 'temporary'
  }
  // A full mailbox is emptied one day, whatever the first digit; "inactive" as well is not.
  if (subject === 2 && detail === 2) return permanent && text.includes('inactive') ? 'permanent_address' : 'temporary'
  if (enhanced === '5.2.3' || enhanced === '5.3.4') return 'permanent_message'
  if (SYSTEM_BUSY.has(enhanced)) return textKind(text) === 'rate' ? 'rate_limited' : 'temporary'
  if (enhanced === '4.4.7' || enhanced === '5.4.7' || enhanced === '5.4.300') return 'temporary'
  if ((subject === 4 && detail === 6) || enhanced === '5.4.14') return 'permanent_message'
  if (subject === 5 && detail === 3) return 'rate_limited'
  if (enhanced.startsWith('5.6.')) return 'permanent_message'
  if (subject === 7) return bySecurity(enhanced, detail, permanent, code, text)
  return null
}

function bySecurity(enhanced: string, detail: number, permanent: boolean, code: number, text: string): FaultClass {
  if (LOGIN.has(enhanced) || WANTS_LOGIN.has(code)) return 'account'
  if (!permanent) {
    if ((detail >= 500 && detail <= 699) || (detail >= 850 && detail <= 899)) return 'rate_limited'
    if (detail >= 20 && detail <= 32) return 'policy_sender'
    const says = textKind(text)
    if (says === 'rate') return 'rate_limited'
    return says === 'reputation' || says === 'auth' ? 'policy_sender' : 'temporary'
  }
  if (detail <= 2) {
    const says = textKind(text)
    if (says === 'full') return 'temporary'
    if (says === 'rate') return 'rate_limited'
    // Servers use 5.7.1 for an unknown user too; anything else is about us, and must not cost the address.
    return says === 'user' && (code === 550 || code === 551 || code === 553) ? 'permanent_address' : 'policy_sender'
  }
  return 'policy_sender'
}

const BEFORE_MESSAGE: ReadonlySet<Stage> = new Set(['resolve', 'connect', 'tls', 'greeting', 'hello'])

function byReplyCode({ code, stage }: Refused, text: string): FaultClass | null {
  const says = textKind(text)
  if (stage === 'login') return code === 421 || code === 454 || code === 451 ? 'transport' : 'account'
  if (BEFORE_MESSAGE.has(stage)) {
    if (says === 'rate') return 'rate_limited'
    return code < 500 ? 'transport' : 'policy_sender'
  }
  if (code === 421) return says === 'rate' ? 'rate_limited' : says === 'reputation' ? 'policy_sender' : 'temporary'
  if (WANTS_LOGIN.has(code)) return 'account'
  if (code < 500) return says === 'rate' ? 'rate_limited' : says === 'reputation' ? 'policy_sender' : 'temporary'
  if (code >= 500 && code <= 504)
    return stage === 'recipient' && says === 'user' ? 'permanent_address' : 'permanent_message'
  if (code === 521 || code === 556) return 'permanent_address'
  if (code === 555) return 'permanent_message'
  if (code === 552) return says === 'full' || says === null ? byFull(stage) : meaningOf(says, stage)
  return says ? meaningOf(says, stage) : byStage(code, stage)
}

// 552 at RCPT is a full mailbox; after the message it is the size of the message.
function byFull(stage: Stage): FaultClass {
  return stage === 'recipient' ? 'temporary' : 'permanent_message'
}

function meaningOf(says: TextKind, stage: Stage): FaultClass {
  switch (says) {
    case 'full':
    case 'greylist':
      return 'temporary'
    case 'rate':
      return 'rate_limited'
    case 'reputation':
    case 'auth':
      return 'policy_sender'
    case 'content':
      return 'permanent_message'
    case 'domain':
      return stage === 'sender' ? 'policy_sender' : 'temporary'
    case 'user':
      return stage === 'sender' ? 'policy_sender' : 'permanent_address'
  }
}

function byStage(code: number, stage: Stage): FaultClass {
  if (stage === 'sender') return 'policy_sender'
  // 550 without a word at RCPT is an unknown mailbox far more often than anything else; 554 is not.
  if (stage === 'recipient' && (code === 550 || code === 551 || code === 553)) return 'permanent_address'
  return 'permanent_message'
}

import type { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'
import { complianceStore } from './compliance-store.ts'
import { capWait } from './frequency/cap-wait.ts'
import { asksForHours } from './hours/recipient-hours.ts'
import { type LookParts, pastOf } from './last-look.ts'
import { lookStore } from './look-store.ts'
import { standsAgainst } from './stands-against.ts'

/** What a rule of compliance says about one message, now. */
export interface RuleFact {
  readonly rule: 'suppression' | 'consent' | 'frequency' | 'hours'
  readonly effect: 'passes' | 'waits' | 'stops'
  readonly value: string
  readonly at: number | null
  readonly until: number | null
  readonly change: string
}

/** Whom an explanation is about. */
export interface ExplainedMessage {
  readonly channel: Channel
  readonly campaignId: string
  readonly contactId: string
  /** Empty while there is no message. */
  readonly messageId: string
  readonly addressKey: string
}

const passes = (rule: RuleFact['rule'], value: string, at: number | null = null): RuleFact => ({
  rule,
  effect: 'passes',
  value,
  at,
  until: null,
  change: '',
})

/** What suppression, consent, caps and hours say about a message at this moment, in the order in which they count. */
export async function explain(
  parts: LookParts,
  reader: Reader,
  of: ExplainedMessage,
  now: number,
): Promise<readonly RuleFact[]> {
  const rules = (await parts.book.rulesOf(reader, of.channel, [of.campaignId])).get(of.campaignId)
  if (rules === undefined) return []
  await parts.times.load(rules.hours)
  return [
    await suppressionFact(reader, of, rules.terms.category),
    await consentFact(reader, of, rules.needsConsent, rules.heedsRefusal, now),
    await frequencyFact(),
    await hoursFact(),
  ]

  async function frequencyFact(): Promise<RuleFact> {
    const caps = { channel: of.channel, ofChannel: rules?.channelCaps ?? [], overall: rules?.overallCaps ?? [] }
    const longest = Math.max(0, ...[...caps.ofChannel, ...caps.overall].map(cap => cap.hours))
    if (longest === 0) return passes('frequency', 'No cap holds for it')
    const look = { channel: of.channel, now, missingConsent: false, pastSince: now - longest * 3_600_000 }
    const findings = await lookStore.findings(reader, [of], look)
    const past = (await pastOf(parts.book, reader, [of], findings)).get(of.contactId) ?? []
    const wait = capWait(past, caps, now)
    if (wait === null) return passes('frequency', `${past.length} marketing messages in the last ${longest} hours`)
    const where = wait.isOverall ? 'on all channels' : 'on this channel'
    return {
      rule: 'frequency',
      effect: 'waits',
      value: `${wait.count} in ${wait.cap.hours} hours ${where}; ${wait.cap.most} allowed`,
      at: now,
      until: wait.until,
      change: 'Wait until the cap lets it go, or set the cap aside for this campaign with a reason.',
    }
  }

  async function hoursFact(): Promise<RuleFact> {
    if (rules === undefined || !asksForHours(rules.hours)) return passes('hours', 'No hours to keep')
    const place = (await lookStore.places(reader, [of.contactId])).get(of.contactId)
    if (place === undefined) return passes('hours', 'Nobody to ask the time of')
    const who = parts.times.zoneOf(place, (await parts.accounts.settings(reader)).timeZone)
    const until = parts.times.nextAllowed(rules.hours, who, now)
    const zones = `${who.zones.join(', ')} (by her ${SOURCES[who.source]}, ${who.confidence})`
    if (until === now) return passes('hours', `Allowed now in ${zones}`)
    return {
      rule: 'hours',
      effect: until === null ? 'stops' : 'waits',
      value: until === null ? `No hour in 400 days is right in ${zones}` : `Not allowed at this hour in ${zones}`,
      at: now,
      until,
      change:
        who.confidence === 'certain'
          ? 'It leaves when the hours allow it.'
          : 'It leaves when the hours allow it in every zone that may be hers; her time zone on the contact would settle which.',
    }
  }
}

const SOURCES = {
  contact: 'own time zone',
  region: 'state',
  position: 'position',
  phone: 'number',
  country: 'country',
  workspace: 'workspace, as nothing is known of her',
} as const

async function suppressionFact(
  reader: Reader,
  of: ExplainedMessage,
  category: 'marketing' | 'transactional',
): Promise<RuleFact> {
  const all = await complianceStore.suppressionLines(reader, of.channel, of.addressKey)
  const [line] = all.filter(one => standsAgainst(category, one.reason))
  if (line === undefined) return passes('suppression', all.length > 0 ? 'Only from marketing' : 'Not suppressed')
  return {
    rule: 'suppression',
    effect: 'stops',
    value: `${line.reason.replaceAll('_', ' ')}: ${line.source}`,
    at: line.at,
    until: null,
    change:
      line.reason === 'erasure'
        ? 'Nothing: she had her data erased.'
        : 'Lift the suppression, with evidence that she wants messages again or that the address works.',
  }
}

async function consentFact(
  reader: Reader,
  of: ExplainedMessage,
  isNeeded: boolean,
  isHeeded: boolean,
  now: number,
): Promise<RuleFact> {
  if (!isHeeded) return passes('consent', 'Not asked for: the message is no marketing')
  const word = await complianceStore.newestConsent(reader, of.contactId, of.channel)
  const change = 'Record her consent, with how and when she gave it.'
  const stops = (value: string, at: number | null): RuleFact => ({
    rule: 'consent',
    effect: 'stops',
    value,
    at,
    until: null,
    change,
  })
  if (word === undefined) return isNeeded ? stops('Never given', null) : passes('consent', 'Never refused')
  if (word.status !== 'granted') return stops(`${word.status}: ${word.source}`, word.at)
  const isOver = word.expiresAt !== null && word.expiresAt <= now
  if (isOver && isNeeded) return stops('Expired', word.expiresAt)
  return passes('consent', isOver ? 'Expired, but not asked for on this channel' : `Given: ${word.source}`, word.at)
}

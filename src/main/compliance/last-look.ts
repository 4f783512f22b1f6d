import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Reader } from '../storage/transaction.ts'
import { type Objection, strongestReasons } from './block-reason.ts'
import type { RulesHeld, TermsBook } from './campaign-terms.ts'
import { capWait, longestWindow, type PastMessage } from './frequency/cap-wait.ts'
import { closedDays } from './hours/openings.ts'
import { asksForHours } from './hours/recipient-hours.ts'
import { type Finding, lookStore } from './look-store.ts'
import type { RecipientTimes } from './recipient-times.ts'
import { standsAgainst } from './stands-against.ts'
import type { Place, RecipientZone } from './zone/recipient-zone.ts'

/** A message that is about to begin. */
export interface LookedAtMessage {
  readonly messageId: string
  readonly campaignId: string
  /** Who she is by now. */
  readonly contactId: string
  readonly addressKey: string
}

/** Why a message waits, and until when. */
export interface Wait {
  readonly reason: 'quiet_hours' | 'frequency_cap'
  /** Null when no time in 400 days is right. */
  readonly until: number | null
  readonly validHours: number
  /** What it is about, for the record. */
  readonly data: Readonly<Record<string, unknown>>
  /** Days from an instant to `until` on which nothing may go to her at all; they do not make a message older. */
  closedDaysSince(instant: number): number
}

/** What the last look found. */
export interface LastLook {
  /** Why messages must not go, by message id. */
  readonly blocked: ReadonlyMap<string, SkipReason>
  /**
   * Which of these messages, which go otherwise, have to wait, by message id. Each that need not counts towards the caps of
   * those after it: of two messages that begin together only as many go as the caps allow.
   */
  waits(messages: readonly Omit<LookedAtMessage, 'addressKey'>[]): ReadonlyMap<string, Wait>
}

/** What a last look needs. */
export interface LookParts {
  readonly accounts: Accounts
  readonly book: TermsBook
  readonly times: RecipientTimes
}

/** Looks at people for the last time, in the transaction that begins their messages: one statement, two where hours are kept. */
export async function lookAtLast(
  parts: LookParts,
  reader: Reader,
  channel: Channel,
  messages: readonly LookedAtMessage[],
  at: { readonly now: number; readonly isTimed: boolean },
): Promise<LastLook> {
  const { now } = at
  const rules = await parts.book.rulesOf(
    reader,
    channel,
    messages.map(one => one.campaignId),
  )
  const all = [...rules.values()]
  const window = at.isTimed ? Math.max(0, ...all.map(capWindow)) : 0
  const look = {
    channel,
    now,
    missingConsent: all.some(one => one.needsConsent),
    pastSince: window === 0 ? null : now - window,
  }
  const asksHours = at.isTimed && all.some(one => asksForHours(one.hours))
  const [findings, places] = await Promise.all([
    lookStore.findings(reader, messages, look),
    asksHours
      ? lookStore.places(
          reader,
          messages.map(one => one.contactId),
        )
      : NO_PLACES,
  ])
  const workspaceZone = asksHours ? (await parts.accounts.settings(reader)).timeZone : 'UTC'
  const past = await pastOf(parts.book, reader, messages, findings)
  const ruleOf = (campaignId: string): RulesHeld | undefined => rules.get(campaignId)

  return {
    blocked: blockedOf(messages, findings, now, ruleOf),
    waits(going) {
      const found = new Map<string, Wait>()
      if (!at.isTimed) return found
      for (const one of going) {
        const rule = ruleOf(one.campaignId)
        if (rule === undefined) continue
        const place = places.get(one.contactId)
        const who = place === undefined || !asksForHours(rule.hours) ? null : parts.times.zoneOf(place, workspaceZone)
        const wait = waitOf(parts.times, rule, channel, past.get(one.contactId) ?? [], who, now)
        if (wait !== null) found.set(one.messageId, wait)
        else if (window > 0 && rule.terms.category === 'marketing') {
          const known = past.get(one.contactId)
          const going = { at: now, channel }
          if (known === undefined) past.set(one.contactId, [going])
          else known.push(going)
        }
      }
      return found
    },
  }
}

const NO_PLACES: ReadonlyMap<string, Place> = new Map()

function capWindow(rule: RulesHeld): number {
  return longestWindow({ ofChannel: rule.channelCaps, overall: rule.overallCaps })
}

function blockedOf(
  messages: readonly LookedAtMessage[],
  findings: readonly Finding[],
  now: number,
  ruleOf: (campaignId: string) => RulesHeld | undefined,
): ReadonlyMap<string, SkipReason> {
  const objections: Objection[] = []
  const unasked = new Set<string>()
  for (const finding of findings) {
    const message = messages[finding.n]
    const rule = message && ruleOf(message.campaignId)
    if (!message || !rule) continue
    const { messageId } = message
    if (finding.kind === 'suppressed') {
      if (standsAgainst(rule.terms.category, finding.what)) {
        objections.push({ contactId: messageId, suppression: finding.what })
      }
    } else if (finding.kind === 'consent') {
      if (finding.what === 'denied' || finding.what === 'withdrawn') {
        if (rule.heedsRefusal) objections.push({ contactId: messageId, suppression: null })
      } else if (rule.needsConsent && (finding.what === 'none' || (finding.at ?? Infinity) <= now))
        unasked.add(messageId)
    }
  }
  const blocked = new Map(strongestReasons(objections))
  for (const id of unasked) if (!blocked.has(id)) blocked.set(id, 'consent_missing')
  return blocked
}

/** Marketing messages that the people got, by contact; messages of one kind that are not marketing, and of samples, do not count. */
export async function pastOf(
  book: TermsBook,
  reader: Reader,
  messages: readonly LookedAtMessage[],
  findings: readonly Finding[],
): Promise<Map<string, PastMessage[]>> {
  const rows = findings.flatMap(one => (one.kind === 'past' ? [one] : []))
  const past = new Map<string, PastMessage[]>()
  if (rows.length === 0) return past
  const terms = await book.termsOf(
    reader,
    rows.map(row => row.campaignId),
  )
  const seen = new Set<string>()
  for (const { n, what, campaignId, at } of rows) {
    const contactId = messages[n]?.contactId
    const of = terms.get(campaignId)
    if (contactId === undefined || of?.category !== 'marketing' || of.isSample) continue
    // Somebody who is asked about twice is found twice.
    const key = `${contactId} ${campaignId} ${what} ${at}`
    if (seen.has(key)) continue
    seen.add(key)
    const known = past.get(contactId)
    if (known === undefined) past.set(contactId, [{ at, channel: what }])
    else known.push({ at, channel: what })
  }
  return past
}

/** What keeps a message back now: caps first, then the hours at the time at which the caps would let it go. */
export function waitOf(
  times: RecipientTimes,
  rule: RulesHeld,
  channel: Channel,
  past: readonly PastMessage[],
  who: RecipientZone | null,
  now: number,
): Wait | null {
  const cap = capWait(past, { channel, ofChannel: rule.channelCaps, overall: rule.overallCaps }, now)
  const earliest = cap?.until ?? now
  const until = who === null ? earliest : times.nextAllowed(rule.hours, who, earliest)
  if (cap === null && until === now) return null
  const clock = who === null ? undefined : times.clocksOf(rule.hours, who)[0]
  const zone = who === null ? {} : { zones: who.zones, source: who.source }
  return {
    reason: cap === null ? 'quiet_hours' : 'frequency_cap',
    until,
    validHours: rule.terms.validHours,
    data: cap === null ? zone : { most: cap.cap.most, hours: cap.cap.hours, count: cap.count, overall: cap.isOverall },
    closedDaysSince: instant => (clock === undefined || until === null ? 0 : closedDays(instant, until, clock)),
  }
}

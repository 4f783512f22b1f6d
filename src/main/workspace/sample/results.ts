import type { SkipReason } from '../../../shared/contract/campaigns.ts'
import { days, hours, minutes, seconds } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'
import type { LedgerEntry } from '../../sending/index.ts'

/** Somebody whom the sample's campaign chose. */
export interface Chosen {
  readonly contactId: string
  readonly address: string
  readonly skip: SkipReason | null
}

/** A message with everything that happened to it. */
export interface SampleMessage {
  readonly id: string
  readonly contactId: string
  readonly address: string
  readonly state: 'accepted' | 'rejected' | 'skipped'
  readonly reason: string
  readonly plannedAt: number
  /** Null when there was no attempt. */
  readonly attempt: { readonly startedAt: number; readonly endedAt: number } | null
  readonly lastEventAt: number
}

export interface SampleResults {
  readonly messages: readonly SampleMessage[]
  readonly entries: readonly LedgerEntry[]
  readonly unsubscribed: readonly { readonly contactId: string; readonly address: string; readonly at: number }[]
  readonly bounced: readonly { readonly contactId: string; readonly address: string; readonly at: number }[]
  readonly completedAt: number
}

/** What the server of a mailbox that is not there says. */
export const BOUNCE = { class: 'permanent_address', code: '550 5.1.1', reply: 'No such mailbox' } as const

const LINKS = ['https://www.example.com/autumn-list', 'https://www.example.com/reading'] as const

/**
 * What became of a campaign that was sent at `startedAt` at four messages a second: rows of messages, attempts and ledger
 * as planner and pool would have written them, and what the recipients did over the next two days.
 */
export function sampleResults(
  campaignId: string,
  chosen: readonly Chosen[],
  startedAt: number,
  chance: { readonly random: Random; readonly newId: () => string },
): SampleResults {
  const { random, newId } = chance
  const messages: SampleMessage[] = []
  const entries: LedgerEntry[] = []
  const unsubscribed: { contactId: string; address: string; at: number }[] = []
  const bounced: { contactId: string; address: string; at: number }[] = []
  let sendAt = startedAt + seconds(2)

  for (const { contactId, address, skip } of chosen) {
    const id = newId()
    const base = { id, contactId, address, plannedAt: startedAt }
    const entry = (kind: LedgerEntry['kind'], at: number, key: string, data: LedgerEntry['data']): void => {
      entries.push({ kind, campaignId, messageId: id, contactId, at, eventKey: `${id}:${key}`, data })
    }
    if (skip !== null) {
      messages.push({ ...base, state: 'skipped', reason: skip, attempt: null, lastEventAt: startedAt })
      entry('skipped', startedAt, 'skipped', { reason: skip })
      continue
    }
    const begun = sendAt
    sendAt += 250
    const ended = begun + 40 + Math.floor(random.next() * 160)
    const attempt = { startedAt: begun, endedAt: ended }
    if (random.next() < 0.03) {
      messages.push({ ...base, state: 'rejected', reason: BOUNCE.class, attempt, lastEventAt: ended })
      entry('rejected', ended, '1:rejected', { n: 1, ...BOUNCE, reason: BOUNCE.class })
      bounced.push({ contactId, address, at: ended })
      continue
    }
    entry('accepted', ended, '1:accepted', { n: 1 })
    let lastEventAt = ended
    if (random.next() < 0.46) {
      const openedAt = ended + readingDelay(random)
      entry('opened', openedAt, 'sample:opened', {})
      lastEventAt = openedAt
      if (random.next() < 0.3) {
        lastEventAt = openedAt + seconds(20) + Math.floor(random.next() * minutes(4))
        entry('clicked', lastEventAt, 'sample:clicked', { url: LINKS[random.next() < 0.65 ? 0 : 1] })
      } else if (random.next() < 0.05) {
        lastEventAt = openedAt + seconds(15) + Math.floor(random.next() * minutes(1))
        entry('unsubscribed', lastEventAt, 'sample:unsubscribed', {})
        unsubscribed.push({ contactId, address, at: lastEventAt })
      }
    }
    messages.push({ ...base, state: 'accepted', reason: '', attempt, lastEventAt })
  }

  const skipped = messages.filter(message => message.state === 'skipped').length
  entries.push({
    kind: 'planned',
    campaignId,
    messageId: null,
    contactId: null,
    at: startedAt,
    eventKey: `${campaignId}:planned:`,
    data: { count: messages.length, skipped },
  })
  // The ledger is written in the order in which things happen.
  entries.sort((a, b) => a.at - b.at)
  return { messages, entries, unsubscribed, bounced, completedAt: sendAt + seconds(1) }
}

/** Half of those who open do so within three hours, most of the others on the next day, all within two days. */
function readingDelay(random: Random): number {
  const kind = random.next()
  if (kind < 0.55) return minutes(2) + Math.floor(random.next() ** 2 * hours(3))
  if (kind < 0.7) return hours(3) + Math.floor(random.next() * hours(5))
  return hours(17) + Math.floor(random.next() * (days(2) - hours(18)))
}

import type { Channel } from '../../shared/contract/define.ts'
import type { Reader } from '../storage/transaction.ts'
import { closedDays } from './hours/openings.ts'
import { asksForHours } from './hours/recipient-hours.ts'
import type { LookParts } from './last-look.ts'
import { lookStore } from './look-store.ts'

const HOUR = 3_600_000

/** When people may first get a message of a campaign; null where no time within its validity is right. */
export type FirstTimes = ReadonlyMap<string, number | null>

/** Loads what questions about the hours of these campaigns need, so that none has to be asked in a transaction. */
export async function readyFor(
  parts: LookParts,
  reader: Reader,
  channel: Channel,
  campaignIds: Iterable<string>,
): Promise<void> {
  for (const rule of (await parts.book.rulesOf(reader, channel, campaignIds)).values()) {
    if (asksForHours(rule.hours)) await parts.times.load(rule.hours)
  }
}

/**
 * Those of the contacts for whom an instant is not right, with the first that is; others are left out. The hours alone decide:
 * who has had enough messages by then is looked at when hers is due.
 */
export async function firstTimes(
  parts: LookParts,
  reader: Reader,
  of: { readonly channel: Channel; readonly campaignId: string },
  contactIds: readonly string[],
  at: number,
): Promise<FirstTimes> {
  const found = new Map<string, number | null>()
  const rule = (await parts.book.rulesOf(reader, of.channel, [of.campaignId])).get(of.campaignId)
  if (rule === undefined || !asksForHours(rule.hours)) return found
  await parts.times.load(rule.hours)
  const { timeZone } = await parts.accounts.settings(reader)
  for (const [id, place] of await lookStore.places(reader, contactIds)) {
    const who = parts.times.zoneOf(place, timeZone)
    const time = parts.times.nextAllowed(rule.hours, who, at)
    if (time === at) continue
    const clock = parts.times.clocksOf(rule.hours, who)[0]
    const closed = time === null || clock === undefined ? 0 : closedDays(at, time, clock)
    found.set(id, time !== null && isStillValid(at, time, rule.terms.validHours, closed) ? time : null)
  }
  return found
}

/** Whether a message that was due at an instant is still worth sending at another; days without any hour for her do not count. */
export function isStillValid(dueAt: number, at: number, validHours: number, closed: number): boolean {
  return at - dueAt <= (validHours + closed * 24) * HOUR
}

import type { MailboxFamily } from '../../shared/domain/domain-family.ts'
import type { Reader } from '../storage/transaction.ts'
import { type AccountPace, paceKey } from './account-pace.ts'
import type { DueMessage } from './queue-store.ts'
import { queueStore } from './queue-store.ts'
import type { Throttle } from './throttle.ts'

/** What the choice must know of a campaign. */
export interface ChoiceCampaign {
  /** 5 goes first. */
  readonly priority: number
  /** Its own rate, over all accounts. */
  readonly throttle: Throttle
}

/** What is chosen for. */
export interface ChoiceAsk {
  readonly senderId: string
  readonly now: number
  readonly want: number
  /** What is chosen already and waits for its place on the wire. */
  readonly held: readonly { readonly messageId: string; readonly campaignId: string; readonly address: string }[]
  /** Messages that are on their way, which may still look ready, and how many. */
  readonly isTaken: (messageId: string) => boolean
  readonly taken: number
}

/** What may go next. */
export interface Choice {
  /** In the order in which they go: the campaigns take turns. */
  readonly chosen: readonly { readonly campaignId: string; readonly row: DueMessage }[]
  /** Campaigns that have something due, chosen or not. */
  readonly due: ReadonlySet<string>
  /** Those of them that wait because another goes first. */
  readonly outranked: ReadonlySet<string>
  /** When a limit next allows something that is due now; null when none holds anything back. */
  readonly waitUntil: number | null
}

/** Chooses what goes next through an account, so that every limit holds and none keeps others waiting. */
export interface DueChoice {
  choose(pace: AccountPace, ask: ChoiceAsk): Promise<Choice>
}

interface Found {
  readonly chosen: readonly { readonly campaignId: string; readonly row: DueMessage }[]
  readonly waitUntil: number
  /** Something of it is due and waits for its own rate alone, or is chosen and not gone. */
  readonly isFirst: boolean
}

/**
 * The choice of one account. Campaigns of the highest priority that have something due go, in equal shares; the others wait,
 * unless all that is left of the higher ones is for mailbox families that must wait. The queue is read family by family.
 */
export function createDueChoice(parts: {
  readonly reader: Reader
  campaign(campaignId: string): Promise<ChoiceCampaign | null>
}): DueChoice {
  const { reader } = parts
  let turn = 0

  async function ofClass(
    pace: AccountPace,
    ask: ChoiceAsk,
    campaigns: readonly (readonly [string, ChoiceCampaign, readonly MailboxFamily[]])[],
  ): Promise<Found> {
    const { now, held } = ask
    const places = new Map<string, number>()
    for (const { address } of held) count(places, paceKey(address))
    const share = Math.ceil(ask.want / campaigns.length)
    const streams: { campaignId: string; row: DueMessage }[][] = []
    let waitUntil = Number.POSITIVE_INFINITY
    let isFirst = false
    for (const [campaignId, { throttle }, families] of inTurn(campaigns, turn)) {
      const heldOfIt = held.filter(one => one.campaignId === campaignId)
      if (heldOfIt.length > 0) isFirst = true
      const most = Math.min(share, throttle.allowance(now) - heldOfIt.length)
      if (most <= 0) {
        if (throttle.allowance(now) <= 0) {
          isFirst ||= families.some(family => pace.familyAllowance(family, now) > 0)
          waitUntil = Math.min(waitUntil, throttle.nextAt(now))
        }
        continue
      }
      const closed = families.includes('') ? pace.fullDomains(now, places) : { domains: [], nextAt: Infinity }
      waitUntil = Math.min(waitUntil, closed.nextAt)
      const asked = families.flatMap(family => {
        const open = pace.familyAllowance(family, now) - (places.get(family) ?? 0)
        if (open <= 0) waitUntil = Math.min(waitUntil, pace.familyNextAt(family, now))
        // What is chosen or on the wire may still look ready to the read-only connection, so as many more are read.
        return open <= 0 ? [] : [{ family, most: Math.min(open, most) + heldOfIt.length + ask.taken }]
      })
      const rows = await queueStore.dueOf(reader, { senderId: ask.senderId, campaignId, now }, asked, closed.domains)
      const known = new Set(heldOfIt.map(one => one.messageId))
      const own: { campaignId: string; row: DueMessage }[] = []
      for (const row of rows) {
        if (own.length >= most) break
        if (known.has(row.id) || ask.isTaken(row.id)) continue
        const key = paceKey(row.address)
        if (pace.keyAllowance(key, now) - (places.get(key) ?? 0) <= 0) {
          waitUntil = Math.min(waitUntil, pace.keyNextAt(key, now))
          continue
        }
        count(places, key)
        own.push({ campaignId, row })
      }
      streams.push(own)
    }
    turn += 1
    return { chosen: interleaved(streams), waitUntil, isFirst }
  }

  return {
    async choose(pace, ask) {
      const pairs = await queueStore.familiesDue(reader, ask.senderId, ask.now)
      const families = new Map<string, MailboxFamily[]>()
      for (const { campaignId, family } of pairs) {
        families.set(campaignId, [...(families.get(campaignId) ?? []), family])
      }
      const known: (readonly [string, ChoiceCampaign, readonly MailboxFamily[]])[] = []
      for (const [campaignId, own] of families) {
        const campaign = await parts.campaign(campaignId)
        if (campaign !== null) known.push([campaignId, campaign, own])
      }
      const due = new Set(families.keys())
      const outranked = new Set<string>()
      let waitUntil = Number.POSITIVE_INFINITY
      let found: Found | null = null
      for (const priority of [...new Set(known.map(([, campaign]) => campaign.priority))].sort((a, b) => b - a)) {
        const own = known.filter(([, campaign]) => campaign.priority === priority)
        if (found !== null) {
          for (const [campaignId] of own) outranked.add(campaignId)
          continue
        }
        const here = await ofClass(pace, ask, own)
        waitUntil = Math.min(waitUntil, here.waitUntil)
        if (here.chosen.length > 0 || here.isFirst) found = here
      }
      return {
        chosen: found?.chosen ?? [],
        due,
        outranked,
        waitUntil: Number.isFinite(waitUntil) ? waitUntil : null,
      }
    },
  }
}

function count(places: Map<string, number>, key: string): void {
  places.set(key, (places.get(key) ?? 0) + 1)
}

/** The same campaigns, beginning with another each time. */
function inTurn<T>(campaigns: readonly T[], turn: number): readonly T[] {
  const first = campaigns.length > 0 ? turn % campaigns.length : 0
  return [...campaigns.slice(first), ...campaigns.slice(0, first)]
}

/** One of each stream after the other. */
function interleaved<T>(streams: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...streams.map(stream => stream.length))
  const all: T[] = []
  for (let n = 0; n < longest; n++) {
    for (const stream of streams) {
      const one = stream[n]
      if (one !== undefined) all.push(one)
    }
  }
  return all
}

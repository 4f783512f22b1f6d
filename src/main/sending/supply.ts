import { AppError } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Campaigns } from '../campaigns/index.ts'
import type { MailStyle, SendingAccount } from '../integrations/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Templates } from '../templates/index.ts'
import type { AccountPace } from './account-pace.ts'
import {
  type CampaignBrief,
  editionOf,
  type Fillable,
  fillable,
  loadBrief,
  prepare,
  pressed,
  pressItem,
} from './campaign-brief.ts'
import type { CampaignWatch } from './campaign-watch.ts'
import { createDueChoice } from './due-choice.ts'
import { heirStore } from './heir-store.ts'
import type { Prepared, Unsendable } from './prepared.ts'
import type { Edition, Press } from './press/press.ts'

/** What a look at the queue brought. */
export interface Refilled {
  /** Campaigns that have something due, taken or not. */
  readonly due: ReadonlySet<string>
  readonly took: number
  /** When the rate of a campaign next allows something; null when none held anything back. */
  readonly waitUntil: number | null
}

/** What a refill is to bring. */
export interface Refilling {
  readonly want: number
  /** Messages that are on their way already, and how many. */
  readonly isTaken: (messageId: string) => boolean
  readonly taken: number
  readonly pace: AccountPace
  /** How the account's provider wants its messages written; null when it takes their parts. */
  readonly mail: MailStyle | null
}

/** Messages of one account that are filled in and wait for a place on the wire; nothing of them is on disk. */
export interface Supply {
  count(): number
  /**
   * Up to `most` of those that `admit` lets go, in their order. Those that it does not are dropped, for their turn is over: they
   * are still ready on disk. `dropped` says whether there were any.
   */
  take(
    most: number,
    admit: (one: Prepared) => boolean,
  ): { readonly taken: readonly Prepared[]; readonly dropped: boolean }
  /** All those that turned out to be impossible. */
  takeUnsendable(): readonly Unsendable[]
  hasUnsendable(): boolean
  holds(campaignId: string): boolean
  brief(campaignId: string): CampaignBrief | undefined
  /** Drops what waits: of one campaign, or everything for null. */
  drop(campaignId: string | null): void
  /** Forgets what it knows of a campaign, so that it is read anew. */
  forget(campaignId: string): void
  /** Makes up to `want` due messages, fairly over the campaigns. */
  refill(account: SendingAccount, wish: Refilling): Promise<Refilled>
}

/** What a supply is made from. */
export interface SupplyParts {
  readonly accountId: string
  readonly clock: Clock
  readonly reader: Reader
  readonly accounts: Accounts
  readonly campaigns: Campaigns
  readonly templates: Templates
  readonly press: Press
  readonly watch: CampaignWatch
  /** A campaign can never be sent. */
  failed(campaignId: string, reason: string): Promise<void>
}

const MOST_WAITING_BYTES = 16 * 2 ** 20

/** The supply of one account. */
export function createSupply(parts: SupplyParts): Supply {
  const { clock, reader } = parts
  const briefs = new Map<string, CampaignBrief>()
  const editions = new Map<string, Edition>()
  let waiting: Prepared[] = []
  let unsendable: Unsendable[] = []
  let drops = 0

  const choice = createDueChoice({
    reader,
    async campaign(campaignId) {
      const brief = await briefOf(campaignId)
      return brief && { priority: brief.frozen.draft.priority, throttle: brief.throttle }
    },
  })

  async function briefOf(campaignId: string): Promise<CampaignBrief | null> {
    const known = briefs.get(campaignId)
    if (known) return known
    try {
      const fresh = await loadBrief(parts, reader, { campaignId, senderId: parts.accountId })
      if (fresh === null)
        await parts.failed(campaignId, 'The campaign has no fixed content. Duplicate it and have the copy approved.')
      else briefs.set(campaignId, fresh)
      return fresh
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'internal') throw error
      await parts.failed(campaignId, error.message)
      return null
    }
  }

  /** The same object as long as nothing of it changed: the press compiles each object once. */
  function editionFor(brief: CampaignBrief, account: SendingAccount, style: MailStyle): Edition | null {
    const fresh = editionOf(brief, account, style)
    const known = editions.get(brief.id)
    if (fresh === null || (known && isSameEdition(known, fresh))) return fresh === null ? null : (known ?? null)
    editions.set(brief.id, fresh)
    return fresh
  }

  async function make(
    brief: CampaignBrief,
    account: SendingAccount,
    style: MailStyle | null,
    all: readonly Fillable[],
  ): Promise<readonly (Prepared | Unsendable)[]> {
    // Attached files are in every message: the rest is left on disk until there is room.
    const bytes = brief.attachments.reduce((sum, one) => sum + one.bytes, 0)
    const waits = waiting.filter(one => one.campaignId === brief.id).length
    const people =
      bytes === 0 ? all : all.slice(0, Math.max(0, Math.max(1, Math.floor(MOST_WAITING_BYTES / bytes)) - waits))
    const edition = style === null ? null : editionFor(brief, account, style)
    if (edition === null) return people.map(to => prepare(brief, account, to))
    const items = people.map(to => pressItem(brief, to))
    const results = items.length === 0 ? [] : await parts.press.make(edition, items, clock.now())
    return people.flatMap((to, n) => {
      const made = results[n]
      return made === undefined ? [] : [pressed(edition, to, made)]
    })
  }

  return {
    count: () => waiting.length,
    take(most, admit) {
      const taken: Prepared[] = []
      let seen = 0
      for (; seen < waiting.length && taken.length < most; seen++) {
        const one = waiting[seen]
        if (one !== undefined && admit(one)) taken.push(one)
      }
      waiting.splice(0, seen)
      return { taken, dropped: seen > taken.length }
    },
    takeUnsendable() {
      const all = unsendable
      unsendable = []
      return all
    },
    hasUnsendable: () => unsendable.length > 0,
    holds: campaignId =>
      waiting.some(one => one.campaignId === campaignId) || unsendable.some(one => one.campaignId === campaignId),
    brief: campaignId => briefs.get(campaignId),
    drop(campaignId) {
      drops += 1
      waiting = campaignId === null ? [] : waiting.filter(one => one.campaignId !== campaignId)
      unsendable = campaignId === null ? [] : unsendable.filter(one => one.campaignId !== campaignId)
    },
    forget: campaignId => {
      briefs.delete(campaignId)
      editions.delete(campaignId)
    },

    async refill(account, { want, isTaken, taken, pace, mail }) {
      const dropped = drops
      const now = clock.now()
      const ask = { senderId: account.id, now, want, held: waiting, isTaken, taken }
      const { chosen, due, outranked, waitUntil } = await choice.choose(pace, ask)
      // What waits behind a campaign that goes first must not keep a place.
      waiting = waiting.filter(one => !outranked.has(one.campaignId))
      const order = new Map(chosen.map(({ row }, n) => [row.id, n]))
      const made: (Prepared | Unsendable)[] = []
      const settings = chosen.length > 0 ? await parts.accounts.settings(reader) : null
      for (const campaignId of new Set(chosen.map(one => one.campaignId))) {
        const brief = briefs.get(campaignId)
        if (brief === undefined || settings === null) continue
        const fresh = chosen.flatMap(one => (one.campaignId === campaignId ? [one.row] : []))
        const valuesOf = async (ids: readonly string[]) =>
          account.channel === 'social'
            ? new Map(ids.map(id => [id, parts.templates.placeValues(settings)]))
            : parts.templates.mergeValues(reader, ids, settings)
        const values = await valuesOf(fresh.map(row => row.contactId))
        const gone = fresh.flatMap(row => (values.has(row.contactId) ? [] : [row.contactId]))
        const heirs = await heirStore.heirs(reader, account.channel, gone)
        const theirs = heirs.size === 0 ? values : await valuesOf([...heirs.values()].map(heir => heir.personId))
        const people = fresh.map(row => {
          const heir = heirs.get(row.contactId)
          return fillable(brief, row, heir === undefined ? values.get(row.contactId) : theirs.get(heir.personId), heir)
        })
        const fillables = people.flatMap(one => (one.kind === 'fillable' ? [one] : []))
        made.push(...people.flatMap(one => (one.kind === 'unsendable' ? [one] : [])))
        made.push(...(await make(brief, account, mail, fillables)))
        // What was dropped while it was being made may have been paused, cancelled or written for other settings.
        if (drops !== dropped) break
      }
      if (drops === dropped) {
        // The campaigns take turns, as they were chosen.
        made.sort((a, b) => (order.get(a.messageId) ?? 0) - (order.get(b.messageId) ?? 0))
        for (const one of made) {
          if (one.kind === 'prepared') waiting.push(one)
          else unsendable.push(one)
        }
      }
      return { due, took: drops === dropped ? made.length : chosen.length, waitUntil }
    },
  }
}

function isSameEdition(known: Edition, fresh: Edition): boolean {
  return (
    known.content === fresh.content &&
    known.style === fresh.style &&
    known.campaignName === fresh.campaignName &&
    known.replyTo === fresh.replyTo &&
    known.from.name === fresh.from.name &&
    known.from.address === fresh.from.address
  )
}

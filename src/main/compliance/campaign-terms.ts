import { SendWindow } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { FrequencyCap, OverridableRule, Policy } from '../../shared/contract/policy.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Reader } from '../storage/transaction.ts'
import { type HoursAsked, legalHoursHold } from './hours/recipient-hours.ts'
import { lookStore, type TermsRow } from './look-store.ts'
import { overridesOf, policyOf } from './policy/policies.ts'

/** What a campaign says about its messages. */
export interface CampaignTerms {
  readonly category: 'marketing' | 'transactional'
  readonly window: SendWindow | null
  readonly validHours: number
  readonly isSample: boolean
}

/** What a message of a campaign has to keep to on a channel, after the policy, the law and what was set aside. */
export interface RulesHeld {
  readonly terms: CampaignTerms
  readonly needsConsent: boolean
  readonly heedsRefusal: boolean
  readonly hours: HoursAsked
  readonly channelCaps: readonly FrequencyCap[]
  readonly overallCaps: readonly FrequencyCap[]
}

const DEFAULT_HOURS = 24

/** The rules that hold for marketing of a channel; transactional messages keep to their campaign's own window only. */
export function rulesHeld(
  policy: Policy,
  channel: Channel,
  terms: CampaignTerms,
  setAside: readonly OverridableRule[],
): RulesHeld {
  const own = channel === 'social' || terms.category === 'transactional' ? null : policy.channels[channel]
  const capsHold = own !== null && !setAside.includes('frequency_cap')
  return {
    terms,
    needsConsent: own?.consent === 'required' && !setAside.includes('consent'),
    heedsRefusal: own !== null,
    hours: {
      channel,
      own: setAside.includes('own_hours') ? null : own,
      legal: own !== null && legalHoursHold(channel, own),
      window: terms.window,
      uncertainZone: policy.uncertainZone,
    },
    channelCaps: capsHold ? own.caps : [],
    overallCaps: capsHold ? policy.overallCaps : [],
  }
}

/** The rules by campaign; what is known of launched campaigns is kept, because it never changes again. */
export interface TermsBook {
  termsOf(reader: Reader, campaignIds: Iterable<string>): Promise<ReadonlyMap<string, CampaignTerms>>
  rulesOf(reader: Reader, channel: Channel, campaignIds: Iterable<string>): Promise<ReadonlyMap<string, RulesHeld>>
  policy(reader: Reader): Promise<Policy>
  /** The policy or what was set aside changed. */
  forget(): void
}

// So many campaigns are remembered; a long life of a workspace must not fill the memory.
const MOST_KNOWN = 5000

/** A book of rules of one workspace. */
export function createTermsBook(accounts: Accounts): TermsBook {
  const terms = new Map<string, CampaignTerms>()
  const held = new Map<string, RulesHeld>()
  let policy: Policy | null = null

  async function termsOf(reader: Reader, campaignIds: Iterable<string>): Promise<ReadonlyMap<string, CampaignTerms>> {
    const found = new Map<string, CampaignTerms>()
    const missing: string[] = []
    for (const id of new Set(campaignIds)) {
      const known = terms.get(id)
      if (known === undefined) missing.push(id)
      else found.set(id, known)
    }
    if (missing.length === 0) return found
    for (const row of await lookStore.terms(reader, missing)) {
      const read = termsFrom(row)
      found.set(row.id, read)
      if (row.isFrozen !== 1) continue
      if (terms.size >= MOST_KNOWN) terms.clear()
      terms.set(row.id, read)
    }
    return found
  }

  const book: TermsBook = {
    termsOf,
    async policy(reader) {
      policy ??= await policyOf(accounts, reader)
      return policy
    },
    async rulesOf(reader, channel, campaignIds) {
      const found = new Map<string, RulesHeld>()
      const missing: string[] = []
      for (const id of new Set(campaignIds)) {
        const known = held.get(`${channel} ${id}`)
        if (known === undefined) missing.push(id)
        else found.set(id, known)
      }
      if (missing.length === 0) return found
      const own = await termsOf(reader, missing)
      const current = await book.policy(reader)
      for (const id of missing) {
        const { rules } = await overridesOf(accounts, reader, id)
        const made = rulesHeld(current, channel, own.get(id) ?? UNKNOWN, rules)
        found.set(id, made)
        if (!terms.has(id)) continue
        if (held.size >= MOST_KNOWN) held.clear()
        held.set(`${channel} ${id}`, made)
      }
      return found
    },
    forget() {
      policy = null
      held.clear()
    },
  }
  return book
}

/** What holds where no campaign says otherwise: the rules for marketing. */
export const UNKNOWN: CampaignTerms = {
  category: 'marketing',
  window: null,
  validHours: DEFAULT_HOURS,
  isSample: false,
}

function termsFrom(row: TermsRow): CampaignTerms {
  const window = row.window === null ? null : SendWindow.nullable().parse(JSON.parse(row.window))
  return {
    category: row.category === 'transactional' ? 'transactional' : 'marketing',
    window,
    validHours: row.validHours ?? DEFAULT_HOURS,
    isSample: row.isSample === 1,
  }
}

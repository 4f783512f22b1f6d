import type { CampaignDraft } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { AppError } from '../../shared/contract/failure.ts'
import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Integrations, SendingAccount } from '../integrations/index.ts'
import type { AudienceMember, Segments } from '../segments/index.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Templates } from '../templates/index.ts'

/** What the domain of campaigns is made from. */
export interface CampaignParts extends DomainParts {
  readonly accounts: Accounts
  readonly segments: Segments
  readonly templates: Templates
  readonly integrations: Integrations
}

/** A campaign's draft with what it refers to: the account that it would leave by, and the settings of the workspace. */
export interface CampaignSubject {
  /** null: an audience that belongs to no campaign. Its own messages keep nobody out of a campaign. */
  readonly id: string | null
  readonly name: string
  readonly draft: CampaignDraft
  /** null: the account that was chosen is gone. */
  readonly account: SendingAccount | null
  readonly fromName: string
  readonly replyTo: string
  readonly settings: WorkspaceSettings
  /** The channels after the first, each as a campaign of its own; empty unless the mode uses several. */
  readonly further: readonly CampaignSubject[]
  /** The accounts that a social post goes to; those that are gone are left out. Empty for any other channel. */
  readonly destinations: readonly SendingAccount[]
}

/** Looks up what a draft refers to. */
export async function subjectOf(
  parts: CampaignParts,
  campaign: { readonly id: string | null; readonly name: string; readonly draft: CampaignDraft },
): Promise<CampaignSubject> {
  const { draft } = campaign
  const settings = await parts.accounts.settings(parts.storage.reader)
  const destinations = await destinationsOf(parts, draft)
  const account = draft.channel === 'social' ? (destinations[0] ?? null) : await accountOf(parts, draft)
  const further: CampaignSubject[] = []
  for (const one of furtherDrafts(draft)) further.push(await subjectOf(parts, { ...campaign, draft: one }))
  return {
    id: campaign.id,
    name: campaign.name,
    draft,
    account,
    fromName: draft.fromName || account?.fromName || settings.organisation,
    replyTo: draft.replyTo || account?.replyTo || '',
    settings,
    further,
    destinations,
  }
}

/** A subject and those of its further channels, in the order in which they are tried. */
export function channelsOf(subject: CampaignSubject): readonly CampaignSubject[] {
  return [subject, ...subject.further]
}

/** The part of a campaign that is about a channel; null means the first. Fails when the campaign does not use the channel. */
export function channelOf(subject: CampaignSubject, channel: Channel | null): CampaignSubject {
  const found = channel === null ? subject : channelsOf(subject).find(one => one.draft.channel === channel)
  if (!found) throw new AppError('invalid_input', `The campaign does not use the channel ${channel}.`)
  return found
}

function furtherDrafts(draft: CampaignDraft): readonly CampaignDraft[] {
  if (draft.mode === 'single' || draft.channel === 'social') return []
  return draft.further.map(one => ({ ...draft, ...one, mode: 'single', further: [] }))
}

async function destinationsOf(parts: CampaignParts, draft: CampaignDraft): Promise<readonly SendingAccount[]> {
  if (draft.channel !== 'social') return []
  const all = await parts.integrations.accounts(parts.storage.reader)
  return [...new Set(draft.destinationIds)].flatMap(id => {
    const found = all.find(account => account.id === id && account.channel === 'social')
    return found ? [found] : []
  })
}

async function accountOf(parts: CampaignParts, draft: CampaignDraft): Promise<SendingAccount | null> {
  const { reader } = parts.storage
  if (draft.senderId === null) return parts.integrations.defaultAccount(reader, draft.channel)
  const all = await parts.integrations.accounts(reader)
  return all.find(account => account.id === draft.senderId && account.channel === draft.channel) ?? null
}

const PAGE = 1000

/** The whole audience of a campaign in order of contact id, a thousand at a time; a social post has none. */
export async function* audienceOf(
  segments: Segments,
  reader: Reader,
  { id, draft }: Pick<CampaignSubject, 'id' | 'draft'>,
): AsyncGenerator<readonly AudienceMember[], void> {
  if (draft.channel === 'social') return
  let after = ''
  for (;;) {
    const page = await segments.members(reader, draft.channel, draft.audience, after, PAGE, id ?? '')
    const last = page.at(-1)
    if (!last) return
    yield page
    after = last.contactId
  }
}

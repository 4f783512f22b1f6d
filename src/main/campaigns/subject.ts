import type { CampaignDraft } from '../../shared/contract/campaigns.ts'
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
}

/** Looks up what a draft refers to. */
export async function subjectOf(
  parts: CampaignParts,
  campaign: { readonly id: string | null; readonly name: string; readonly draft: CampaignDraft },
): Promise<CampaignSubject> {
  const { draft } = campaign
  const settings = await parts.accounts.settings(parts.storage.reader)
  const account = await accountOf(parts, draft)
  return {
    id: campaign.id,
    name: campaign.name,
    draft,
    account,
    fromName: draft.fromName || account?.fromName || settings.organisation,
    replyTo: draft.replyTo || account?.replyTo || '',
    settings,
  }
}

async function accountOf(parts: CampaignParts, draft: CampaignDraft): Promise<SendingAccount | null> {
  const { reader } = parts.storage
  if (draft.senderId === null) return parts.integrations.defaultAccount(reader, draft.channel)
  const all = await parts.integrations.accounts(reader)
  return all.find(account => account.id === draft.senderId && account.channel === draft.channel) ?? null
}

const PAGE = 1000

/** The whole audience of a campaign in order of contact id, a thousand at a time. */
export async function* audienceOf(
  segments: Segments,
  reader: Reader,
  { id, draft }: Pick<CampaignSubject, 'id' | 'draft'>,
): AsyncGenerator<readonly AudienceMember[], void> {
  let after = ''
  for (;;) {
    const page = await segments.members(reader, draft.channel, draft.audience, after, PAGE, id ?? '')
    const last = page.at(-1)
    if (!last) return
    yield page
    after = last.contactId
  }
}

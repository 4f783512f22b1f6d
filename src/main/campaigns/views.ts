import type { z } from 'zod'
import type { Approval, Campaign } from '../../shared/contract/campaigns.ts'
import { roleAllows } from '../../shared/domain/permissions.ts'
import type { RequestContext } from '../request.ts'
import { approvalStore, type StoredApproval } from './approval-store.ts'
import type { StoredCampaign } from './campaign-store.ts'
import type { CampaignParts } from './subject.ts'

export type ApprovalView = z.input<typeof Approval>
export type CampaignView = z.input<typeof Campaign>

/** What campaigns and approvals look like to the acting member. */
export interface Views {
  campaign(campaign: StoredCampaign, context: RequestContext): Promise<CampaignView>
  approval(
    approval: StoredApproval,
    campaign: Pick<StoredCampaign, 'name' | 'channel'>,
    context: RequestContext,
  ): Promise<ApprovalView>
  /** Why the acting member cannot decide about a request; empty when she can. */
  whyNot(approval: StoredApproval, context: RequestContext): Promise<string>
}

/** Views read through the reader: call them after the commit. */
export function createViews(parts: CampaignParts): Views {
  const { storage, accounts } = parts
  const nameOf = (id: string): Promise<string> => accounts.memberName(storage.reader, id)

  async function whyNot(approval: StoredApproval, context: RequestContext): Promise<string> {
    const { actor } = context
    if (approval.state !== 'pending') return `This request is ${STATE_WORDS[approval.state]} already.`
    if (!actor.can('campaigns.approve')) return `${actor.name} may not approve. Ask an approver or the owner.`
    if (approval.requestedBy !== actor.id) return ''
    // Who asks does not decide, unless nobody else could: an owner alone must be able to send.
    const { members } = await accounts.handlers.list({}, context)
    const other = members.find(
      member => member.id !== actor.id && member.archivedAt === null && roleAllows(member.role, 'campaigns.approve'),
    )
    return other ? `You asked for this yourself. Somebody else must decide, such as ${other.name}.` : ''
  }

  async function approvalView(
    approval: StoredApproval,
    campaign: Pick<StoredCampaign, 'name' | 'channel'>,
    context: RequestContext,
  ): Promise<ApprovalView> {
    const reason = await whyNot(approval, context)
    return {
      id: approval.id,
      campaignId: approval.campaignId,
      campaignName: campaign.name,
      channel: campaign.channel,
      state: approval.state,
      requestedBy: await nameOf(approval.requestedBy),
      requestedAt: approval.requestedAt,
      note: approval.note,
      decidedBy: approval.decidedBy === null ? null : await nameOf(approval.decidedBy),
      decidedAt: approval.decidedAt,
      decisionNote: approval.decisionNote,
      summary: approval.summary,
      canDecide: reason === '',
      whyNot: reason,
    }
  }

  return {
    whyNot,
    approval: approvalView,
    async campaign(campaign, context) {
      const approval = await approvalStore.newest(storage.reader, campaign.id)
      return {
        id: campaign.id,
        name: campaign.name,
        status: campaign.status,
        statusReason: campaign.statusReason,
        draft: campaign.draft,
        isSample: campaign.isSample,
        approval: approval ? await approvalView(approval, campaign, context) : null,
        sendAt: campaign.sendAt,
        createdBy: await nameOf(campaign.createdBy),
        createdAt: campaign.createdAt,
        updatedAt: campaign.updatedAt,
        startedAt: campaign.startedAt,
        completedAt: campaign.completedAt,
      }
    },
  }
}

const STATE_WORDS = { approved: 'approved', rejected: 'rejected', void: 'void' } as const

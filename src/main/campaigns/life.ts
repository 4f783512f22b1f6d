import { AppError, notFound } from '../../shared/contract/failure.ts'
import { type CampaignStatus, type CampaignWish, nextStatus } from '../../shared/domain/campaign-status.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { campaignStore, type StoredCampaign } from './campaign-store.ts'
import type { Campaigns } from './index.ts'
import type { CampaignParts } from './subject.ts'

/** The life of campaigns: finding one, and moving it from status to status. */
export interface Life extends Pick<Campaigns, 'move' | 'onMoved' | 'afterMoved' | 'savePlan' | 'listByStatus'> {
  load(reader: Reader | Tx, id: string): Promise<StoredCampaign>
  /** Lets those who wait for the commit of a move do their part. Every handler that moved a campaign awaits it. */
  moved(id: string, wish: CampaignWish): Promise<void>
}

const OVER: readonly CampaignStatus[] = ['completed', 'cancelled', 'failed']

/** Moves campaigns by the transition table of shared/domain/campaign-status.ts, and tells those who react. */
export function createLife({ kernel, accounts }: CampaignParts): Life {
  const reactions: ((tx: Tx, id: string, wish: CampaignWish) => Promise<void>)[] = []
  const followers: ((id: string, wish: CampaignWish) => Promise<void>)[] = []

  async function load(reader: Reader | Tx, id: string): Promise<StoredCampaign> {
    const campaign = await campaignStore.find(reader, id)
    if (!campaign) throw notFound('campaign', id)
    return campaign
  }

  return {
    load,
    listByStatus: (reader, statuses) => campaignStore.listByStatus(reader, statuses),
    async move(tx, id, wish, { actor, reason }) {
      const before = await load(tx, id)
      const step = nextStatus(before.status, wish)
      if (step.kind === 'refusal') {
        throw new AppError('conflict', step.why, { campaignId: id, status: before.status, wish })
      }
      const now = kernel.clock.now()
      await campaignStore.move(tx, id, {
        status: step.to,
        status_reason: reason,
        updated_at: now,
        ...(step.to === 'running' && before.startedAt === null ? { started_at: now } : {}),
        ...(OVER.includes(step.to) ? { completed_at: now } : {}),
      })
      const data = { from: step.from, to: step.to }
      await accounts.audit(tx, { actor, action: `campaign.${wish}`, entity: 'campaign', entityId: id, data })
      for (const react of reactions) await react(tx, id, wish)
      return step.to
    },
    onMoved: run => {
      reactions.push(run)
    },
    afterMoved: run => {
      followers.push(run)
    },
    async moved(id, wish) {
      for (const follow of followers) await follow(id, wish)
    },
    savePlan: (tx, id, state, cursor, audience) => campaignStore.savePlan(tx, id, { state, cursor, audience }),
  }
}

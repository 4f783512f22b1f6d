import type { Channel } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { CampaignStatus, CampaignWish } from '../../shared/domain/campaign-status.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { FrozenCampaign } from './frozen-campaign.ts'

export { asSentBy, type CampaignStep, type FrozenCampaign, stepsOf } from './frozen-campaign.ts'

/** A campaign as planner and pool see it. */
export interface CampaignState {
  readonly id: string
  readonly name: string
  readonly channel: Channel
  readonly status: CampaignStatus
  readonly frozen: FrozenCampaign | null
  readonly senderId: string | null
  readonly planState: 'none' | 'planning' | 'done'
  readonly planCursor: string
  readonly ratePerSecond: number | null
}

/** Drafts, approvals and the life of campaigns. */
export interface Campaigns {
  state(reader: Reader | Tx, id: string): Promise<CampaignState>
  listByStatus(reader: Reader | Tx, statuses: readonly CampaignStatus[]): Promise<readonly CampaignState[]>
  /** Moves a campaign by the transition table, or throws AppError('conflict') with the refusal. Records it in the audit trail. */
  move(
    tx: Tx,
    id: string,
    wish: CampaignWish,
    options: { readonly actor: string; readonly reason: string },
  ): Promise<CampaignStatus>
  /**
   * Runs `run` inside the transaction of every move that was made, after the row was changed: sending cancels what is still
   * waiting there. Nothing but SQL may be awaited in it.
   */
  onMoved(run: (tx: Tx, id: string, wish: CampaignWish) => Promise<void>): void
  /**
   * Runs `run` after the commit of a move that a handler made, and before the handler answers: sending waits there for what
   * is on the wire, so that nothing leaves after the reply to pause or cancel, and wakes up after resume.
   */
  afterMoved(run: (id: string, wish: CampaignWish) => Promise<void>): void
  /** The planner's place; `audience` adds to the planned number. */
  savePlan(tx: Tx, id: string, planState: 'planning' | 'done', cursor: string, audience: number): Promise<void>
  readonly handlers: {
    readonly campaigns: Handlers<(typeof contract)['campaigns']>
    readonly approvals: Handlers<(typeof contract)['approvals']>
  }
}

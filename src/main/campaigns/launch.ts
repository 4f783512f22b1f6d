import { AppError } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { CampaignWish } from '../../shared/domain/campaign-status.ts'
import { mustHaveFreshLists } from '../compliance/index.ts'
import type { Handlers, RequestContext } from '../request.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { approvalStore } from './approval-store.ts'
import type { Approvals } from './approvals.ts'
import { campaignStore, type StoredCampaign } from './campaign-store.ts'
import type { Estimates } from './estimates.ts'
import { freeze } from './freeze.ts'
import type { Life } from './life.ts'
import { scheduledTime } from './schedule.ts'
import { type CampaignParts, subjectOf } from './subject.ts'
import type { CampaignView, Views } from './views.ts'

type All = Handlers<(typeof contract)['campaigns']>
type LaunchHandlers = Pick<All, 'launch' | 'withdraw' | 'pause' | 'resume' | 'cancel'>

/** The planner's work; sending registers its runner. */
const PLAN = 'campaign.plan'

/** What launching leans on. */
export interface LaunchParts {
  readonly life: Life
  readonly approvals: Approvals
  readonly views: Views
  readonly estimates: Estimates
}

/** Starting campaigns, and steering those that go. */
export function launchHandlers(
  parts: CampaignParts,
  { life, approvals, views, estimates }: LaunchParts,
): LaunchHandlers {
  const { kernel, storage, accounts, segments, jobs, scheduler } = parts

  async function done(id: string, wish: CampaignWish, context: RequestContext): Promise<CampaignView> {
    await life.moved(id, wish)
    kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [id] })
    scheduler.wake()
    return views.campaign(await life.load(storage.reader, id), context)
  }

  async function steer(id: string, wish: CampaignWish, context: RequestContext): Promise<CampaignView> {
    const reason = ''
    await transaction(storage.db, tx => life.move(tx, id, wish, { actor: context.actor.id, reason }), {
      name: `campaigns.${wish}`,
      priority: 'sending',
    })
    return done(id, wish, context)
  }

  /** Takes back what was asked for or scheduled: approval void (unless it stands), nothing frozen. */
  async function takeBack(
    tx: Tx,
    campaign: StoredCampaign,
    wish: 'withdraw' | 'cancel',
    context: RequestContext,
  ): Promise<readonly string[]> {
    const { actor } = context
    await life.move(tx, campaign.id, wish, { actor: actor.id, reason: '' })
    if (wish === 'withdraw') await campaignStore.thaw(tx, campaign.id)
    // A campaign that was scheduled stays approved: only its time is taken back.
    if (wish === 'withdraw' && campaign.status === 'scheduled') return []
    if (wish === 'cancel' && campaign.status !== 'in_review') return []
    const note = wish === 'cancel' ? 'The campaign was cancelled.' : `${actor.name} took the request back.`
    return approvalStore.makeVoid(tx, campaign.id, { by: actor.id, at: kernel.clock.now(), note })
  }

  async function endEarly(id: string, wish: 'withdraw' | 'cancel', context: RequestContext): Promise<CampaignView> {
    const voided = await transaction(storage.db, async tx => takeBack(tx, await life.load(tx, id), wish, context), {
      name: `campaigns.${wish}`,
      priority: 'sending',
    })
    await jobs.cancelSubject(PLAN, id)
    if (voided.length > 0) kernel.events.publish({ kind: 'changed', entity: 'approval', ids: [...voided] })
    return done(id, wish, context)
  }

  return {
    async launch({ id, expected }, context) {
      const campaign = await life.load(storage.reader, id)
      const time = scheduledTime(campaign.draft.schedule)
      const now = kernel.clock.now()
      if (time.kind === 'invalid') throw new AppError('invalid_input', time.why)
      if (time.kind === 'at' && time.at <= now) {
        throw new AppError('conflict', 'The time that was set has passed. Choose a later one, or send it now.')
      }
      await mustHaveFreshLists(accounts, storage.reader, campaign.draft, now)
      const approval = await approvalStore.newest(storage.reader, id)
      const subject = await subjectOf(parts, campaign)
      if (campaign.status === 'approved' && approval?.state === 'approved') {
        await approvals.mustBeUnchanged(campaign, subject, approval, context)
      }
      // What she confirms must be what is planned: figures that lag behind are waited for, however long it takes.
      await segments.prepare(storage.reader, campaign.draft.audience)
      const { reached } = await estimates.count(subject)
      const frozen = freeze(subject)
      const wish = time.kind === 'at' ? 'schedule' : 'start'
      const sendAt = time.kind === 'at' ? time.at : now
      await transaction(
        storage.db,
        async tx => {
          const latest = await life.load(tx, id)
          if (JSON.stringify(latest.draft) !== JSON.stringify(campaign.draft)) {
            throw new AppError('conflict', 'The campaign was changed while it was being started. Look at it again.')
          }
          // Asked first, so that a campaign that is not approved says so and not that its numbers differ.
          await life.move(tx, id, wish, { actor: context.actor.id, reason: '' })
          if (reached !== expected) {
            throw new AppError(
              'conflict',
              `You saw ${expected.toLocaleString('en')} recipients, and now there are ${reached.toLocaleString('en')}. Look at the audience again, then send.`,
              { expected, reached },
            )
          }
          await campaignStore.freeze(tx, id, frozen, sendAt)
          await jobs.add(tx, { kind: PLAN, subject: id, payload: { campaignId: id }, dueAt: sendAt })
        },
        { name: 'campaigns.launch', priority: 'sending' },
      )
      return done(id, wish, context)
    },

    withdraw: ({ id }, context) => endEarly(id, 'withdraw', context),
    cancel: ({ id }, context) => endEarly(id, 'cancel', context),
    pause: ({ id }, context) => steer(id, 'pause', context),
    resume: ({ id }, context) => steer(id, 'resume', context),
  }
}

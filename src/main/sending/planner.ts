import { z } from 'zod'
import type { Channel } from '../../shared/contract/define.ts'
import { AppError } from '../../shared/contract/failure.ts'
import { SYSTEM_ACTOR } from '../accounts/index.ts'
import type { CampaignState, Campaigns, FrozenCampaign } from '../campaigns/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import { minutes } from '../kernel/clock.ts'
import type { JobKind, JobResult, JobRun } from '../scheduling/jobs.ts'
import type { AudienceMember, Segments } from '../segments/index.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { ledgerStore } from './ledger-store.ts'
import { type PlannedMessage, planStore } from './plan-store.ts'

/** Work of the job `campaign.plan`. */
export const PlanPayload = z.object({ campaignId: z.string() })
export type PlanPayload = z.infer<typeof PlanPayload>

/** What the planner needs besides what every domain has. */
export interface PlannerParts extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly campaigns: Campaigns
  readonly segments: Segments
  /** Called after each page: messages of the account may be due. */
  onPlanned(campaignId: string, senderId: string): void
  /** Called when the plan is complete. */
  onDone(campaignId: string): Promise<void>
}

const PAGE = 1000

/**
 * Freezes the audience of a campaign into messages, page by page in order of contact id. Rows, ledger and cursor of a page
 * are one transaction, so it goes on where it was after a crash; sending begins with the first page.
 */
export function planJob(parts: PlannerParts): JobKind<PlanPayload> {
  const { kernel, storage, campaigns } = parts
  let turn: Promise<unknown> = Promise.resolve()

  async function plan(job: JobRun<PlanPayload>): Promise<JobResult> {
    const { campaignId } = job.payload
    let state = await started(campaignId)
    let planned = 0
    // Those who clicked or bought a moment ago are chosen by it; also when the plan goes on after a crash.
    if (isOpen(state)) await parts.segments.prepare(storage.reader, frozenOf(state).draft.audience)
    while (isOpen(state)) {
      if (job.signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
      const { cursor, inserted, senderId } = await inTurn(state)
      planned += inserted
      job.progress(planned, null)
      parts.onPlanned(campaignId, senderId)
      if (cursor === null) break
      state = await campaigns.state(storage.reader, campaignId)
    }
    await parts.onDone(campaignId)
    return { kind: 'done' }
  }

  async function started(campaignId: string): Promise<CampaignState> {
    const state = await campaigns.state(storage.reader, campaignId)
    if (state.status !== 'scheduled') return state
    await transaction(storage.db, tx => campaigns.move(tx, campaignId, 'start', { actor: SYSTEM_ACTOR, reason: '' }), {
      name: 'plan.start',
    })
    kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [campaignId] })
    return campaigns.state(storage.reader, campaignId)
  }

  /** One page after the other: two campaigns that leave each other's people alone must not both find somebody free. */
  function inTurn(state: CampaignState): ReturnType<typeof planPage> {
    const page = turn.then(() => planPage(state, frozenOf(state)))
    turn = page.catch(() => undefined)
    return page
  }

  /** Plans the next page; a null cursor means that it was the last one, or that somebody else moved the campaign. */
  async function planPage(
    seen: CampaignState,
    frozen: FrozenCampaign,
  ): Promise<{ cursor: string | null; inserted: number; senderId: string }> {
    const { id, channel, planCursor } = seen
    const members = await parts.segments.members(storage.reader, channel, frozen.draft.audience, planCursor, PAGE, id)
    const isLast = members.length < PAGE
    const cursor = members.at(-1)?.contactId ?? planCursor
    const senderId = seen.senderId ?? frozen.senderId
    const inserted = await transaction(
      storage.db,
      async tx => {
        const state = await campaigns.state(tx, id)
        // Cancelled meanwhile, or another run of this job was faster.
        if (!isOpen(state) || state.planCursor !== planCursor) return null
        const count = await insertPage(tx, { id, channel, senderId }, planCursor, members)
        await campaigns.savePlan(tx, id, isLast ? 'done' : 'planning', cursor, count)
        return count
      },
      { name: 'plan.page', priority: 'bulk' },
    )
    return { cursor: isLast || inserted === null ? null : cursor, inserted: inserted ?? 0, senderId }
  }

  async function insertPage(
    tx: Tx,
    campaign: { readonly id: string; readonly channel: Channel; readonly senderId: string },
    after: string,
    members: readonly AudienceMember[],
  ): Promise<number> {
    const at = kernel.clock.now()
    const messages = await withoutRepeats(tx, campaign.id, campaign.channel, members)
    const page = { campaignId: campaign.id, channel: campaign.channel, senderId: campaign.senderId, at }
    const inserted = await planStore.insert(tx, page, messages)
    const skipped = messages.filter(message => message.skip !== null).map(message => message.id)
    await planStore.recordSkipped(tx, skipped, at)
    await ledgerStore.append(tx, [
      {
        kind: 'planned',
        campaignId: campaign.id,
        messageId: null,
        contactId: null,
        at,
        eventKey: `${campaign.id}:planned:${after}`,
        data: { count: inserted, skipped: skipped.length },
      },
    ])
    return inserted
  }

  /** One message an address: who comes second in order of contact id is skipped. */
  async function withoutRepeats(
    tx: Tx,
    campaignId: string,
    channel: string,
    members: readonly AudienceMember[],
  ): Promise<readonly PlannedMessage[]> {
    const reachable = members.filter(member => member.skip === null).map(member => member.address.toLowerCase())
    const taken = new Set(await planStore.takenAddresses(tx, campaignId, channel, reachable))
    return members.map(({ contactId, address, skip }) => {
      const key = address.toLowerCase()
      const isRepeat = skip === null && taken.has(key)
      if (skip === null) taken.add(key)
      return { id: kernel.ids.next(), contactId, address, skip: isRepeat ? 'duplicate_address' : skip }
    })
  }

  async function failed(campaignId: string, error: AppError): Promise<JobResult> {
    await transaction(
      storage.db,
      tx => campaigns.move(tx, campaignId, 'fail', { actor: SYSTEM_ACTOR, reason: error.message }),
      { name: 'plan.fail' },
    )
    kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [campaignId] })
    return { kind: 'dead', reason: error.message }
  }

  return {
    kind: 'campaign.plan',
    payload: PlanPayload,
    title: () => 'Planning a campaign',
    link: ({ campaignId }) => `/campaigns/${campaignId}`,
    canCancel: false,
    async run(job) {
      try {
        return await plan(job)
      } catch (error) {
        if (error instanceof AppError && error.code !== 'internal') return failed(job.payload.campaignId, error)
        kernel.log.error('plan.failed', { campaignId: job.payload.campaignId, message: String(error) })
        // A full disk or a locked file may pass: what is planned stays, and the rest follows.
        return {
          kind: 'retry',
          at: kernel.clock.now() + minutes(1),
          reason: 'The plan was interrupted and goes on by itself.',
        }
      }
    },
  }
}

function isOpen(state: CampaignState): boolean {
  return (state.status === 'running' || state.status === 'paused') && state.planState !== 'done'
}

function frozenOf(state: CampaignState): FrozenCampaign {
  if (state.frozen !== null) return state.frozen
  throw new AppError(
    'conflict',
    'The campaign has no fixed content and audience. Duplicate it and have the copy approved.',
    {
      campaignId: state.id,
    },
  )
}

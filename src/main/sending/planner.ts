import { z } from 'zod'
import type { CampaignMode } from '../../shared/contract/campaigns.ts'
import { AppError } from '../../shared/contract/failure.ts'
import { SYSTEM_ACTOR } from '../accounts/index.ts'
import {
  type CampaignState,
  type CampaignStep,
  type Campaigns,
  type FrozenCampaign,
  stepsOf,
} from '../campaigns/index.ts'
import type { Compliance } from '../compliance/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Integrations } from '../integrations/index.ts'
import { minutes } from '../kernel/clock.ts'
import type { JobKind, JobResult, JobRun } from '../scheduling/jobs.ts'
import type { AudienceMember, Segments } from '../segments/index.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { destinationId } from './destination.ts'
import { ledgerStore } from './ledger-store.ts'
import { alignPages, withTurns } from './plan-page.ts'
import { planStore } from './plan-store.ts'
import { readAhead } from './read-ahead.ts'

/** Work of the job `campaign.plan`. */
export const PlanPayload = z.object({ campaignId: z.string() })
export type PlanPayload = z.infer<typeof PlanPayload>

/** What the planner needs besides what every domain has. */
export interface PlannerParts extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly campaigns: Campaigns
  readonly segments: Segments
  readonly compliance: Pick<Compliance, 'firstTimes'>
  readonly integrations: Pick<Integrations, 'account'>
  /** Called after each page: messages of the account may be due. */
  onPlanned(campaignId: string, senderId: string): void
  /** Called when the plan is complete. */
  onDone(campaignId: string): Promise<void>
}

// Written in some 40 ms, and sending waits no longer than that.
const PAGE = 2000

/**
 * Freezes the audience of a campaign into messages, one for each person and channel, page by page in order of contact id. Rows, ledger and cursor of a page
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
    const pages = pagesOf()
    while (isOpen(state)) {
      if (job.signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
      const { cursor, inserted, senderIds } = await inTurn(state, pages)
      planned += inserted
      job.progress(planned, null)
      for (const senderId of senderIds) parts.onPlanned(campaignId, senderId)
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
  function inTurn(state: CampaignState, pages: Pages): ReturnType<typeof planPage> {
    const page = turn.then(() => planPage(state, pages))
    turn = page.catch(() => undefined)
    return page
  }

  /** Plans the next page; a null cursor means that it was the last one, or that somebody else moved the campaign. */
  async function planPage(
    seen: CampaignState,
    pages: Pages,
  ): Promise<{ cursor: string | null; inserted: number; senderIds: readonly string[] }> {
    const { id, planCursor } = seen
    const { plans, cursor, isLast } = await pages(seen)
    const inserted = await transaction(
      storage.db,
      async tx => {
        const state = await campaigns.state(tx, id)
        // Cancelled meanwhile, or another run of this job was faster.
        if (!isOpen(state) || state.planCursor !== planCursor) return null
        const count = await insertPage(tx, id, planCursor, plans)
        await campaigns.savePlan(tx, id, isLast ? 'done' : 'planning', cursor, count)
        return count
      },
      // After a power cut it goes on from an earlier page; an attempt brings the page of its message to disk before it.
      { name: 'plan.page', priority: 'bulk', flush: isLast ? 'now' : 'later' },
    )
    const senderIds = [...new Set(plans.map(({ step }) => step.senderId))]
    return { cursor: isLast || inserted === null ? null : cursor, inserted: inserted ?? 0, senderIds }
  }

  /** Pages of a campaign; one is read while the one before it is written, unless what is written decides who is in it. */
  function pagesOf(): Pages {
    return readAhead(
      seen => nextPage(seen, frozenOf(seen)),
      ({ cursor, isLast }, seen) => {
        const { inRunningCampaign, messagedWithinHours } = frozenOf(seen).draft.audience.exclusions
        return isLast || inRunningCampaign || messagedWithinHours !== null ? null : { ...seen, planCursor: cursor }
      },
      (a, b) => a.planCursor === b.planCursor && a.senderId === b.senderId,
    )
  }

  /** The next people on every channel, or all places of a post at once. */
  async function nextPage({ id, planCursor, senderId }: CampaignState, frozen: FrozenCampaign): Promise<Page> {
    if (frozen.draft.channel === 'social') return { plans: frozen.destinations.map(toPlace), cursor: '', isLast: true }
    const steps = stepsOf(frozen).map(one => (one.step === 1 && senderId !== null ? { ...one, senderId } : one))
    const size = Math.floor(PAGE / steps.length)
    const found = []
    for (const { channel } of steps) {
      found.push(await parts.segments.members(storage.reader, channel, frozen.draft.audience, planCursor, size, id))
    }
    const { pages, cursor, isLast } = alignPages(found, size, planCursor)
    const plans: Plan[] = []
    for (const [n, step] of steps.entries()) {
      plans.push({ step, mode: frozen.draft.mode, ...(await timed(id, step, pages[n] ?? [])) })
    }
    return { plans, cursor, isLast }
  }

  /** When each may first be written to, so that a campaign at night waits for the morning instead of being looked at again and again. */
  async function timed(campaignId: string, step: CampaignStep, members: readonly AudienceMember[]): Promise<Timed> {
    const { provider } = await parts.integrations.account(storage.reader, step.senderId)
    // The practice account reaches nobody, so no time is wrong for it.
    if (provider === 'practice') return { members, times: NO_TIMES }
    const ids = members.filter(member => member.skip === null).map(member => member.contactId)
    const of = { channel: step.channel, campaignId }
    const times = await parts.compliance.firstTimes(storage.reader, of, ids, kernel.clock.now())
    if (times.size === 0) return { members, times }
    const reachable = members.map(
      (member): AudienceMember => (times.get(member.contactId) === null ? { ...member, skip: 'quiet_hours' } : member),
    )
    return { members: reachable, times }
  }

  async function insertPage(tx: Tx, campaignId: string, after: string, plans: readonly Plan[]): Promise<number> {
    const at = kernel.clock.now()
    const free: (readonly AudienceMember[])[] = []
    for (const { step, members } of plans) free.push(await withoutRepeats(tx, campaignId, step, members))
    let inserted = 0
    const skipped: string[] = []
    const steps = plans.map(one => one.step)
    for (const { step, members } of withTurns(plans[0]?.mode ?? 'single', steps, free)) {
      const times = plans.find(one => one.step === step)?.times ?? NO_TIMES
      const messages = members.map(member => ({
        ...member,
        id: kernel.ids.next(),
        dueAt: times.get(member.contactId) ?? null,
      }))
      inserted += await planStore.insert(tx, { campaignId, at, ...step }, messages)
      for (const { id, skip } of messages) if (skip !== null) skipped.push(id)
    }
    await planStore.recordSkipped(tx, skipped, at)
    await ledgerStore.append(tx, [
      {
        kind: 'planned',
        campaignId,
        messageId: null,
        contactId: null,
        at,
        eventKey: `${campaignId}:planned:${after}`,
        data: { count: inserted, skipped: skipped.length },
      },
    ])
    return inserted
  }

  /** One message an address and channel: who comes second in order of contact id is skipped. */
  async function withoutRepeats(
    tx: Tx,
    campaignId: string,
    { step, channel }: CampaignStep,
    members: readonly AudienceMember[],
  ): Promise<readonly AudienceMember[]> {
    const reachable = members.filter(member => member.skip === null).map(member => member.address.toLowerCase())
    const taken = new Set(await planStore.takenAddresses(tx, { campaignId, step, channel }, reachable))
    return members.map(member => {
      if (member.skip !== null) return member
      const key = member.address.toLowerCase()
      const isRepeat = taken.has(key)
      taken.add(key)
      return isRepeat ? { ...member, skip: 'duplicate_address' } : member
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

/** One channel's part of a page. */
interface Plan extends Timed {
  readonly step: CampaignStep
  readonly mode: CampaignMode
}

/** People with the times at which those may first be written to who may not be now. */
interface Timed {
  readonly members: readonly AudienceMember[]
  readonly times: FirstTimes
}
type FirstTimes = ReadonlyMap<string, number | null>
const NO_TIMES: FirstTimes = new Map()

/** What is planned in one go, and the cursor behind it. */
interface Page {
  readonly plans: readonly Plan[]
  readonly cursor: string
  readonly isLast: boolean
}
type Pages = (seen: CampaignState) => Promise<Page>

/** The one message to a place that a post goes to: it is in no audience and has no address of a person. */
function toPlace({ senderId, name }: FrozenCampaign['destinations'][number]): Plan {
  return {
    step: { step: 1, channel: 'social', senderId, timeoutMs: 0 },
    mode: 'single',
    members: [{ contactId: destinationId(senderId), address: name, skip: null }],
    times: NO_TIMES,
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

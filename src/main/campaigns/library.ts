import { type CampaignDraft, CampaignDraft as CampaignDraftSchema } from '../../shared/contract/campaigns.ts'
import { AppError } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { CampaignStatus } from '../../shared/domain/campaign-status.ts'
import type { Handlers, RequestContext } from '../request.ts'
import { transaction } from '../storage/transaction.ts'
import { approvalStore } from './approval-store.ts'
import { type CampaignCounts, campaignStore } from './campaign-store.ts'
import type { Life } from './life.ts'
import type { CampaignParts } from './subject.ts'
import type { Views } from './views.ts'

type All = Handlers<(typeof contract)['campaigns']>
type LibraryHandlers = Pick<All, 'list' | 'get' | 'create' | 'saveDraft' | 'duplicate' | 'remove'>

const EDITED_VOIDS: readonly CampaignStatus[] = ['in_review', 'approved', 'scheduled']
const NO_MESSAGES: CampaignCounts = {
  audience: 0,
  sent: 0,
  failed: 0,
  skipped: 0,
  pending: 0,
  unknown: 0,
  opened: 0,
  clicked: 0,
}

/** Making, keeping, copying and deleting campaigns. */
export function libraryHandlers(parts: CampaignParts, life: Life, views: Views): LibraryHandlers {
  const { kernel, storage, accounts, jobs, templates } = parts
  const changed = (id: string): void => kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [id] })
  const view = async (id: string, context: RequestContext) =>
    views.campaign(await life.load(storage.reader, id), context)

  async function begin(name: string, draft: CampaignDraft, context: RequestContext) {
    const id = kernel.ids.next()
    await transaction(
      storage.db,
      async tx => {
        await campaignStore.insert(tx, { id, name, draft, now: kernel.clock.now() }, context.actor.id)
        const data = { channel: draft.channel }
        await accounts.audit(tx, {
          actor: context.actor.id,
          action: 'campaign.created',
          entity: 'campaign',
          entityId: id,
          data,
        })
      },
      { name: 'campaigns.begin' },
    )
    changed(id)
    return view(id, context)
  }

  /** Templates that were chosen and have no copy yet are copied: what is approved must not change with the template. */
  async function withContent(draft: CampaignDraft, context: RequestContext): Promise<CampaignDraft> {
    const further = []
    for (const one of draft.further) further.push({ ...one, content: await contentOf(one, context) })
    return { ...draft, content: await contentOf(draft, context), further }
  }

  async function contentOf(
    { content, templateId }: Pick<CampaignDraft, 'content' | 'templateId'>,
    context: RequestContext,
  ): Promise<CampaignDraft['content']> {
    if (content !== null || templateId === null) return content
    return (await templates.handlers.get({ id: templateId }, context)).content
  }

  return {
    async list(input) {
      const { rows, total } = await campaignStore.page(storage.reader, input)
      const counts = await campaignStore.counts(
        storage.reader,
        rows.map(row => row.id),
      )
      const owners = new Map<string, string>()
      for (const { createdBy } of rows) {
        if (!owners.has(createdBy)) owners.set(createdBy, await accounts.memberName(storage.reader, createdBy))
      }
      return {
        total,
        rows: rows.map(row => ({
          id: row.id,
          name: row.name,
          channel: row.channel,
          status: row.status,
          ...(counts.get(row.id) ?? NO_MESSAGES),
          sendAt: row.sendAt,
          updatedAt: row.updatedAt,
          owner: owners.get(row.createdBy) ?? '',
        })),
      }
    },

    get: ({ id }, context) => view(id, context),

    create: ({ name, channel }, context) => begin(name, CampaignDraftSchema.parse({ channel, audience: {} }), context),

    async saveDraft({ id, name, draft: given }, context) {
      const draft = await withContent(given, context)
      const voided = await transaction(
        storage.db,
        async tx => {
          const before = await life.load(tx, id)
          if (draft.channel !== before.channel) {
            throw new AppError('invalid_input', 'A campaign stays on its channel. Begin a new one for the other.')
          }
          const differs = changedKeys(before, { name, draft })
          if (differs.length === 0) return null
          if (before.status !== 'draft' && !EDITED_VOIDS.includes(before.status)) {
            throw new AppError(
              'conflict',
              `"${before.name}" is ${before.status} and can no longer be edited. Duplicate it to send something else.`,
              { campaignId: id, status: before.status },
            )
          }
          const { actor } = context
          const data = { changed: differs }
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'campaign.edited',
            entity: 'campaign',
            entityId: id,
            data,
          })
          await campaignStore.saveDraft(tx, id, name, draft, kernel.clock.now())
          if (before.status === 'draft') return { approvals: [], revised: false, wasScheduled: false }
          const note = `${actor.name} changed it (${differs.join(', ')}), so it must be approved again.`
          await life.move(tx, id, 'revise', { actor: actor.id, reason: note })
          await campaignStore.thaw(tx, id)
          const approvals = await approvalStore.makeVoid(tx, id, { by: actor.id, at: kernel.clock.now(), note })
          return { approvals, revised: true, wasScheduled: before.status === 'scheduled' }
        },
        { name: 'campaigns.saveDraft' },
      )
      if (voided?.wasScheduled) await jobs.cancelSubject('campaign.plan', id)
      if (voided?.revised) await life.moved(id, 'revise')
      if (voided) changed(id)
      if (voided && voided.approvals.length > 0) {
        kernel.events.publish({ kind: 'changed', entity: 'approval', ids: [...voided.approvals] })
        kernel.events.publish({
          kind: 'notice',
          level: 'warning',
          title: `"${name}" was changed`,
          text: 'Its approval is void. Ask for it again when you are done.',
          link: `/campaigns/${id}`,
        })
      }
      return view(id, context)
    },

    async duplicate({ id }, context) {
      const { name, draft } = await life.load(storage.reader, id)
      return begin(`${name.slice(0, 190)} (copy)`, { ...draft, schedule: { kind: 'now' } }, context)
    },

    async remove({ id }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const campaign = await life.load(tx, id)
          if (campaign.status === 'scheduled' || campaign.status === 'running' || campaign.status === 'paused') {
            throw new AppError('conflict', `"${campaign.name}" is ${campaign.status}. Cancel it first.`)
          }
          if (await campaignStore.hasMessages(tx, id)) {
            throw new AppError('conflict', `"${campaign.name}" has a record of messages, which is kept.`)
          }
          await campaignStore.remove(tx, id)
          const data = { status: campaign.status }
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'campaign.removed',
            entity: 'campaign',
            entityId: id,
            data,
          })
        },
        { name: 'campaigns.remove' },
      )
      changed(id)
      return { done: true }
    },
  }
}

/** The parts of a draft that differ, by their names in the contract. Both come out of the same schema, key for key. */
function changedKeys(
  before: { readonly name: string; readonly draft: CampaignDraft },
  after: { readonly name: string; readonly draft: CampaignDraft },
): readonly string[] {
  const keys = CampaignDraftSchema.keyof().options.filter(
    key => JSON.stringify(before.draft[key]) !== JSON.stringify(after.draft[key]),
  )
  return before.name === after.name ? keys : ['name', ...keys]
}

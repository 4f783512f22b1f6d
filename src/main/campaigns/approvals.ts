import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { Handlers, RequestContext } from '../request.ts'
import { transaction } from '../storage/transaction.ts'
import { approvalStore, type StoredApproval } from './approval-store.ts'
import { campaignStore, type StoredCampaign } from './campaign-store.ts'
import { changedParts } from './fingerprint.ts'
import type { Life } from './life.ts'
import type { Review } from './review.ts'
import { scheduleText } from './schedule.ts'
import { type CampaignParts, type CampaignSubject, channelsOf, subjectOf } from './subject.ts'
import type { CampaignView, Views } from './views.ts'

/** Asking for approval, giving it, and taking the question back. */
export interface Approvals {
  request(input: { readonly id: string; readonly note: string }, context: RequestContext): Promise<CampaignView>
  /**
   * Fails when what would be sent is no longer what was asked about or approved: says what changed, and makes the approval
   * void and the campaign a draft again.
   */
  mustBeUnchanged(
    campaign: StoredCampaign,
    subject: CampaignSubject,
    approval: StoredApproval,
    context: RequestContext,
  ): Promise<void>
  readonly handlers: Handlers<(typeof contract)['approvals']>
}

/** One stage: one person who may approve, and who did not ask herself where there is a choice. */
export function createApprovals(parts: CampaignParts, life: Life, review: Review, views: Views): Approvals {
  const { kernel, storage, accounts } = parts

  function tell(campaignId: string, approvalIds: readonly string[]): void {
    kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [campaignId] })
    kernel.events.publish({ kind: 'changed', entity: 'approval', ids: [...approvalIds] })
  }

  async function load(id: string): Promise<{ approval: StoredApproval; campaign: StoredCampaign }> {
    const approval = await approvalStore.find(storage.reader, id)
    if (!approval) throw notFound('request for approval', id)
    return { approval, campaign: await life.load(storage.reader, approval.campaignId) }
  }

  const approvals: Approvals = {
    async request({ id, note }, context) {
      const campaign = await life.load(storage.reader, id)
      const subject = await subjectOf(parts, campaign)
      const { checks, ready, estimate } = await review.checks(subject)
      if (!ready) {
        const missing = checks.filter(check => check.state === 'error').map(check => check.text)
        throw new AppError('conflict', `The campaign is not ready. ${missing.join(' ')}`, { missing })
      }
      const fingerprint = await review.fingerprint(subject)
      const approval: StoredApproval = {
        id: kernel.ids.next(),
        campaignId: id,
        state: 'pending',
        requestedBy: context.actor.id,
        requestedAt: kernel.clock.now(),
        note,
        decidedBy: null,
        decidedAt: null,
        decisionNote: '',
        fingerprint,
        summary: {
          recipients: estimate.reached,
          sender: senderText(subject),
          subject: subject.draft.content?.channel === 'email' ? subject.draft.content.subject : '',
          schedule: scheduleText(subject.draft.schedule),
          costMinor: estimate.costMinor,
          currency: estimate.currency,
        },
      }
      await transaction(
        storage.db,
        async tx => {
          const latest = await life.load(tx, id)
          if (JSON.stringify(latest.draft) !== JSON.stringify(campaign.draft) || latest.name !== campaign.name) {
            throw new AppError('conflict', 'The campaign was changed while it was being checked. Look at it again.')
          }
          await life.move(tx, id, 'request_approval', { actor: context.actor.id, reason: '' })
          await approvalStore.insert(tx, approval)
        },
        { name: 'approvals.request' },
      )
      await life.moved(id, 'request_approval')
      tell(id, [approval.id])
      kernel.events.publish({
        kind: 'notice',
        level: 'info',
        title: 'Approval is asked for',
        text: `"${campaign.name}" to ${estimate.reached.toLocaleString('en')} ${campaign.channel === 'social' ? 'places' : 'recipients'}, by ${context.actor.name}.`,
        link: `/approvals/${approval.id}`,
      })
      return views.campaign(await life.load(storage.reader, id), context)
    },

    async mustBeUnchanged(campaign, subject, approval, { actor }) {
      const changes = changedParts(approval.fingerprint, await review.fingerprint(subject))
      if (changes.length === 0) return
      const what = changes.join(' and ')
      const note = `Since the request, ${what} changed.`
      const ids = await transaction(
        storage.db,
        async tx => {
          await life.move(tx, campaign.id, 'revise', { actor: actor.id, reason: note })
          await campaignStore.thaw(tx, campaign.id)
          return approvalStore.makeVoid(tx, campaign.id, { by: actor.id, at: kernel.clock.now(), note })
        },
        { name: 'approvals.void' },
      )
      await life.moved(campaign.id, 'revise')
      tell(campaign.id, ids)
      throw new AppError(
        'conflict',
        `Since approval was asked for, ${what} changed. The approval is void: look at the campaign and ask again.`,
        { changed: changes },
      )
    },

    handlers: {
      async queue({ state }, context) {
        const found = await approvalStore.list(storage.reader, state)
        const rows = []
        for (const approval of found) {
          rows.push(await views.approval(approval, await life.load(storage.reader, approval.campaignId), context))
        }
        return { rows }
      },

      async review({ id }, context) {
        const { approval, campaign } = await load(id)
        const subject = await subjectOf(parts, campaign)
        const { checks, estimate } = await review.checks(subject)
        return {
          approval: await views.approval(approval, campaign, context),
          campaign: await views.campaign(campaign, context),
          estimate,
          checks,
          samples: (await review.samples(subject)).map(sample => ({ ...sample })),
        }
      },

      async decide({ id, decision, note }, context) {
        const { actor } = context
        const { approval, campaign } = await load(id)
        const whyNot = await views.whyNot(approval, context)
        if (approval.state !== 'pending') throw new AppError('conflict', whyNot, { state: approval.state })
        if (whyNot !== '') throw new AppError('forbidden', whyNot)
        if (decision === 'reject' && note.trim() === '') {
          throw new AppError('invalid_input', 'Say why you reject it, so that it can be put right.')
        }
        if (decision === 'approve') {
          await approvals.mustBeUnchanged(campaign, await subjectOf(parts, campaign), approval, context)
        }
        const state = decision === 'approve' ? 'approved' : 'rejected'
        await transaction(
          storage.db,
          async tx => {
            await life.move(tx, campaign.id, decision, { actor: actor.id, reason: note })
            if (!(await approvalStore.decide(tx, id, { state, by: actor.id, at: kernel.clock.now(), note }))) {
              throw new AppError('conflict', 'Somebody else has decided about this request in the meantime.')
            }
            const data = { campaignId: campaign.id, ownRequest: approval.requestedBy === actor.id }
            await accounts.audit(tx, {
              actor: actor.id,
              action: `approval.${state}`,
              entity: 'approval',
              entityId: id,
              data,
            })
          },
          { name: 'approvals.decide' },
        )
        await life.moved(campaign.id, decision)
        tell(campaign.id, [id])
        kernel.events.publish({
          kind: 'notice',
          level: decision === 'approve' ? 'success' : 'warning',
          title: `"${campaign.name}" was ${state} by ${actor.name}`,
          text: note || (decision === 'approve' ? 'It can be sent now.' : ''),
          link: `/campaigns/${campaign.id}`,
        })
        const after = await load(id)
        return views.approval(after.approval, after.campaign, context)
      },
    },
  }
  return approvals
}

function senderText(subject: CampaignSubject): string {
  if (subject.draft.channel === 'social') return subject.destinations.map(one => one.name).join(', ')
  const texts = channelsOf(subject).flatMap(({ account, fromName }) => {
    if (!account) return []
    return [account.fromAddress === '' ? account.name : `${fromName} <${account.fromAddress}>`]
  })
  return texts.join(', then ')
}

import { createApprovals } from './approvals.ts'
import { createEstimates } from './estimates.ts'
import type { Campaigns } from './index.ts'
import { launchHandlers } from './launch.ts'
import { libraryHandlers } from './library.ts'
import { createLife } from './life.ts'
import { missingInAny } from './missing-values.ts'
import { createReview } from './review.ts'
import { type CampaignParts, channelOf, subjectOf } from './subject.ts'
import { testSend } from './test-send.ts'
import { createViews } from './views.ts'

/** Puts the domain of campaigns together: drafts, estimates, checks, approvals, and the life of campaigns. */
export function createCampaigns(parts: CampaignParts): Campaigns {
  const { storage } = parts
  const life = createLife(parts)
  const views = createViews(parts)
  const estimates = createEstimates(parts)
  const review = createReview(parts, estimates)
  const approvals = createApprovals(parts, life, review, views)
  const subject = async (id: string) => subjectOf(parts, await life.load(storage.reader, id))

  return {
    state: (reader, id) => life.load(reader, id),
    listByStatus: life.listByStatus,
    move: life.move,
    onMoved: life.onMoved,
    afterMoved: life.afterMoved,
    savePlan: life.savePlan,
    handlers: {
      campaigns: {
        ...libraryHandlers(parts, life, views),
        ...launchHandlers(parts, { life, approvals, views, estimates }),
        estimate: async ({ id }) => estimates.of(await subject(id)),
        estimateAudience: ({ channel, audience, campaignId }) => estimates.ofAudience(channel, audience, campaignId),
        async checklist({ id }) {
          const { checks, ready } = await review.checks(await subject(id))
          return { checks, ready }
        },
        async missingValues({ id }) {
          const { recipients, fields } = await missingInAny(parts, await subject(id), 100_000)
          return { recipients, fields: fields.map(field => ({ ...field })) }
        },
        async testSend({ id, to, asContactId, channel }, { signal }) {
          const input = { to, asContactId, campaignId: id }
          const of = channelOf(await subject(id), channel)
          const results = await testSend(parts, of, input, signal ?? new AbortController().signal)
          return { results: results.map(result => ({ ...result })) }
        },
        requestApproval: (input, context) => approvals.request(input, context),
      },
      approvals: approvals.handlers,
    },
  }
}

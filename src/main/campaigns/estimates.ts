import type { Audience, CampaignDraft, Estimate } from '../../shared/contract/campaigns.ts'
import { CampaignDraft as CampaignDraftSchema } from '../../shared/contract/campaigns.ts'
import type { AudienceCount } from '../segments/index.ts'
import { messagesPerSecond, secondsNeeded } from './pace.ts'
import { scheduledTime } from './schedule.ts'
import { audienceOf, type CampaignParts, type CampaignSubject, subjectOf } from './subject.ts'

/** Estimates of campaigns and of audiences that are being put together. */
export interface Estimates {
  of(subject: CampaignSubject): Promise<Estimate>
  ofAudience(channel: CampaignDraft['channel'], audience: Audience, campaignId: string | null): Promise<Estimate>
}

// Enough for an average that does not move much; rendering them takes a few milliseconds.
const SAMPLE = 50

/** Makes estimates. Nothing is written. */
export function createEstimates(parts: CampaignParts): Estimates {
  const { kernel, storage, segments, templates } = parts

  /** Parts of an SMS a recipient, on average over the first of the audience; null where it does not apply. */
  async function segmentsPerMessage(subject: CampaignSubject): Promise<number | null> {
    const { content, fallbacks } = subject.draft
    if (content?.channel !== 'sms') return null
    if (templates.check(content, { category: subject.draft.category }).problems.some(isSyntax)) return null
    const compiled = templates.compile(content, fallbacks)
    for await (const page of audienceOf(segments, storage.reader, subject)) {
      const ids = page.filter(member => member.skip === null).map(member => member.contactId)
      if (ids.length === 0) continue
      const values = await templates.mergeValues(storage.reader, ids.slice(0, SAMPLE), subject.settings)
      const lengths = [...values.values()].flatMap(own => {
        const rendering = compiled.render(own)
        return rendering.kind === 'rendered' && rendering.message.channel === 'sms'
          ? [rendering.message.measure.segments]
          : []
      })
      if (lengths.length > 0) return lengths.reduce((sum, one) => sum + one, 0) / lengths.length
    }
    return null
  }

  async function of(subject: CampaignSubject): Promise<Estimate> {
    const { draft } = subject
    const count = await segments.count(storage.reader, draft.channel, draft.audience, subject.id ?? '')
    const perMessage = await segmentsPerMessage(subject)
    const time = scheduledTime(draft.schedule)
    const startsAt = time.kind === 'now' ? kernel.clock.now() : time.kind === 'at' ? time.at : null
    return estimate(subject, count, { segmentsPerMessage: perMessage, startsAt })
  }

  return {
    of,
    async ofAudience(channel, audience, campaignId) {
      const draft = CampaignDraftSchema.parse({ channel, audience })
      const subject = await subjectOf(parts, { id: campaignId, name: '', draft })
      const count = await segments.count(storage.reader, channel, audience, campaignId ?? '')
      return estimate(subject, count, { segmentsPerMessage: null, startsAt: null })
    },
  }
}

/** The figures of an estimate; prices are in ten-thousandths of a unit, the cost in hundredths. */
function estimate(
  subject: Pick<CampaignSubject, 'draft' | 'account' | 'settings'>,
  count: AudienceCount,
  known: { readonly segmentsPerMessage: number | null; readonly startsAt: number | null },
): Estimate {
  const { draft, account, settings } = subject
  const limits = account?.limits ?? null
  const perSecond = messagesPerSecond(limits, draft.ratePerSecond)
  const seconds = secondsNeeded(count.reached, limits, perSecond)
  const price =
    draft.channel === 'email'
      ? settings.rates.emailPerMessage
      : settings.rates.smsPerSegment * (known.segmentsPerMessage ?? 1)
  return {
    audience: count.audience,
    reached: count.reached,
    excluded: count.excluded,
    fallsOut: count.fallsOut.map(one => ({ ...one })),
    costMinor: (count.reached * price) / 100,
    segmentsPerMessage: known.segmentsPerMessage,
    currency: settings.currency,
    messagesPerSecond: perSecond,
    secondsNeeded: seconds,
    startsAt: known.startsAt,
    finishesAt: known.startsAt === null ? null : known.startsAt + Math.ceil(seconds * 1000),
  }
}

function isSyntax(problem: { readonly severity: string }): boolean {
  return problem.severity === 'error'
}

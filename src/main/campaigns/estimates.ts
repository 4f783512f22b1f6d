import type { Audience, CampaignDraft, ChannelEstimate, Estimate } from '../../shared/contract/campaigns.ts'
import { CampaignDraft as CampaignDraftSchema } from '../../shared/contract/campaigns.ts'
import { timeoutMs } from '../../shared/domain/channel-timeouts.ts'
import { unitPrice } from '../../shared/domain/message-price.ts'
import type { AudienceCount } from '../segments/index.ts'
import { messagesPerSecond, secondsNeeded } from './pace.ts'
import { scheduledTime } from './schedule.ts'
import { audienceOf, type CampaignParts, type CampaignSubject, channelsOf, subjectOf } from './subject.ts'

/** Estimates of campaigns and of audiences that are being put together. */
export interface Estimates {
  /** Who is reached, on any channel; the number that a launch confirms. The places of a social post. */
  count(subject: CampaignSubject): Promise<AudienceCount>
  of(subject: CampaignSubject): Promise<Estimate>
  ofAudience(channel: CampaignDraft['channel'], audience: Audience, campaignId: string | null): Promise<Estimate>
}

/** People on any channel, and on each in the order in which they are tried. */
interface Counts {
  readonly overall: AudienceCount
  readonly each: readonly AudienceCount[]
}

/** What is known of a channel besides who is reached. */
interface Channelled {
  readonly subject: CampaignSubject
  readonly count: AudienceCount
  readonly segmentsPerMessage: number | null
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

  async function counts(subject: CampaignSubject): Promise<Counts> {
    const { draft, destinations } = subject
    if (draft.channel === 'social') {
      const overall = { audience: destinations.length, reached: destinations.length, excluded: 0, fallsOut: [] }
      return { overall, each: [overall] }
    }
    if (subject.further.length === 0) {
      const overall = await segments.count(storage.reader, draft.channel, draft.audience, subject.id ?? '')
      return { overall, each: [overall] }
    }
    const channels = channelsOf(subject).map(one => one.draft.channel)
    const found = await segments.countChannels(storage.reader, channels, draft.audience, subject.id ?? '')
    return { overall: found.any, each: found.each }
  }

  return {
    count: async subject => (await counts(subject)).overall,
    async of(subject) {
      const { overall, each } = await counts(subject)
      const channels: Channelled[] = []
      for (const [n, one] of channelsOf(subject).entries()) {
        channels.push({ subject: one, count: each[n] ?? overall, segmentsPerMessage: await segmentsPerMessage(one) })
      }
      const time = scheduledTime(subject.draft.schedule)
      const startsAt = time.kind === 'now' ? kernel.clock.now() : time.kind === 'at' ? time.at : null
      return estimate(subject, overall, { channels, startsAt })
    },
    async ofAudience(channel, audience, campaignId) {
      const draft = CampaignDraftSchema.parse({ channel, audience })
      const subject = await subjectOf(parts, { id: campaignId, name: '', draft })
      const { overall } = await counts(subject)
      return estimate(subject, overall, {
        channels: [{ subject, count: overall, segmentsPerMessage: null }],
        startsAt: null,
      })
    },
  }
}

/** The figures of an estimate; prices are in ten-thousandths of a unit, the cost in hundredths. */
function estimate(
  subject: CampaignSubject,
  count: AudienceCount,
  known: { readonly channels: readonly Channelled[]; readonly startsAt: number | null },
): Estimate {
  const { draft, settings } = subject
  const channels = known.channels.map(channelEstimate)
  // All at once go side by side; those that follow each other need, at the latest, one after the other with their waits.
  const waits = channels.slice(0, -1).reduce((sum, one) => sum + one.timeoutMinutes * 60, 0)
  const inTurn = draft.mode === 'cascade' || draft.mode === 'backup'
  const seconds = Math.max(0, ...channels.map(one => one.secondsNeeded)) + (inTurn ? waits : 0)
  return {
    audience: count.audience,
    reached: count.reached,
    excluded: count.excluded,
    fallsOut: count.fallsOut.map(one => ({ ...one })),
    costMinor: channels.reduce((sum, one) => sum + one.costMinor, 0),
    segmentsPerMessage: channels[0]?.segmentsPerMessage ?? null,
    channels,
    currency: settings.currency,
    messagesPerSecond: paceOf(subject),
    secondsNeeded: seconds,
    startsAt: known.startsAt,
    finishesAt: known.startsAt === null ? null : known.startsAt + Math.ceil(seconds * 1000),
  }
}

function channelEstimate({ subject, count, segmentsPerMessage }: Channelled): ChannelEstimate {
  const { draft, account, settings } = subject
  const price = unitPrice(draft.channel, settings.rates) * (segmentsPerMessage ?? 1)
  const { channel } = draft
  return {
    channel,
    sender: account?.name ?? '',
    reached: count.reached,
    fallsOut: count.fallsOut.map(one => ({ ...one })),
    costMinor: (count.reached * price) / 100,
    segmentsPerMessage,
    // Places of a post are accounts of their own and take it side by side.
    secondsNeeded: channel === 'social' ? 0 : secondsNeeded(count.reached, account?.limits ?? null, paceOf(subject)),
    timeoutMinutes: channel === 'social' ? 0 : timeoutMs(channel, draft.timeoutMinutes) / 60_000,
  }
}

function paceOf({ account, draft }: CampaignSubject): number {
  return messagesPerSecond(account?.limits ?? null, draft.ratePerSecond)
}

function isSyntax(problem: { readonly severity: string }): boolean {
  return problem.severity === 'error'
}

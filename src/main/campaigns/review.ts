import type { Check, Estimate } from '../../shared/contract/campaigns.ts'
import type { RenderedMessage } from '../../shared/contract/message-content.ts'
import type { AudienceMember } from '../segments/index.ts'
import type { Reader } from '../storage/transaction.ts'
import { messageValues } from '../templates/index.ts'
import { type ChannelFacts, checklist, isReady } from './checklist.ts'
import type { Estimates } from './estimates.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint.ts'
import { missingValues } from './missing-values.ts'
import { scheduledTime } from './schedule.ts'
import { audienceOf, type CampaignParts, type CampaignSubject, channelsOf } from './subject.ts'

/** Looking a campaign over before it is sent. Nothing is written. */
export interface Review {
  checks(subject: CampaignSubject): Promise<{ checks: Check[]; ready: boolean; estimate: Estimate }>
  fingerprint(subject: CampaignSubject): Promise<Fingerprint>
  /** The message as recipients would see it: the first, one in the middle of the first page, and its last; on every channel. */
  samples(subject: CampaignSubject): Promise<readonly Sample[]>
}

interface Sample {
  readonly contactName: string
  readonly message: RenderedMessage
}

// The checklist is asked for after every change of a draft: a quarter of a second is what it may take.
const LOOKED_AT = 20_000

/** Makes reviews from a campaign's subject. */
export function createReview(parts: CampaignParts, estimates: Estimates): Review {
  const { kernel, storage, templates, segments, integrations } = parts

  async function customFields(reader: Reader): Promise<ReadonlySet<string>> {
    const fields = await templates.fields(reader)
    return new Set(fields.filter(field => field.group === 'custom').map(field => field.name))
  }

  return {
    async checks(subject) {
      const estimate = await estimates.of(subject)
      const checks = checklist({
        ...(await channelFacts(subject)),
        further: await Promise.all(subject.further.map(channelFacts)),
        estimate,
        time: scheduledTime(subject.draft.schedule),
        now: kernel.clock.now(),
      })
      return { checks: [...checks], ready: isReady(checks), estimate }
    },

    fingerprint: subject => fingerprintOf(subject, everybody(subject)),

    async samples(subject) {
      const all: Sample[] = []
      for (const one of channelsOf(subject)) all.push(...(await samplesOf(one)))
      return all
    },
  }

  async function* everybody(subject: CampaignSubject): AsyncGenerator<readonly AudienceMember[], void> {
    for (const one of channelsOf(subject)) yield* audienceOf(segments, storage.reader, one)
  }

  async function channelFacts(subject: CampaignSubject): Promise<ChannelFacts> {
    const { content, category } = subject.draft
    const found = content
      ? templates.check(content, {
          category,
          customFields: await customFields(storage.reader),
          ...(subject.destinations.length > 0 ? { networks: subject.destinations.map(one => one.provider) } : {}),
        })
      : { problems: [], fields: [] }
    const missing = await missingValues(parts, subject, LOOKED_AT)
    // A service is asked only about a message that has no mistakes of its own.
    const isSound = found.problems.every(problem => problem.severity !== 'error')
    const { account } = subject
    const objections = content && account && isSound ? await integrations.objections(account.id, content) : []
    return { subject, problems: [...found.problems, ...objections], fields: found.fields, missing }
  }

  async function samplesOf(subject: CampaignSubject): Promise<readonly Sample[]> {
    const { content, fallbacks } = subject.draft
    if (!content) return []
    const compiled = templates.compile(content, fallbacks)
    if (content.channel === 'social') {
      const values = templates.placeValues(subject.settings)
      return subject.destinations.flatMap(({ id, name }) => {
        const rendering = compiled.render(values, perMessage(subject, `review-${id}`))
        return rendering.kind === 'rendered' ? [{ contactName: name, message: rendering.message }] : []
      })
    }
    for await (const page of audienceOf(segments, storage.reader, subject)) {
      const reached = page.filter(member => member.skip === null).map(member => member.contactId)
      const ids = [...new Set([reached[0], reached[Math.floor(reached.length / 2)], reached.at(-1)])]
      const chosen = ids.filter(id => id !== undefined)
      if (chosen.length === 0) continue
      const values = await templates.mergeValues(storage.reader, chosen, subject.settings)
      return [...values].flatMap(([id, own]) => {
        const rendering = compiled.render(own, perMessage(subject, `review-${id}`))
        const name = [own.full_name, own.email, own.phone].find(text => typeof text === 'string' && text !== '')
        const contactName = typeof name === 'string' ? name : ''
        return rendering.kind === 'rendered' ? [{ contactName, message: rendering.message }] : []
      })
    }
    return []
  }
}

/** The merge values of one message of a campaign. */
export function perMessage(subject: CampaignSubject, messageId: string): Readonly<Record<string, string>> {
  return messageValues({
    messageId,
    campaignName: subject.name,
    fromName: subject.fromName,
    fromAddress: subject.account?.fromAddress ?? '',
  })
}

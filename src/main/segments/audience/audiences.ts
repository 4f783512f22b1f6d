import type { Audience, SkipReason } from '../../../shared/contract/campaigns.ts'
import type { Channel } from '../../../shared/contract/define.ts'
import { AppError } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { Handlers } from '../../request.ts'
import type { Reader } from '../../storage/transaction.ts'
import type { Asking } from '../asking.ts'
import { createFreshFigures } from '../fresh-figures.ts'
import type { AudienceCount, AudienceMember, AudienceStanding } from '../index.ts'
import { personStore, personView } from '../person-store.ts'
import type { Ask } from '../rule/ask.ts'
import { type NamedSetting, type SegmentParts, settingFor } from '../settings.ts'
import { type AudienceAsk, audienceAsk, rulesOf } from './audience-ask.ts'
import { type AudienceQuestion, audienceStore, type FallStep, ORDER, type StepRow } from './audience-store.ts'

type All = Handlers<(typeof contract)['segments']>

/** Who an audience means, and who of them is reached. */
export interface Audiences {
  prepare(reader: Reader, audience: Audience): Promise<void>
  members(
    reader: Reader,
    channel: Channel,
    audience: Audience,
    afterContactId: string,
    limit: number,
    campaignId?: string,
  ): Promise<readonly AudienceMember[]>
  count(reader: Reader, channel: Channel, audience: Audience, campaignId?: string): Promise<AudienceCount>
  countChannels(
    reader: Reader,
    channels: readonly Channel[],
    audience: Audience,
    campaignId?: string,
  ): Promise<{ readonly any: AudienceCount; readonly each: readonly AudienceCount[] }>
  standing(
    reader: Reader,
    channel: Channel,
    audience: Audience,
    contactId: string,
    campaignId: string,
  ): Promise<AudienceStanding | null>
  readonly handlers: Pick<All, 'reach' | 'reachPeople'>
}

const SKIPS = [
  'no_address',
  'invalid_address',
  'erased',
  'complained',
  'unsubscribed',
  'do_not_call',
  'hard_bounced',
  'suppressed',
  'consent_denied',
  'list_unsubscribed',
  'duplicate_address',
] as const satisfies readonly SkipReason[]

/** Audiences of a workspace. They hold no state of their own. */
export function createAudiences(parts: SegmentParts, asking: Asking): Audiences {
  const figures = createFreshFigures(parts)

  async function read(
    reader: Reader,
    audience: Audience,
  ): Promise<{ setting: NamedSetting; ask: AudienceAsk; asks: readonly Ask[] }> {
    const setting = await settingFor(parts, reader, rulesOf(audience))
    const ask = audienceAsk(audience, setting)
    const asks = [...(ask.chosen === null ? [] : [ask.chosen]), ...ask.excluded.map(one => one.ask)]
    return { setting, ask, asks }
  }

  async function begin(reader: Reader, audience: Audience): Promise<void> {
    await figures.begin((await read(reader, audience)).asks)
  }

  async function questionOf(
    reader: Reader,
    channel: Channel,
    audience: Audience,
    campaignId: string,
  ): Promise<AudienceQuestion> {
    const { setting, ask, asks } = await read(reader, audience)
    return {
      channel,
      audience,
      ask,
      plan: await asking.plan(reader, asks, 'always'),
      now: setting.today.now,
      campaignId,
    }
  }

  return {
    async prepare(reader, audience) {
      await figures.wait((await read(reader, audience)).asks)
    },

    async members(reader, channel, audience, afterContactId, limit, campaignId = '') {
      const question = await questionOf(reader, channel, audience, campaignId)
      const found: AudienceMember[] = []
      let after = afterContactId
      // A page of candidates shrinks when exclusions are taken out, so further pages are read until it is full again.
      while (found.length < limit) {
        const ids = await audienceStore.candidates(reader, question, after, limit - found.length)
        const last = ids.at(-1)
        if (last === undefined) break
        found.push(...(await audienceStore.members(reader, question, ids)))
        after = last
      }
      return found
    },

    async standing(reader, channel, audience, contactId, campaignId) {
      const row = await audienceStore.standing(
        reader,
        await questionOf(reader, channel, audience, campaignId),
        contactId,
      )
      if (row === null) return null
      const { address, isChosen, exclusion, skip, duplicate } = row
      return { address, isChosen: isChosen === 1, exclusion, skip: skip ?? duplicate }
    },

    async count(reader, channel, audience, campaignId = '') {
      await begin(reader, audience)
      return summarise(await audienceStore.steps(reader, await questionOf(reader, channel, audience, campaignId)))
    },

    async countChannels(reader, channels, audience, campaignId = '') {
      await begin(reader, audience)
      const questions: AudienceQuestion[] = []
      for (const channel of channels) questions.push(await questionOf(reader, channel, audience, campaignId))
      const rows = await audienceStore.fates(reader, questions)
      const on = (n: number) => tally(rows.map(({ fates, people }) => ({ step: fates[n] ?? null, people })))
      // Who is reached on no channel falls out for the reason on the first that she is not kept out of.
      const any = rows.map(({ fates, people }) => ({
        step: fates.includes(null) ? null : (fates.find(step => step !== null && isSkip(step)) ?? fates[0] ?? null),
        people,
      }))
      return { any: tally(any), each: channels.map((_, n) => on(n)) }
    },

    handlers: {
      async reach({ channel, audience, campaignId }, { signal }) {
        await begin(parts.storage.reader, audience)
        const rows = await parts.storage.heavy.run(signal, async reader =>
          audienceStore.steps(reader, await questionOf(reader, channel, audience, campaignId ?? '')),
        )
        return waterfall(rows)
      },

      async reachPeople({ channel, audience, campaignId, step, after, limit }, { signal }) {
        const from = Number(after === '' ? 0 : after)
        if (!Number.isSafeInteger(from)) throw new AppError('invalid_input', 'That page does not exist. Begin again.')
        return parts.storage.heavy.run(signal, async reader => {
          const question = await questionOf(reader, channel, audience, campaignId ?? '')
          const nos = await audienceStore.peopleAt(reader, question, step, from, limit)
          const rows = await personStore.byNo(reader, nos)
          return { people: rows.map(personView), next: nos.length < limit ? null : String(nos.at(-1) ?? '') }
        })
      },
    },
  }
}

function isExclusion(step: FallStep): boolean {
  return ORDER.some(one => one === step)
}

function isSkip(step: FallStep): step is SkipReason {
  return !isExclusion(step)
}

/** People by step, with those who share an address with somebody before them as a step of their own. */
function people(rows: readonly StepRow[]): {
  readonly byStep: ReadonlyMap<FallStep, number>
  readonly reached: number
} {
  const reachable = rows.find(row => row.step === null)
  const reached = reachable?.addresses ?? 0
  const byStep = new Map(rows.flatMap(row => (row.step === null ? [] : [[row.step, row.people] as const])))
  const repeated = (reachable?.people ?? 0) - reached
  return { byStep: repeated > 0 ? new Map([...byStep, ['duplicate_address', repeated]]) : byStep, reached }
}

function summarise(rows: readonly StepRow[]): AudienceCount {
  const { byStep, reached } = people(rows)
  const excluded = [...byStep].reduce((sum, [step, count]) => sum + (isExclusion(step) ? count : 0), 0)
  const fallsOut = [...byStep].flatMap(([step, count]) => (isSkip(step) ? [{ reason: step, count }] : []))
  fallsOut.sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
  return { audience: rows.reduce((sum, row) => sum + row.people, 0) - excluded, excluded, reached, fallsOut }
}

/** Adds up who falls out where; null is nowhere. */
function tally(rows: readonly { readonly step: FallStep | null; readonly people: number }[]): AudienceCount {
  const sums = new Map<FallStep | null, number>()
  for (const { step, people: count } of rows) sums.set(step, (sums.get(step) ?? 0) + count)
  const steps = [...sums].map(([step, count]) => ({ step, people: count, addresses: step === null ? count : 0 }))
  return summarise(steps)
}

function waterfall(rows: readonly StepRow[]) {
  const { byStep, reached } = people(rows)
  const chosen = rows.reduce((sum, row) => sum + row.people, 0)
  let left = chosen
  const steps = [...ORDER, ...SKIPS].flatMap(step => {
    const count = byStep.get(step) ?? 0
    if (count === 0) return []
    left -= count
    return [{ step, people: count, left }]
  })
  return { chosen, steps, reached }
}

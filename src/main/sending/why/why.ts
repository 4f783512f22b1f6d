import { CampaignDraft } from '../../../shared/contract/campaigns.ts'
import { CampaignId, type Channel, ContactId, MessageId } from '../../../shared/contract/define.ts'
import { notFound } from '../../../shared/contract/failure.ts'
import { type Why, type WhyLink, WhyRule } from '../../../shared/contract/why.ts'
import { type CampaignState, type Campaigns, stepsOf } from '../../campaigns/index.ts'
import type { Compliance } from '../../compliance/index.ts'
import type { Segments } from '../../segments/index.ts'
import type { Reader } from '../../storage/transaction.ts'
import { reasonLabel } from '../reasons.ts'
import { audienceLinks, changeOf, factLink, passes, ruleOf, stops } from './why-links.ts'
import { whyStore } from './why-store.ts'

/** What an explanation is made from. */
export interface WhyParts {
  readonly campaigns: Pick<Campaigns, 'state'>
  readonly segments: Pick<Segments, 'standing'>
  readonly compliance: Pick<Compliance, 'explain'>
}

type Message = Awaited<ReturnType<typeof whyStore.messages>>[number]

/** A channel of a campaign. */
interface Part {
  readonly step: number
  readonly channel: Channel
  readonly senderId: string | null
}

/**
 * Why a contact got a campaign, gets it, or does not: every rule in the order in which it counts. What is past comes from what
 * was written down then, what is still open from the rules as they are now. A handful of look-ups by key, whatever the size.
 */
export async function whyOf(parts: WhyParts, reader: Reader, campaignId: string, contactId: string): Promise<Why> {
  const campaign = await parts.campaigns.state(reader, campaignId)
  const text = await whyStore.draft(reader, campaignId)
  const draft = campaign.frozen?.draft ?? CampaignDraft.parse(JSON.parse(text ?? '{}'))
  const person = await whyStore.person(reader, contactId)
  const messages = await whyStore.messages(reader, campaignId, person?.id ?? contactId)
  if (person === undefined && messages.length === 0) throw notFound('contact', contactId)
  const id = person?.id ?? contactId
  const channels: Why['channels'] = []
  for (const part of partsOf(campaign, draft)) {
    const own = messages.filter(message => message.step === part.step)
    if (own.length === 0) channels.push(await withoutMessage(parts, reader, campaign, draft, part, id))
    for (const message of own) channels.push(await withMessage(parts, reader, campaign, draft, message, id))
  }
  const name = person?.name ?? ''
  return {
    contactId: ContactId.parse(id),
    name,
    campaignId: CampaignId.parse(campaignId),
    campaignName: campaign.name,
    status: campaign.status,
    answer:
      channels.find(one => one.state === 'accepted')?.answer ?? channels[0]?.answer ?? 'The campaign has no channel.',
    channels,
  }
}

function partsOf(campaign: CampaignState, draft: CampaignDraft): readonly Part[] {
  if (campaign.frozen !== null) return stepsOf(campaign.frozen)
  const first = { step: 1, channel: draft.channel, senderId: draft.senderId }
  return [first, ...draft.further.map((one, n) => ({ step: n + 2, channel: one.channel, senderId: one.senderId }))]
}

async function withoutMessage(
  parts: WhyParts,
  reader: Reader,
  campaign: CampaignState,
  draft: CampaignDraft,
  part: Part,
  contactId: string,
): Promise<Why['channels'][number]> {
  const { channel } = part
  const standing = await parts.segments.standing(reader, channel, draft.audience, contactId, campaign.id)
  const address = standing?.address ?? ''
  const of = { channel, campaignId: campaign.id, contactId, messageId: '', address }
  const facts = standing === null || address === '' ? [] : await parts.compliance.explain(reader, of)
  const isPlanned = campaign.planState === 'done'
  const state: WhyLink = isPlanned
    ? stops(
        'campaign',
        'Planned to the end without her',
        'A new campaign, or “send to those who did not get it”.',
        'record',
      )
    : passes('campaign', `The campaign is ${campaign.status.replaceAll('_', ' ')}`, 'now')
  const links = inOrder([...audienceLinks(standing, false, null), ...facts.map(factLink)])
  const decisive =
    links.find(one => one.effect === 'stops') ?? (isPlanned ? state : links.find(one => one.effect === 'waits'))
  const marked = [state, ...links].map(one => (one === decisive ? decided(one) : one))
  const words = decisive === undefined ? 'nothing holds it back' : decisive.value
  return {
    channel,
    messageId: null,
    address,
    state: '',
    answer: isPlanned
      ? `She got no message by ${channel}: ${words}.`
      : decisive?.effect === 'stops'
        ? `As things are now she would get nothing by ${channel}: ${words}.`
        : `As things are now she would get it by ${channel}: ${words}.`,
    links: marked,
  }
}

async function withMessage(
  parts: WhyParts,
  reader: Reader,
  campaign: CampaignState,
  draft: CampaignDraft,
  message: Message,
  contactId: string,
): Promise<Why['channels'][number]> {
  const lines = await whyStore.lines(reader, message.id)
  const attempts = await whyStore.attempts(reader, message.id)
  const isOpen = ['waiting', 'ready', 'claimed', 'attempting'].includes(message.state)
  const links: WhyLink[] = [
    campaign.status === 'paused' && isOpen
      ? stops('campaign', 'The campaign is paused', 'Resume the campaign.', 'now')
      : passes('campaign', `The campaign is ${campaign.status.replaceAll('_', ' ')}`, 'now'),
    ...audienceLinks(null, true, message.createdAt),
    passes('address', message.address, 'record', message.createdAt),
  ]
  if (isOpen) {
    const of = {
      channel: message.channel,
      campaignId: campaign.id,
      contactId,
      messageId: message.id,
      address: message.address,
    }
    links.push(...(await parts.compliance.explain(reader, of)).map(factLink))
    links.push(...(await queueLinks(reader, campaign, draft, message)))
  }
  for (const line of lines) links.push(...lineLinks(line))
  for (const one of attempts) {
    links.push({
      rule: 'attempt',
      effect: one.outcome === 'accepted' ? 'passes' : one.outcome === 'rejected' ? 'stops' : 'waits',
      value: `Attempt ${one.n}: ${one.outcome ?? 'on its way'}${one.reply ? `. The server said: ${[one.code, one.reply].filter(Boolean).join(' ')}` : ''}`,
      at: one.endedAt ?? one.startedAt,
      until: null,
      change: one.class === null ? '' : changeOf(one.class),
      basis: 'record',
    })
  }
  const label = reasonLabel(message.state, message.reason)
  const end: WhyLink = {
    rule: isOpen ? 'outcome' : message.state === 'accepted' ? 'outcome' : ruleOf(message.reason),
    effect: isOpen ? 'waits' : 'decided',
    value: label,
    at: message.updatedAt,
    until: message.state === 'ready' ? message.dueAt : null,
    change: message.state === 'accepted' ? '' : changeOf(message.reason),
    basis: 'record',
  }
  const holding = isOpen ? links.find(one => one.basis === 'now' && one.effect !== 'passes') : undefined
  const all = inOrder([...links, end]).map(one => (one === holding ? decided(one) : one))
  return {
    channel: message.channel,
    messageId: MessageId.parse(message.id),
    address: message.address,
    state: message.state,
    answer: answerOf(message, holding?.value ?? label),
    links: all,
  }
}

/** What waits for other reasons than the person: the account, and campaigns that go first. */
async function queueLinks(
  reader: Reader,
  campaign: CampaignState,
  draft: CampaignDraft,
  message: Message,
): Promise<readonly WhyLink[]> {
  const ahead = await whyStore.ahead(reader, campaign.id, message.senderId, draft.priority)
  const account = await whyStore.account(reader, message.senderId)
  const links: WhyLink[] = [
    ahead.length === 0
      ? passes('priority', 'No campaign of a higher priority is before it', 'now')
      : { ...stops('priority', `“${ahead.join('”, “')}” go first`, 'A higher priority.', 'now'), effect: 'waits' },
  ]
  if (account !== undefined) {
    const isFree = account.state === 'running'
    links.push(
      isFree
        ? passes('account', `${account.name} is sending`, 'now')
        : {
            ...stops(
              'account',
              `${account.name} is ${account.state.replaceAll('_', ' ')}. ${account.reason}`.trim(),
              'Resume the account.',
              'now',
            ),
            effect: 'waits',
            until: account.until,
          },
    )
  }
  if (message.state === 'waiting') {
    links.push({
      ...stops('mode', 'Waits for the channel before it', 'That channel fails, or its time is over.', 'now'),
      effect: 'waits',
    })
  }
  return links
}

/** Lines of the ledger that say more than the attempts do. */
function lineLinks({
  kind,
  at,
  data,
}: {
  readonly kind: string
  readonly at: number
  readonly data: string
}): readonly WhyLink[] {
  const { reason = '', until = null } = readData(data)
  if (kind === 'postponed') {
    const link = stops(
      ruleOf(reason),
      `Put off: ${reason === 'frequency_cap' ? 'she had enough messages' : 'not at this hour'}`,
      changeOf(reason),
      'record',
      at,
    )
    return [{ ...link, effect: 'waits', until }]
  }
  if (kind === 'resolved') return [passes('outcome', 'A person decided about it', 'record', at)]
  if (kind === 'bounced')
    return [stops('outcome', 'It came back after it was accepted', 'Another address.', 'record', at)]
  if (kind === 'opened' || kind === 'clicked' || kind === 'unsubscribed' || kind === 'complained') {
    return [
      passes(
        'outcome',
        `She ${kind === 'complained' ? 'complained' : kind} it`.replace('unsubscribed it', 'unsubscribed'),
        'record',
        at,
      ),
    ]
  }
  return []
}

function readData(text: string): { reason?: string; until?: number | null } {
  const data: unknown = JSON.parse(text)
  if (typeof data !== 'object' || data === null) return {}
  const reason = 'reason' in data && typeof data.reason === 'string' ? data.reason : ''
  const until = 'until' in data && typeof data.until === 'number' ? data.until : null
  return { reason, until }
}

function decided(link: WhyLink): WhyLink {
  return { ...link, effect: 'decided' }
}

function answerOf(message: Message, words: string): string {
  const by = `by ${message.channel}`
  switch (message.state) {
    case 'accepted':
      return `She got it ${by}: the server accepted it.`
    case 'unknown':
      return `Nobody knows whether it arrived ${by}: ${words}.`
    case 'rejected':
    case 'skipped':
    case 'cancelled':
      return `She did not get it ${by}: ${words}.`
    default:
      return `She has not got it yet ${by}: ${words}.`
  }
}

function inOrder(links: readonly WhyLink[]): readonly WhyLink[] {
  return links.toSorted(
    (a, b) => WhyRule.options.indexOf(a.rule) - WhyRule.options.indexOf(b.rule) || (a.at ?? 0) - (b.at ?? 0),
  )
}

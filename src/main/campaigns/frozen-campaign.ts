import { z } from 'zod'
import { CampaignDraft } from '../../shared/contract/campaigns.ts'
import { type Channel, PersonChannel } from '../../shared/contract/define.ts'
import { MessageContent } from '../../shared/contract/message-content.ts'
import { timeoutMs } from '../../shared/domain/channel-timeouts.ts'

const FrozenChannel = z.object({
  channel: PersonChannel,
  content: MessageContent,
  senderId: z.string(),
  fromName: z.string(),
  replyTo: z.string(),
  timeoutMs: z.number().int().positive(),
})

/** What exactly is sent and to whom: fixed at launch, never changed afterwards. Stored as JSON in campaigns.frozen. */
export const FrozenCampaign = z.object({
  content: MessageContent,
  fallbacks: z.record(z.string(), z.string()),
  draft: CampaignDraft,
  senderId: z.string(),
  fromName: z.string(),
  replyTo: z.string(),
  further: z
    .array(FrozenChannel)
    .default([])
    .describe('The channels after the first; their messages have step 2, 3, …'),
  destinations: z
    .array(z.object({ senderId: z.string(), name: z.string() }))
    .default([])
    .describe('Where a social post goes; the names differ from each other'),
})
export type FrozenCampaign = Readonly<z.infer<typeof FrozenCampaign>>

/** One way that a campaign writes to people; step 1 is the first that is tried. */
export interface CampaignStep {
  readonly step: number
  readonly channel: Channel
  readonly senderId: string
  /** How long a cascade waits for delivery, ms. */
  readonly timeoutMs: number
}

/** The channels of a campaign in the order in which they are tried. */
export function stepsOf(frozen: FrozenCampaign): readonly CampaignStep[] {
  const { content, senderId, draft, further } = frozen
  const { channel } = content
  const first = { channel, senderId, timeoutMs: channel === 'social' ? 0 : timeoutMs(channel, draft.timeoutMinutes) }
  return [first, ...further].map((one, n) => ({
    step: n + 1,
    channel: one.channel,
    senderId: one.senderId,
    timeoutMs: one.timeoutMs,
  }))
}

/** A campaign as one of its accounts sees it: with the message and the sender of the channel that leaves by it. */
export function asSentBy(frozen: FrozenCampaign, senderId: string): FrozenCampaign {
  const part = frozen.further.find(one => one.senderId === senderId)
  if (part === undefined) return frozen
  const { content, fromName, replyTo } = part
  return { ...frozen, content, senderId, fromName, replyTo }
}

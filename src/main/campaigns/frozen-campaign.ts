import { z } from 'zod'
import { CampaignDraft } from '../../shared/contract/campaigns.ts'
import { PersonChannel } from '../../shared/contract/define.ts'
import { MessageContent } from '../../shared/contract/message-content.ts'

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
})
export type FrozenCampaign = Readonly<z.infer<typeof FrozenCampaign>>

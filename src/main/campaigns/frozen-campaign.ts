import { z } from 'zod'
import { CampaignDraft } from '../../shared/contract/campaigns.ts'
import { MessageContent } from '../../shared/contract/templates.ts'

/** What exactly is sent and to whom: fixed at launch, never changed afterwards. Stored as JSON in campaigns.frozen. */
export const FrozenCampaign = z.object({
  content: MessageContent,
  fallbacks: z.record(z.string(), z.string()),
  draft: CampaignDraft,
  senderId: z.string(),
  fromName: z.string(),
  replyTo: z.string(),
})
export type FrozenCampaign = Readonly<z.infer<typeof FrozenCampaign>>

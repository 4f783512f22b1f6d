import { z } from 'zod'
import { CampaignStatus } from '../domain/campaign-status.ts'
import { CampaignId, Channel, ContactId, Instant, MessageId } from './define.ts'

/** The rules that are looked at, in their order. */
export const WhyRule = z.enum([
  'campaign',
  'person',
  'audience',
  'exclusion',
  'address',
  'suppression',
  'consent',
  'list',
  'duplicate',
  'frequency',
  'hours',
  'priority',
  'account',
  'mode',
  'attempt',
  'outcome',
])
export type WhyRule = z.infer<typeof WhyRule>

/** One link of the chain of rules. */
export const WhyLink = z.object({
  rule: WhyRule,
  effect: z
    .enum(['passes', 'waits', 'stops', 'decided'])
    .describe('decided: this rule made it what it is; waits and stops: it holds back, or would'),
  value: z.string().describe('What was seen, for a person'),
  at: Instant.nullable().describe('When it was seen or became so'),
  until: Instant.nullable().describe('When it lets the message go'),
  change: z.string().describe('What would have changed it; empty where nothing has to change'),
  basis: z.enum(['record', 'now']).describe('From what was written down then, or from the rules as they are now'),
})
export type WhyLink = z.infer<typeof WhyLink>

/** Why a contact got a campaign, gets it, or does not. */
export const Why = z.object({
  contactId: ContactId.describe('Who she is now'),
  name: z.string(),
  campaignId: CampaignId,
  campaignName: z.string(),
  status: CampaignStatus,
  answer: z.string().describe('In one sentence'),
  channels: z.array(
    z.object({
      channel: Channel,
      messageId: MessageId.nullable().describe('null: there is no message for her'),
      address: z.string(),
      state: z.string().describe('State of the message; empty without one'),
      answer: z.string(),
      links: z.array(WhyLink),
    }),
  ),
})
export type Why = z.infer<typeof Why>

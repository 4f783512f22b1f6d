import { z } from 'zod'
import { CampaignStatus } from '../domain/campaign-status.ts'
import { CampaignId, Channel, ContactId, Count, command, Download, Instant, MessageId, Page, query } from './define.ts'
import { sendingLive } from './sending-live.ts'
import { Why } from './why.ts'

export const MessageState = z.enum([
  'waiting',
  'ready',
  'claimed',
  'attempting',
  'accepted',
  'rejected',
  'unknown',
  'skipped',
  'cancelled',
])
export type MessageState = z.infer<typeof MessageState>

/** Counts of a campaign's messages: audience = sent + failed + skipped + pending + unknown, at every moment. */
export const MessageCounts = z.object({
  audience: Count,
  sent: Count,
  failed: Count,
  skipped: Count.describe('Skipped or cancelled'),
  pending: Count,
  unknown: Count,
})
export type MessageCounts = z.infer<typeof MessageCounts>

export const Progress = z.object({
  status: CampaignStatus,
  statusReason: z.string(),
  planning: z.boolean(),
  counts: MessageCounts,
  retrying: Count.describe('Pending after a refused attempt'),
  ratePerSecond: z.number().min(0).describe('Over the last 10 seconds'),
  limitPerSecond: z.number().min(0).nullable(),
  secondsLeft: z.number().min(0).nullable(),
  nextDueAt: Instant.nullable(),
  holdUp: z.string().describe('What keeps messages back, for a person; empty when nothing does'),
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  errors: z.array(z.object({ class: z.string(), code: z.string(), reply: z.string(), count: Count, lastAt: Instant })),
})
export type Progress = z.infer<typeof Progress>

export const Recipient = z.object({
  messageId: MessageId,
  contactId: ContactId,
  name: z.string(),
  address: z.string(),
  channel: Channel,
  step: z.number().int().min(1).describe('1 is the first channel of the campaign'),
  state: MessageState,
  reason: z.string(),
  reasonText: z.string().describe('The reason for a person'),
  attempts: Count,
  updatedAt: Instant,
  openedAt: Instant.nullable(),
  clickedAt: Instant.nullable(),
})
export type Recipient = z.infer<typeof Recipient>

const Bucket = z.object({
  at: Instant,
  accepted: Count,
  rejected: Count,
  deferred: Count,
  opened: Count,
  clicked: Count,
})

const ChannelReport = z.object({
  step: z.number().int().min(1),
  channel: Channel,
  counts: MessageCounts,
  undelivered: Count.describe('Accepted, and came back or never arrived'),
  reached: Count.describe('Accepted, and nothing says that it did not arrive'),
  costMinor: z.number().min(0),
})

/** The figures of a campaign. Rates are fractions, null when the denominator is 0 (standards.md 8.1). */
export const Report = z.object({
  counts: MessageCounts,
  attempted: Count,
  accepted: Count,
  bounced: Count,
  delivered: Count.describe('Accepted and not bounced'),
  opened: Count.describe('People with an open or a click'),
  clicked: Count.describe('People with a click'),
  unsubscribed: Count,
  complained: Count,
  costMinor: z.number().min(0),
  currency: z.string(),
  rates: z.object({
    acceptance: z.number().nullable(),
    delivery: z.number().nullable(),
    open: z.number().nullable(),
    click: z.number().nullable(),
    unsubscribe: z.number().nullable(),
  }),
  bucketMs: z.number().int().positive(),
  channels: z
    .array(ChannelReport)
    .describe('By channel, in the order in which they are tried; empty when there is one'),
  overTime: z.array(Bucket),
  outcomes: z.array(z.object({ state: z.string(), reason: z.string(), label: z.string(), count: Count })),
  heat: z
    .array(z.object({ weekday: z.number().int().min(1).max(7), hour: z.number().int().min(0).max(23), count: Count }))
    .describe(
      'Opens and clicks by hour and weekday (1 = Monday) in the zone of the workspace; accepted messages where there are none',
    ),
  heatOf: z.enum(['engagement', 'accepted']),
  topErrors: z.array(z.object({ label: z.string(), count: Count })),
})
export type Report = z.infer<typeof Report>

export const sending = {
  ...sendingLive,
  progress: query('How a campaign is getting on', z.object({ campaignId: CampaignId }), Progress),
  recipients: query(
    'Recipients with status and reason',
    z.object({
      campaignId: CampaignId,
      state: z.enum(['all', 'sent', 'failed', 'skipped', 'pending', 'unknown', 'opened', 'clicked']).default('all'),
      search: z.string().max(200).default(''),
      ...Page.shape,
    }),
    z.object({ rows: z.array(Recipient), total: Count }),
  ),
  ofContact: query(
    'The newest campaigns that chose a contact, and what became of each message; also of those merged into her',
    z.object({ contactId: ContactId, limit: z.number().int().min(1).max(100).default(10) }),
    z.object({
      rows: z.array(
        Recipient.omit({ contactId: true, name: true }).extend({ campaignId: CampaignId, campaignName: z.string() }),
      ),
    }),
  ),
  why: query(
    'Why a contact got a campaign, gets it, or does not: every rule in order, and what would have changed it',
    z.object({ campaignId: CampaignId, contactId: ContactId }),
    Why,
  ),
  export: command(
    'Writes the recipients with status and reason to a CSV file',
    'contacts.export',
    z.object({ campaignId: CampaignId, safeForSpreadsheets: z.boolean().default(true) }),
    Download,
  ),
  resolveUnknown: command(
    'Decides about messages whose fate is not known: treat them as sent, or send them again',
    'campaigns.send',
    z.object({
      campaignId: CampaignId,
      messageIds: z.array(MessageId).min(1).max(10_000).nullable().describe('null means all of them'),
      decision: z.enum(['treat_as_sent', 'send_again']),
    }),
    z.object({ resolved: Count }),
  ),
  retryPreview: query(
    'How many messages would be sent again: those refused for a passing reason, and all that never left and could go now',
    z.object({ campaignId: CampaignId }),
    z.object({ failed: Count, missed: Count }),
  ),
  retry: command(
    'Sends again what provably never left: what failed for a passing reason, or all that did not get it and could. `expected` is the number that the person saw',
    'campaigns.send',
    z.object({ campaignId: CampaignId, which: z.enum(['failed', 'missed']), expected: Count }),
    z.object({ reopened: Count }),
  ),
}

export const analytics = {
  campaign: query('The figures and charts of a campaign', z.object({ campaignId: CampaignId }), Report),
}

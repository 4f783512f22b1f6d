import { z } from 'zod'
import { CampaignStatus } from '../domain/campaign-status.ts'
import { SegmentRule } from '../domain/segment-rule.ts'
import {
  ApprovalId,
  CampaignId,
  Channel,
  ContactId,
  Count,
  command,
  Done,
  Instant,
  Line,
  ListId,
  Page,
  PersonChannel,
  query,
  SegmentId,
  SenderId,
  TagId,
  TemplateId,
} from './define.ts'
import { MessageContent, RenderedMessage } from './message-content.ts'

const some = <T extends z.ZodType>(id: T) => z.array(id).max(100).default([])

/** People whom a campaign leaves alone although they were chosen. */
export const ExclusionRules = z.object({
  inRunningCampaign: z
    .boolean()
    .default(false)
    .describe('Written to, or waiting to be, by another campaign that is running or paused'),
  messagedWithinHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 365)
    .nullable()
    .default(null)
    .describe('Got a message on any channel in the last hours, or may have got one'),
  customers: z.boolean().default(false).describe('Have a paid order'),
  unsubscribedFrom: z
    .enum(['marketing', 'transactional'])
    .nullable()
    .default(null)
    .describe('Unsubscribed from a campaign of the category, whatever address they have now'),
  withoutConsent: z.boolean().default(false).describe('Never granted consent for the channel; a refusal always counts'),
})
export type ExclusionRules = z.infer<typeof ExclusionRules>

/** Who gets a campaign: contacts in any of what is named, or everybody; minus the excluded. */
export const Audience = z.object({
  everyone: z.boolean().default(false),
  leads: z.boolean().default(false).describe('Contacts with a lead status and without a paid order'),
  customers: z.boolean().default(false).describe('Contacts with a paid order'),
  listIds: some(ListId),
  tagIds: some(TagId),
  segmentIds: some(SegmentId),
  rule: SegmentRule.nullable().default(null).describe('People whom a rule of its own finds'),
  contactIds: z.array(ContactId).max(10_000).default([]),
  excludeListIds: some(ListId),
  excludeTagIds: some(TagId),
  excludeSegmentIds: some(SegmentId),
  excludeRule: SegmentRule.nullable().default(null),
  exclusions: ExclusionRules.default(() => ExclusionRules.parse({})),
})
export type Audience = z.infer<typeof Audience>

export const Schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('now') }),
  z.object({
    kind: z.literal('at'),
    /** Wall-clock time in the zone, YYYY-MM-DDTHH:mm. */
    local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
    timeZone: z.string().max(64),
  }),
])
export type Schedule = z.infer<typeof Schedule>

const Minutes = z
  .number()
  .int()
  .min(1)
  .max(30 * 24 * 60)
  .nullable()
  .default(null)
  .describe('How long a cascade waits for delivery before the next channel; null is the default of the channel')

/** How several channels work together (K7); each recipient has a row of her own for each channel. */
export const CampaignMode = z.enum(['single', 'all', 'cascade', 'backup'])
export type CampaignMode = z.infer<typeof CampaignMode>

/** A further channel of a campaign, in the order in which they are tried. */
export const FurtherChannel = z.object({
  channel: PersonChannel,
  templateId: TemplateId.nullable().default(null),
  content: MessageContent.nullable().default(null),
  senderId: SenderId.nullable().default(null).describe('null means the default account of the channel'),
  fromName: Line(200).default(''),
  replyTo: Line(320).default(''),
  timeoutMinutes: Minutes,
})
export type FurtherChannel = z.infer<typeof FurtherChannel>

/** When messages may go, on the recipient’s own clock; both ends are HH:mm and may span midnight. */
export const SendWindow = z.object({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).describe('1 = Monday'),
  from: z.string().regex(/^\d{2}:\d{2}$/),
  to: z.string().regex(/^\d{2}:\d{2}$/),
  skipHolidays: z.boolean().describe('Public holidays of the recipient’s country'),
})
export type SendWindow = z.infer<typeof SendWindow>

/** Everything that the wizard edits; saved as it is typed, so anything may still be missing. */
export const CampaignDraft = z.object({
  channel: Channel,
  category: z.enum(['marketing', 'transactional']).default('marketing'),
  audience: Audience,
  templateId: TemplateId.nullable().default(null),
  content: MessageContent.nullable().default(null).describe('The campaign’s own copy of the message'),
  fallbacks: z
    .record(z.string().max(100), z.string().max(1000))
    .default({})
    .describe('Merge field to what stands in when it is empty'),
  senderId: SenderId.nullable().default(null).describe('null means the default account of the channel'),
  fromName: Line(200).default(''),
  replyTo: Line(320).default(''),
  schedule: Schedule.default({ kind: 'now' }),
  mode: CampaignMode.default('single'),
  timeoutMinutes: Minutes,
  further: z.array(FurtherChannel).max(3).default([]).describe('Empty unless the mode uses several channels'),
  destinationIds: some(SenderId).describe('The accounts that a social post goes to; it has no audience'),
  priority: z.number().int().min(1).max(5).default(3).describe('5 goes first; a lower one waits'),
  validHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 14)
    .default(24)
    .describe('How long a message is worth trying after it was due'),
  window: SendWindow.nullable().default(null),
  ratePerSecond: z
    .number()
    .positive()
    .max(10_000)
    .nullable()
    .default(null)
    .describe('Slower than the account allows, if wanted'),
})
export type CampaignDraft = z.infer<typeof CampaignDraft>

export const Approval = z.object({
  id: ApprovalId,
  campaignId: CampaignId,
  campaignName: z.string(),
  channel: Channel,
  state: z.enum(['pending', 'approved', 'rejected', 'void']),
  requestedBy: z.string(),
  requestedAt: Instant,
  note: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionNote: z.string(),
  summary: z.object({
    recipients: Count,
    sender: z.string(),
    subject: z.string(),
    schedule: z.string(),
    costMinor: z.number().min(0),
    currency: z.string(),
  }),
  canDecide: z.boolean(),
  whyNot: z.string().describe('Why the acting member cannot decide; empty when she can'),
})
export type Approval = z.infer<typeof Approval>

export const Campaign = z.object({
  id: CampaignId,
  name: z.string(),
  status: CampaignStatus,
  statusReason: z.string(),
  draft: CampaignDraft,
  isSample: z.boolean(),
  approval: Approval.nullable().describe('The newest request'),
  sendAt: Instant.nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
})
export type Campaign = z.infer<typeof Campaign>

export const CampaignRow = z.object({
  id: CampaignId,
  name: z.string(),
  channel: Channel,
  status: CampaignStatus,
  audience: Count.describe('Messages planned; 0 before the start'),
  sent: Count,
  failed: Count,
  skipped: Count,
  pending: Count,
  unknown: Count,
  opened: Count,
  clicked: Count,
  sendAt: Instant.nullable(),
  updatedAt: Instant,
  owner: z.string(),
})
export type CampaignRow = z.infer<typeof CampaignRow>

/** Why somebody in the audience gets nothing. */
export const SkipReason = z.enum([
  'no_address',
  'invalid_address',
  'duplicate_address',
  'unsubscribed',
  'complained',
  'hard_bounced',
  'do_not_call',
  'suppressed',
  'erased',
  'consent_denied',
  'list_unsubscribed',
  'contact_deleted',
  'merged',
  'render_failed',
  'campaign_cancelled',
  'reached_otherwise',
  'consent_missing',
  'frequency_cap',
  'quiet_hours',
  'too_late',
])
export type SkipReason = z.infer<typeof SkipReason>

/** What one channel of a campaign comes to. */
export const ChannelEstimate = z.object({
  channel: Channel,
  sender: z.string().describe('The account that it leaves by; empty when it is gone'),
  reached: Count.describe('Who can be written to on the channel'),
  fallsOut: z.array(z.object({ reason: SkipReason, count: Count })),
  costMinor: z.number().min(0).describe('If all of them are written to on it'),
  segmentsPerMessage: z.number().min(0).nullable(),
  secondsNeeded: z.number().min(0),
  timeoutMinutes: Count.describe('How long a cascade waits before the next channel'),
})
export type ChannelEstimate = z.infer<typeof ChannelEstimate>

export const Estimate = z.object({
  audience: Count.describe('Contacts in the audience; the places of a social post'),
  reached: Count.describe('Who would get a message, on any channel; this is what a launch confirms'),
  excluded: Count.describe('Taken out by the exclusions'),
  fallsOut: z.array(z.object({ reason: SkipReason, count: Count })),
  costMinor: z
    .number()
    .min(0)
    .describe(
      'In hundredths of the currency unit; may have a fraction. The most it can be where channels follow each other',
    ),
  segmentsPerMessage: z.number().min(0).nullable().describe('Of the first channel'),
  channels: z.array(ChannelEstimate).describe('In the order in which they are tried'),
  currency: z.string(),
  messagesPerSecond: z.number().min(0),
  secondsNeeded: z.number().min(0),
  startsAt: Instant.nullable(),
  finishesAt: Instant.nullable(),
})
export type Estimate = z.infer<typeof Estimate>

export const Check = z.object({
  key: z.string(),
  step: z.enum(['basics', 'audience', 'message', 'personalisation', 'schedule', 'review']),
  state: z.enum(['ok', 'warning', 'error']),
  text: z.string(),
})
export type Check = z.infer<typeof Check>

export const campaigns = {
  list: query(
    'Campaigns with their numbers, newest change first',
    z.object({
      status: CampaignStatus.nullable().default(null),
      search: z.string().max(200).default(''),
      ...Page.shape,
    }),
    z.object({ rows: z.array(CampaignRow), total: Count }),
  ),
  get: query('One campaign', z.object({ id: CampaignId }), Campaign),
  create: command(
    'Begins a campaign',
    'campaigns.edit',
    z.object({ name: Line(200).min(1), channel: Channel }),
    Campaign,
  ),
  saveDraft: command(
    'Keeps what the wizard holds; an approval that was granted is void after a change',
    'campaigns.edit',
    z.object({ id: CampaignId, name: Line(200).min(1), draft: CampaignDraft }),
    Campaign,
  ),
  duplicate: command('Copies a campaign as a new draft', 'campaigns.edit', z.object({ id: CampaignId }), Campaign),
  remove: command('Deletes a campaign that has sent nothing', 'campaigns.edit', z.object({ id: CampaignId }), Done),
  estimate: query(
    'Who gets it, who falls out and why, what it costs and how long it takes',
    z.object({ id: CampaignId }),
    Estimate,
  ),
  estimateAudience: query(
    'The same for an audience that is being put together',
    z.object({
      channel: Channel,
      audience: Audience,
      campaignId: CampaignId.nullable().default(null).describe('Whose messages keep nobody out'),
    }),
    Estimate,
  ),
  checklist: query(
    'What is still missing',
    z.object({ id: CampaignId }),
    z.object({ checks: z.array(Check), ready: z.boolean() }),
  ),
  missingValues: query(
    'How many recipients lack a value that the message uses',
    z.object({ id: CampaignId }),
    z.object({
      recipients: Count,
      fields: z.array(z.object({ field: z.string(), missing: Count, fallback: z.string() })),
    }),
  ),
  testSend: command(
    'Sends the message, marked as a test, to addresses of your own, as a contact would see it',
    'campaigns.edit',
    z.object({
      id: CampaignId,
      to: z.array(Line(320)).min(1).max(10),
      asContactId: ContactId.nullable().default(null),
      channel: PersonChannel.nullable().default(null).describe('Which of its channels; null means the first'),
    }),
    z.object({ results: z.array(z.object({ to: z.string(), ok: z.boolean(), detail: z.string() })) }),
  ),
  requestApproval: command(
    'Asks for approval of exactly this content and audience',
    'campaigns.edit',
    z.object({ id: CampaignId, note: z.string().max(2000).default('') }),
    Campaign,
  ),
  withdraw: command('Takes a request or a schedule back', 'campaigns.edit', z.object({ id: CampaignId }), Campaign),
  launch: command(
    'Schedules an approved campaign, or starts it now, as its draft says. `expected` is the number of recipients the person saw',
    'campaigns.send',
    z.object({ id: CampaignId, expected: Count }),
    Campaign,
  ),
  pause: command(
    'Pauses a running campaign: nothing leaves after the reply',
    'campaigns.send',
    z.object({ id: CampaignId }),
    Campaign,
  ),
  resume: command('Goes on with a paused campaign', 'campaigns.send', z.object({ id: CampaignId }), Campaign),
  cancel: command(
    'Ends a campaign; what is not sent yet is never sent',
    'campaigns.send',
    z.object({ id: CampaignId }),
    Campaign,
  ),
}

export const approvals = {
  queue: query(
    'Requests, pending first',
    z.object({ state: z.enum(['pending', 'all']).default('pending') }),
    z.object({ rows: z.array(Approval) }),
  ),
  review: query(
    'What is to be decided: the message as three recipients would see it, and the audience',
    z.object({ id: ApprovalId }),
    z.object({
      approval: Approval,
      campaign: Campaign,
      estimate: Estimate,
      checks: z.array(Check),
      samples: z.array(z.object({ contactName: z.string(), message: RenderedMessage })),
    }),
  ),
  decide: command(
    'Approves or rejects; a rejection needs a reason',
    'campaigns.approve',
    z.object({ id: ApprovalId, decision: z.enum(['approve', 'reject']), note: z.string().max(2000).default('') }),
    Approval,
  ),
}

import { z } from 'zod'
import { CampaignStatus } from '../domain/campaign-status.ts'
import {
  CampaignId,
  Channel,
  ContactId,
  Count,
  command,
  Done,
  Download,
  Instant,
  Line,
  MessageId,
  Nothing,
  Page,
  query,
  SenderId,
} from './define.ts'

export const MessageState = z.enum([
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
}

export const analytics = {
  campaign: query('The figures and charts of a campaign', z.object({ campaignId: CampaignId }), Report),
}

/** What an account allows. null means no such limit. */
export const SenderLimits = z.object({
  perSecond: z.number().positive().max(10_000).nullable(),
  perMinute: z.number().int().positive().nullable(),
  perHour: z.number().int().positive().nullable(),
  perDay: z.number().int().positive().nullable().describe('Rolling 24 hours'),
  concurrency: z.number().int().min(1).max(50),
})
export type SenderLimits = z.infer<typeof SenderLimits>

export const SmtpSettings = z.object({
  provider: z.literal('smtp'),
  host: Line(255).min(1),
  port: z.number().int().min(1).max(65_535),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .describe('TLS from the first byte, upgrade required, or in clear (loopback only)'),
  user: Line(320),
  fromName: Line(200),
  fromAddress: Line(320),
  replyTo: Line(320),
  allowInvalidCertificate: z.boolean().default(false),
})
export type SmtpSettings = z.infer<typeof SmtpSettings>
/** The practice account: its host and port are given by the running application. */
export const PracticeSettings = z.object({
  provider: z.literal('practice'),
  fromName: Line(200),
  fromAddress: Line(320),
  replyTo: Line(320),
})
export const SenderSettings = z.discriminatedUnion('provider', [PracticeSettings, SmtpSettings])
export type SenderSettings = z.infer<typeof SenderSettings>

export const Sender = z.object({
  id: SenderId,
  channel: Channel,
  name: z.string(),
  settings: SenderSettings,
  limits: SenderLimits,
  hasPassword: z.boolean(),
  isDefault: z.boolean(),
  state: z.enum(['running', 'paused', 'backing_off', 'tripped']),
  stateReason: z.string(),
  backingOffUntil: Instant.nullable(),
  sentLastHour: Count,
  sentLastDay: Count,
  waiting: Count,
})
export type Sender = z.infer<typeof Sender>

export const SenderDiagnosis = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      step: z.enum(['dns', 'tcp', 'tls', 'greeting', 'login', 'sender']),
      state: z.enum(['ok', 'failed', 'not_reached']),
      detail: z.string(),
      remedy: z.string(),
    }),
  ),
})
export type SenderDiagnosis = z.infer<typeof SenderDiagnosis>

const SenderInput = z.object({
  id: SenderId.nullable(),
  channel: Channel,
  name: Line(100).min(1),
  settings: SenderSettings,
  limits: SenderLimits,
  password: z.string().max(4000).nullable().describe('null keeps what is stored; empty text removes it'),
})

export const senders = {
  list: query('The accounts that messages leave by', Nothing, z.object({ senders: z.array(Sender) })),
  presets: query(
    'Known providers',
    Nothing,
    z.object({
      asOf: z.string(),
      presets: z.array(
        z.object({
          key: z.string(),
          name: z.string(),
          host: z.string(),
          port: z.number().int(),
          security: z.enum(['tls', 'starttls', 'none']),
          user: z.string(),
          limits: SenderLimits,
          hint: z.string(),
        }),
      ),
    }),
  ),
  save: command('Adds an account or changes one', 'senders.manage', SenderInput, Sender),
  test: command(
    'Tries an account step by step and says what fails and what to do',
    'senders.manage',
    z.object({ sender: SenderInput }),
    SenderDiagnosis,
  ),
  remove: command(
    'Takes an account away; running campaigns must be finished',
    'senders.manage',
    z.object({ id: SenderId }),
    Done,
  ),
  makeDefault: command(
    'Uses this account unless a campaign says otherwise',
    'senders.manage',
    z.object({ id: SenderId }),
    Done,
  ),
  pause: command('Stops sending through an account', 'campaigns.send', z.object({ id: SenderId }), Sender),
  resume: command('Goes on sending through an account', 'campaigns.send', z.object({ id: SenderId }), Sender),
}

export const PracticeBehaviour = z.enum(['deliver', 'bounce_hard', 'bounce_soft', 'delay', 'open', 'click'])
export type PracticeBehaviour = z.infer<typeof PracticeBehaviour>

export const PracticeRow = z.object({
  id: z.string(),
  channel: Channel,
  receivedAt: Instant,
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  behaviour: PracticeBehaviour,
  openedAt: Instant.nullable(),
  clickedAt: Instant.nullable(),
})
export type PracticeRow = z.infer<typeof PracticeRow>

export const practice = {
  mailbox: query(
    'Captured messages, newest first',
    z.object({ search: z.string().max(200).default(''), ...Page.shape }),
    z.object({ rows: z.array(PracticeRow), total: Count }),
  ),
  open: query(
    'One captured message, as the recipient would see it',
    z.object({ id: z.string().max(64) }),
    z.object({
      row: PracticeRow,
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      html: z.string().nullable(),
      text: z.string(),
      source: z.string(),
      bytes: Count,
    }),
  ),
  rules: query(
    'How addresses behave',
    Nothing,
    z.object({
      fallback: PracticeBehaviour,
      lively: z.boolean(),
      rules: z.array(z.object({ address: z.string(), behaviour: PracticeBehaviour })),
    }),
  ),
  setRule: command(
    'Tells an address how to behave; null goes back to the fallback',
    'senders.manage',
    z.object({ address: Line(320).min(1), behaviour: PracticeBehaviour.nullable() }),
    Done,
  ),
  setFallback: command(
    'How addresses without a rule behave. Lively: like a real audience, some bounce, some open, some click, always the same ones',
    'senders.manage',
    z.object({ behaviour: PracticeBehaviour, lively: z.boolean() }),
    Done,
  ),
  clear: command('Empties the practice mailbox', 'senders.manage', Nothing, Done),
  act: command(
    'Opens or clicks a captured message as its recipient',
    'senders.manage',
    z.object({ id: z.string().max(64), action: z.enum(['open', 'click', 'unsubscribe']) }),
    Done,
  ),
}

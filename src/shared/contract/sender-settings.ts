import { z } from 'zod'
import { Line } from './define.ts'

const rate = () => z.number().int().positive().nullable()

/** Mailbox providers that count what comes from a sender (standards.md 1.5). Every other domain is a family of its own: `other`. */
export const DomainFamily = z.enum(['google', 'microsoft', 'yahoo', 'apple', 'other'])
export type DomainFamily = z.infer<typeof DomainFamily>

/** What may go to the mailboxes of one family. null means no such limit; for `other` it holds for each domain. */
export const FamilyLimit = z.object({
  family: DomainFamily,
  perSecond: z.number().positive().max(10_000).nullable(),
  perMinute: rate(),
  perHour: rate(),
  perDay: rate(),
})
export type FamilyLimit = z.infer<typeof FamilyLimit>

/** How a new sender is brought up: so many on each day since it began; after the last day the limits hold alone. */
export const WarmUp = z.object({
  startedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  perDay: z.array(z.number().int().positive()).min(1).max(60),
})
export type WarmUp = z.infer<typeof WarmUp>

/** What an account allows. null means no such limit. */
export const SenderLimits = z.object({
  perSecond: z.number().positive().max(10_000).nullable(),
  perMinute: rate(),
  perHour: rate(),
  perDay: rate().describe('Rolling 24 hours'),
  concurrency: z.number().int().min(1).max(50),
  families: z.array(FamilyLimit).max(5).readonly().default([]),
  warmUp: WarmUp.nullable().default(null),
})
export type SenderLimits = z.infer<typeof SenderLimits>

/** Who a message comes from. The address is a mailbox, a phone number in E.164, or a name of up to 11 letters, as the channel has it. */
const from = { fromName: Line(200), fromAddress: Line(320), replyTo: Line(320) }
/** Where the requests go instead of the provider's own address, such as a proxy; empty for the provider's own. */
const api = { apiBase: Line(300).default('') }

export const SmtpSettings = z.object({
  provider: z.literal('smtp'),
  host: Line(255),
  port: z.number().int().min(1).max(65_535),
  security: z
    .enum(['tls', 'starttls', 'none'])
    .describe('TLS from the first byte, upgrade required, or in clear (loopback only)'),
  auth: z
    .enum(['password', 'xoauth2'])
    .default('password')
    .describe('XOAUTH2 uses the secrets clientSecret and refreshToken, and renews the access token by itself'),
  user: Line(320),
  oauthClientId: Line(300).default(''),
  oauthTokenUrl: Line(300).default(''),
  bounceAddress: Line(320)
    .default('')
    .describe('A mailbox with plus addressing that bounces come to, one address for each message; empty: the sender'),
  ...from,
  allowInvalidCertificate: z.boolean().default(false),
})
export type SmtpSettings = z.infer<typeof SmtpSettings>

/** The practice account: its host and port are given by the running application. */
export const PracticeSettings = z.object({ provider: z.literal('practice'), ...from })
export const SesSettings = z.object({
  provider: z.literal('ses'),
  region: Line(40),
  accessKeyId: Line(128),
  configurationSet: Line(64),
  ...from,
  ...api,
})
export type SesSettings = z.infer<typeof SesSettings>
export const SendgridSettings = z.object({
  provider: z.literal('sendgrid'),
  region: z.enum(['global', 'eu']),
  ...from,
  ...api,
})
export type SendgridSettings = z.infer<typeof SendgridSettings>
export const MailgunSettings = z.object({
  provider: z.literal('mailgun'),
  region: z.enum(['us', 'eu']),
  domain: Line(255),
  ...from,
  ...api,
})
export type MailgunSettings = z.infer<typeof MailgunSettings>
export const PostmarkSettings = z.object({
  provider: z.literal('postmark'),
  messageStream: Line(64).describe('Such as broadcast'),
  ...from,
  ...api,
})
export type PostmarkSettings = z.infer<typeof PostmarkSettings>

export const TwilioSmsSettings = z.object({
  provider: z.literal('twilio_sms'),
  accountSid: Line(64),
  apiKeySid: Line(64).describe('Empty when the auth token itself is used'),
  messagingServiceSid: Line(64).describe('Empty when the number or name in `fromAddress` is used'),
  smartEncoding: z.boolean().describe('Typographic characters are replaced so that a message stays GSM-7'),
  ...from,
  ...api,
})
export type TwilioSmsSettings = z.infer<typeof TwilioSmsSettings>
export const VonageSettings = z.object({
  provider: z.literal('vonage'),
  apiKey: Line(64),
  smartEncoding: z.boolean(),
  ...from,
  ...api,
})
export type VonageSettings = z.infer<typeof VonageSettings>
/** Any gateway that takes a request a message. Places: {{to}} {{toDigits}} {{from}} {{text}} {{id}} {{secret}} (standards.md 2.5). */
export const GatewaySettings = z.object({
  provider: z.literal('gateway'),
  method: z.enum(['GET', 'POST', 'PUT']),
  url: Line(2000),
  headers: z.array(z.object({ name: Line(100).min(1), value: Line(2000) })).max(30),
  body: z.string().max(20_000),
  successFrom: z.number().int().min(100).max(599),
  successTo: z.number().int().min(100).max(599),
  successPath: Line(200).describe(
    'Where the answer says whether it worked, such as $.status; empty to go by the status code',
  ),
  successEquals: Line(200),
  idPath: Line(200).describe('Where the answer has the id of the message'),
  smartEncoding: z.boolean(),
  ...from,
})
export type GatewaySettings = z.infer<typeof GatewaySettings>
export const WhatsappSettings = z.object({
  provider: z.literal('whatsapp'),
  phoneNumberId: Line(64),
  businessAccountId: Line(64),
  graphVersion: Line(10).describe('Such as v25.0'),
  ...from,
  ...api,
})
export type WhatsappSettings = z.infer<typeof WhatsappSettings>
export const TwilioVoiceSettings = z.object({
  provider: z.literal('twilio_voice'),
  accountSid: Line(64),
  apiKeySid: Line(64),
  machineDetection: z.boolean(),
  ...from,
  ...api,
})
export type TwilioVoiceSettings = z.infer<typeof TwilioVoiceSettings>

export const SlackSettings = z.object({ provider: z.literal('slack'), ...from, ...api })
export const DiscordSettings = z.object({ provider: z.literal('discord'), ...from, ...api })
export const TelegramSettings = z.object({ provider: z.literal('telegram'), chatId: Line(100), ...from, ...api })
export const MastodonSettings = z.object({
  provider: z.literal('mastodon'),
  instance: Line(255),
  visibility: z.enum(['public', 'unlisted', 'private']),
  ...from,
})
export const FacebookSettings = z.object({
  provider: z.literal('facebook'),
  pageId: Line(64),
  graphVersion: Line(10),
  ...from,
  ...api,
})
/** A webhook of one's own, signed after Standard Webhooks 1.0. */
export const WebhookSettings = z.object({
  provider: z.literal('webhook'),
  url: Line(2000),
  allowLocal: z.boolean().describe('The address may be on this machine or in the local network'),
  ...from,
})
export type WebhookSettings = z.infer<typeof WebhookSettings>

export const SenderSettings = z.discriminatedUnion('provider', [
  PracticeSettings,
  SmtpSettings,
  SesSettings,
  SendgridSettings,
  MailgunSettings,
  PostmarkSettings,
  TwilioSmsSettings,
  VonageSettings,
  GatewaySettings,
  WhatsappSettings,
  TwilioVoiceSettings,
  SlackSettings,
  DiscordSettings,
  TelegramSettings,
  MastodonSettings,
  FacebookSettings,
  WebhookSettings,
])
export type SenderSettings = z.infer<typeof SenderSettings>
export type ProviderName = SenderSettings['provider']

import { z } from 'zod'
import { Count, Line } from './define.ts'

/** A file that goes with an e-mail; in the HTML, `cid:` and the id of the file show an inline image. */
export const EmailAttachment = z.object({
  mediaId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  name: Line(200).describe('What the recipient sees; empty for the name of the file'),
  inline: z.boolean(),
})
export type EmailAttachment = z.infer<typeof EmailAttachment>

export const EmailContent = z.object({
  channel: z.literal('email'),
  subject: z.string().max(500),
  preheader: z.string().max(500),
  html: z.string().max(500_000),
  text: z.string().max(200_000).describe('Empty means: made from the HTML'),
  attachments: z.array(EmailAttachment).max(20).optional(),
})
export type EmailContent = z.infer<typeof EmailContent>

export const SmsContent = z.object({ channel: z.literal('sms'), text: z.string().max(1600) })
export type SmsContent = z.infer<typeof SmsContent>

const Link = z.string().max(2000)
const MediaHeader = z.enum(['image', 'video', 'document'])

/** What fills the places of an approved template of WhatsApp, and the wording that Meta approved, for the preview (standards.md 3.1–3.2). */
const WhatsappTemplate = z.object({
  kind: z.literal('template'),
  name: z.string().max(512),
  language: z.string().max(20).describe('The exact code that was approved, such as en_US'),
  wording: z.string().max(1024).describe('The approved body with its places, such as {{1}} or {{first_name}}'),
  header: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('text'), text: z.string().max(500) }),
    z.object({ kind: MediaHeader, link: Link, fileName: Line(240) }),
  ]),
  body: z
    .array(
      z.object({ name: z.string().max(100).describe('Empty where places have numbers'), text: z.string().max(1024) }),
    )
    .max(50),
  buttons: z
    .array(
      z.object({
        kind: z.enum(['url', 'quick_reply', 'copy_code']),
        index: z.number().int().min(0).max(9),
        value: z.string().max(2000).describe('What completes the address, the payload, or the code'),
      }),
    )
    .max(10),
})

/** A WhatsApp message: an approved template at any time, everything else only within 24 hours of the person’s last message. */
export const WhatsappContent = z.object({
  channel: z.literal('whatsapp'),
  message: z.discriminatedUnion('kind', [
    WhatsappTemplate,
    z.object({ kind: z.literal('text'), text: z.string().max(4096) }),
    z.object({ kind: MediaHeader, link: Link, caption: z.string().max(1024), fileName: Line(240) }),
    z.object({
      kind: z.literal('buttons'),
      text: z.string().max(1024),
      buttons: z
        .array(z.object({ id: Line(256).min(1), title: Line(20).min(1) }))
        .min(1)
        .max(3),
    }),
    z.object({ kind: z.literal('link'), text: z.string().max(1024), label: Line(20).min(1), url: Link }),
  ]),
})
export type WhatsappContent = z.infer<typeof WhatsappContent>

/** What a voice reads out (standards.md 4). */
export const VoiceContent = z.object({
  channel: z.literal('voice'),
  script: z.string().max(3000),
  voice: Line(60).describe('A voice of the provider, such as Polly.Joanna'),
  language: Line(20).describe('Such as en-US'),
})
export type VoiceContent = z.infer<typeof VoiceContent>

/** One post for all: it has places to go to, not people (standards.md 5). */
export const SocialContent = z.object({
  channel: z.literal('social'),
  text: z.string().max(5000),
  link: Link,
  imageLink: Link,
})
export type SocialContent = z.infer<typeof SocialContent>

/** What is written in a template, as Handlebars source. */
export const MessageContent = z.discriminatedUnion('channel', [
  EmailContent,
  SmsContent,
  WhatsappContent,
  VoiceContent,
  SocialContent,
])
export type MessageContent = z.infer<typeof MessageContent>

/** SMS length by 3GPP TS 23.038. */
export const SmsMeasure = z.object({
  alphabet: z.enum(['gsm7', 'ucs2']),
  units: Count,
  segments: Count,
  culprits: z.array(z.string()).describe('Characters that force UCS-2'),
})
export type SmsMeasure = z.infer<typeof SmsMeasure>

export const RenderedEmail = z.object({
  channel: z.literal('email'),
  subject: z.string(),
  preheader: z.string(),
  html: z.string(),
  text: z.string(),
  htmlBytes: Count,
})
export type RenderedEmail = z.infer<typeof RenderedEmail>
export const RenderedSms = z.object({ channel: z.literal('sms'), text: z.string(), measure: SmsMeasure })
export type RenderedSms = z.infer<typeof RenderedSms>
/** `text` is what the person reads; `message` is what is sent, with every place filled. */
export const RenderedWhatsapp = z.object({
  channel: z.literal('whatsapp'),
  text: z.string(),
  message: WhatsappContent.shape.message,
})
export type RenderedWhatsapp = z.infer<typeof RenderedWhatsapp>
export const RenderedVoice = z.object({
  channel: z.literal('voice'),
  text: z.string(),
  voice: z.string(),
  language: z.string(),
  seconds: Count.describe('About how long it takes to say it, at 150 words a minute'),
})
export type RenderedVoice = z.infer<typeof RenderedVoice>
export const RenderedSocial = z.object({
  channel: z.literal('social'),
  text: z.string(),
  link: z.string(),
  imageLink: z.string(),
})
export type RenderedSocial = z.infer<typeof RenderedSocial>
export const RenderedMessage = z.discriminatedUnion('channel', [
  RenderedEmail,
  RenderedSms,
  RenderedWhatsapp,
  RenderedVoice,
  RenderedSocial,
])
export type RenderedMessage = z.infer<typeof RenderedMessage>

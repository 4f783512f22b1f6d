import type { SenderLimits } from '../../../shared/contract/sender-settings.ts'

/** A provider that is known: where its server is and what it allows. */
export interface Preset {
  readonly key: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user: string
  readonly limits: SenderLimits
  readonly hint: string
  readonly auth?: 'password' | 'xoauth2'
  readonly oauthTokenUrl?: string
}

/** The day on which the providers' own pages were last compared with the presets. */
export const PRESETS_AS_OF = '2026-11-01'

/** What a server that nobody knows is asked for at first (standards.md 1.6); a person may raise it. */
export const CAUTIOUS_LIMITS: SenderLimits = {
  perSecond: 1,
  perMinute: null,
  perHour: 300,
  perDay: 500,
  concurrency: 1,
  families: [],
  warmUp: null,
}

/** What the practice accounts allow. */
export const PRACTICE_LIMITS: SenderLimits = {
  perSecond: 50,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 5,
  families: [],
  warmUp: null,
}

const MODERATE: SenderLimits = {
  perSecond: 2,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 1,
  families: [],
  warmUp: null,
}

/** Known providers; limits are recipients in a rolling day where the provider counts so. */
export const PRESETS: readonly Preset[] = [
  {
    key: 'gmail',
    name: 'Gmail',
    host: 'smtp.gmail.com',
    port: 465,
    security: 'tls',
    user: '',
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: 500, concurrency: 1, families: [], warmUp: null },
    hint: 'Use an app password: it needs 2-step verification in the Google account. 500 recipients a day; beyond that Google locks sending for up to 24 hours.',
  },
  {
    key: 'google_workspace',
    name: 'Google Workspace',
    host: 'smtp.gmail.com',
    port: 465,
    security: 'tls',
    user: '',
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: 2000, concurrency: 2, families: [], warmUp: null },
    hint: 'Use an app password. 2,000 messages a day, 500 while on trial.',
  },
  {
    key: 'google_relay',
    name: 'Google Workspace SMTP relay',
    host: 'smtp-relay.gmail.com',
    port: 587,
    security: 'starttls',
    user: '',
    limits: {
      perSecond: 5,
      perMinute: null,
      perHour: null,
      perDay: 10_000,
      concurrency: 2,
      families: [],
      warmUp: null,
    },
    hint: 'An administrator allows this machine or its users in the Admin console first. Up to 10,000 recipients a day for each user.',
  },
  {
    key: 'microsoft_365',
    name: 'Microsoft 365',
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    user: '',
    limits: {
      perSecond: null,
      perMinute: 30,
      perHour: null,
      perDay: 10_000,
      concurrency: 1,
      families: [],
      warmUp: null,
    },
    hint: 'SMTP AUTH must be switched on for the mailbox. Microsoft switches passwords off for existing tenants from the end of December 2026; an administrator may allow them again.',
  },
  {
    key: 'gmail_oauth',
    name: 'Gmail or Google Workspace with OAuth',
    host: 'smtp.gmail.com',
    port: 465,
    security: 'tls',
    user: '',
    auth: 'xoauth2',
    oauthTokenUrl: 'https://oauth2.googleapis.com/token',
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: 500, concurrency: 1, families: [], warmUp: null },
    hint: 'Needs a client of your own in the Google Cloud console, and a refresh token for the scope https://mail.google.com/. 500 recipients a day with Gmail; 2,000 with Workspace.',
  },
  {
    key: 'microsoft_365_oauth',
    name: 'Microsoft 365 with OAuth',
    host: 'smtp.office365.com',
    port: 587,
    security: 'starttls',
    user: '',
    auth: 'xoauth2',
    oauthTokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    limits: {
      perSecond: null,
      perMinute: 30,
      perHour: null,
      perDay: 10_000,
      concurrency: 1,
      families: [],
      warmUp: null,
    },
    hint: 'Needs an app registration in Microsoft Entra with the permission SMTP.Send, and a refresh token for it. SMTP AUTH must be switched on for the mailbox.',
  },
  {
    key: 'amazon_ses',
    name: 'Amazon SES',
    host: 'email-smtp.eu-west-1.amazonaws.com',
    port: 465,
    security: 'tls',
    user: '',
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: 200, concurrency: 1, families: [], warmUp: null },
    hint: 'Put your region into the host name and use SMTP credentials, not access keys. These limits are those of the sandbox; raise them to your own quota.',
  },
  {
    key: 'sendgrid',
    name: 'SendGrid',
    host: 'smtp.sendgrid.net',
    port: 587,
    security: 'starttls',
    user: 'apikey',
    limits: { perSecond: 10, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
    hint: 'The user is the word apikey and the password is an API key with the right to send.',
  },
  {
    key: 'mailgun',
    name: 'Mailgun',
    host: 'smtp.mailgun.org',
    port: 587,
    security: 'starttls',
    user: '',
    limits: { perSecond: 10, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
    hint: 'For a domain in the EU the host is smtp.eu.mailgun.org. The user is the SMTP login of the domain.',
  },
  {
    key: 'postmark',
    name: 'Postmark',
    host: 'smtp.postmarkapp.com',
    port: 587,
    security: 'starttls',
    user: '',
    limits: MODERATE,
    hint: 'User and password are both the server API token. Campaigns belong into a broadcast stream.',
  },
  {
    key: 'brevo',
    name: 'Brevo',
    host: 'smtp-relay.brevo.com',
    port: 587,
    security: 'starttls',
    user: '',
    limits: { ...MODERATE, perDay: 300 },
    hint: 'The password is an SMTP key. The free plan allows 300 messages a day.',
  },
  {
    key: 'mailjet',
    name: 'Mailjet',
    host: 'in-v3.mailjet.com',
    port: 587,
    security: 'starttls',
    user: '',
    limits: { ...MODERATE, perDay: 200 },
    hint: 'The user is the API key and the password is the secret key. The free plan allows 200 messages a day.',
  },
  {
    key: 'zoho',
    name: 'Zoho Mail',
    host: 'smtp.zoho.com',
    port: 465,
    security: 'tls',
    user: '',
    limits: { ...CAUTIOUS_LIMITS },
    hint: 'With 2-factor sign-in use an app password. European accounts use smtp.zoho.eu.',
  },
  {
    key: 'fastmail',
    name: 'Fastmail',
    host: 'smtp.fastmail.com',
    port: 465,
    security: 'tls',
    user: '',
    limits: { ...CAUTIOUS_LIMITS },
    hint: 'Use an app password made for SMTP.',
  },
  {
    key: 'other',
    name: 'Another server',
    host: '',
    port: 587,
    security: 'starttls',
    user: '',
    limits: CAUTIOUS_LIMITS,
    hint: 'Ask whoever runs the server for host, port and limits. Until you know them, these limits are careful.',
  },
]

/** Domains of free mailboxes and the servers that may send for them: from any other server such mail fails DMARC. */
export const FREE_MAILBOXES: readonly { readonly domains: readonly string[]; readonly hosts: readonly string[] }[] = [
  { domains: ['gmail.com', 'googlemail.com'], hosts: ['gmail.com', 'googlemail.com', 'google.com'] },
  { domains: ['yahoo.com', 'ymail.com', 'aol.com'], hosts: ['yahoo.com', 'aol.com', 'yahoodns.net'] },
  {
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    hosts: ['outlook.com', 'office365.com', 'hotmail.com', 'live.com'],
  },
  { domains: ['icloud.com', 'me.com', 'mac.com'], hosts: ['me.com', 'icloud.com', 'apple.com'] },
]

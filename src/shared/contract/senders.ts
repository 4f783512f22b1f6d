import { z } from 'zod'
import { Channel, Count, command, Done, Instant, Line, Nothing, query, SenderId } from './define.ts'
import { SenderLimits, SenderSettings } from './sender-settings.ts'
import { WhatsappTemplateView } from './whatsapp-templates.ts'

export const Sender = z.object({
  id: SenderId,
  channel: Channel,
  name: z.string(),
  settings: SenderSettings,
  limits: SenderLimits,
  secretNames: z.array(z.string()).describe('Which secrets are kept; they can be written, never read'),
  isDefault: z.boolean(),
  state: z.enum(['running', 'paused', 'backing_off', 'tripped']),
  stateReason: z.string(),
  backingOffUntil: Instant.nullable(),
  pollProblem: z.string().describe('Why the provider could not be asked what became of messages; empty when it could'),
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

/** One thing that an account must be told; `name` is a key of its settings, or the name of a secret. */
export const ProviderField = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'secret', 'long_secret', 'number', 'choice', 'switch', 'headers', 'lines']),
  hint: z.string(),
  required: z.boolean(),
  choices: z.array(z.object({ value: z.string(), label: z.string() })),
})
export type ProviderField = z.infer<typeof ProviderField>

/** A kind of account: what it sends, what it must be told, and what it begins with. */
export const ProviderKind = z.object({
  provider: z.string(),
  channel: Channel,
  name: z.string(),
  says: z.string().describe('One line: whom it suits and what one needs from the provider'),
  asOf: z.string().describe('The day the provider’s documentation was read, YYYY-MM-DD'),
  fields: z.array(ProviderField),
  settings: SenderSettings.describe('What a new account begins with'),
  limits: SenderLimits,
  from: z.enum(['email', 'phone', 'name_or_phone', 'none']).describe('What the sender’s address is'),
})
export type ProviderKind = z.infer<typeof ProviderKind>

const SenderInput = z.object({
  id: SenderId.nullable(),
  channel: Channel,
  name: Line(100).min(1),
  settings: SenderSettings,
  limits: SenderLimits,
  secrets: z
    .record(z.string().max(40), z.string().max(8000))
    .default({})
    .describe('Secrets by name: those not named keep what is stored, empty text removes one'),
})

/** A key that signs the messages of a domain (DKIM); its private half can be written, never read. */
export const SigningKey = z.object({
  domain: z.string(),
  selector: z.string(),
  algorithm: z.enum(['rsa-sha256', 'ed25519-sha256']),
  recordName: z.string().describe('Where the TXT record is published'),
  recordText: z.string().describe('What the TXT record says'),
  createdAt: Instant,
})
export type SigningKey = z.infer<typeof SigningKey>

const Domain = Line(255).min(1).describe('What stands behind the @')
const Selector = Line(63).min(1)

/** What was found out about one of the records of a domain (standards.md 1.4). */
export const DomainFinding = z.object({
  record: z.enum(['spf', 'dkim', 'dmarc', 'mx']),
  state: z.enum(['ok', 'warning', 'failed', 'not_checked']),
  found: z.string().describe('What is published, or empty'),
  says: z.string().describe('What that means'),
  remedy: z.string().describe('What to change; empty when nothing'),
})
export type DomainFinding = z.infer<typeof DomainFinding>

export const DomainCheck = z.object({ domain: z.string(), checkedAt: Instant, findings: z.array(DomainFinding) })
export type DomainCheck = z.infer<typeof DomainCheck>

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
          auth: z.enum(['password', 'xoauth2']).optional().describe('How one signs in; by password when left out'),
          oauthTokenUrl: z.string().optional().describe('Where access tokens come from'),
        }),
      ),
    }),
  ),
  kinds: query(
    'The kinds of account there are, and what each must be told',
    Nothing,
    z.object({ kinds: z.array(ProviderKind) }),
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
  signingKeys: query('The keys that sign for domains', Nothing, z.object({ keys: z.array(SigningKey) })),
  makeSigningKey: command(
    'Makes a key for a domain and shows the DNS record to publish',
    'senders.manage',
    z.object({ domain: Domain, selector: Selector, algorithm: z.enum(['rsa-sha256', 'ed25519-sha256']) }),
    SigningKey,
  ),
  saveSigningKey: command(
    'Keeps a private key that somebody has already',
    'senders.manage',
    z.object({ domain: Domain, selector: Selector, privateKey: z.string().min(1).max(20_000) }),
    SigningKey,
  ),
  removeSigningKey: command(
    'Forgets a key: messages of the domain are no longer signed by it',
    'senders.manage',
    z.object({ domain: Domain, selector: Selector }),
    Done,
  ),
  whatsappTemplates: query(
    'The message templates that Meta keeps for a WhatsApp account, asked for now',
    z.object({ senderId: SenderId }),
    z.object({ templates: z.array(WhatsappTemplateView) }),
  ),
  checkDomain: query(
    'SPF, DKIM, DMARC and MX of the domain that an account sends from; what was found is kept for an hour',
    z.object({ senderId: SenderId, anew: z.boolean().default(false) }),
    DomainCheck,
  ),
}

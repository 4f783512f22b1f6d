import { z } from 'zod'
import { Channel, Count, command, Done, Instant, Line, Nothing, query, SenderId } from './define.ts'
import { SenderLimits, SenderSettings } from './sender-settings.ts'

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
}

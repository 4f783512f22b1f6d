import type { SenderLimits, SenderSettings, SmtpSettings } from '../../../shared/contract/sender-settings.ts'
import type { Sender } from '../../../shared/contract/senders.ts'

/** What the account dialog holds while it is open. `password` null keeps what is stored. */
export interface AccountForm {
  readonly name: string
  readonly settings: SenderSettings
  readonly limits: SenderLimits
  readonly password: string | null
}

const NEW_SMTP: SmtpSettings = {
  provider: 'smtp',
  host: '',
  port: 587,
  security: 'starttls',
  auth: 'password',
  user: '',
  oauthClientId: '',
  oauthTokenUrl: '',
  fromName: '',
  fromAddress: '',
  replyTo: '',
  allowInvalidCertificate: false,
}
const NEW_LIMITS: SenderLimits = {
  perSecond: 1,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 2,
  families: [],
  warmUp: null,
}

/** The form for an account, or for a new one. */
export function formOf(sender: Sender | null): AccountForm {
  return sender
    ? { name: sender.name, settings: sender.settings, limits: sender.limits, password: null }
    : { name: '', settings: NEW_SMTP, limits: NEW_LIMITS, password: null }
}

/** What the application is asked to save or to test. */
export function inputOf(sender: Sender | null, form: AccountForm) {
  const { password, ...rest } = form
  return {
    ...rest,
    id: sender?.id ?? null,
    channel: sender?.channel ?? ('email' as const),
    name: form.name.trim(),
    secrets: password === null ? {} : { password },
  }
}

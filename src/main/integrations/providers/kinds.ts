import { AppError } from '../../../shared/contract/failure.ts'
import type { SenderSettings } from '../../../shared/contract/sender-settings.ts'
import { discordKind } from './discord/kind.ts'
import { facebookKind } from './facebook/kind.ts'
import { gatewayKind } from './gateway/kind.ts'
import type { Kind } from './kind.ts'
import { mailgunKind } from './mailgun/kind.ts'
import { mastodonKind } from './mastodon/kind.ts'
import { postmarkKind } from './postmark/kind.ts'
import { practiceKind } from './practice/kind.ts'
import { sendgridKind } from './sendgrid/kind.ts'
import { sesKind } from './ses/kind.ts'
import { slackKind } from './slack/kind.ts'
import { smtpKind } from './smtp/kind.ts'
import { telegramKind } from './telegram/kind.ts'
import { twilioSmsKind } from './twilio-sms/kind.ts'
import { twilioVoiceKind } from './twilio-voice/kind.ts'
import { vonageKind } from './vonage/kind.ts'
import { webhookKind } from './webhook/kind.ts'
import { whatsappKind } from './whatsapp/kind.ts'

/** Every kind of account, in the order in which they are offered. */
export const KINDS: readonly Kind[] = [
  practiceKind,
  smtpKind,
  sesKind,
  sendgridKind,
  mailgunKind,
  postmarkKind,
  twilioSmsKind,
  vonageKind,
  whatsappKind,
  twilioVoiceKind,
  facebookKind,
  mastodonKind,
  telegramKind,
  slackKind,
  discordKind,
  webhookKind,
  gatewayKind,
]

/** The kind of an account's settings. */
export function kindOf(settings: Pick<SenderSettings, 'provider'>): Kind {
  const kind = KINDS.find(one => one.provider === settings.provider)
  if (kind) return kind
  throw new AppError('invalid_input', `This version knows no accounts of the kind "${settings.provider}".`, {
    field: 'settings.provider',
  })
}

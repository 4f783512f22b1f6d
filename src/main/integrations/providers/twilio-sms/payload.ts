import { smartEncode } from '../../../../shared/domain/smart-encoding.ts'
import type { SettingsOf } from '../kind.ts'

/** The form fields of a message (standards.md 2.4). Without a messaging service the number or the name of the account sends. */
export function smsForm(
  settings: SettingsOf<'twilio_sms'>,
  message: { readonly to: string; readonly text: string },
): readonly (readonly [string, string])[] {
  const sender =
    settings.messagingServiceSid === ''
      ? (['From', settings.fromAddress] as const)
      : (['MessagingServiceSid', settings.messagingServiceSid] as const)
  return [
    ['To', message.to],
    sender,
    ['Body', settings.smartEncoding ? smartEncode(message.text).text : message.text],
    ['SmartEncoded', String(settings.smartEncoding)],
  ]
}

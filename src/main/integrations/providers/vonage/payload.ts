import { smartEncode } from '../../../../shared/domain/smart-encoding.ts'
import { smsLength } from '../../../../shared/domain/sms-length.ts'
import { baseOf } from '../../http/api-base.ts'
import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SettingsOf } from '../kind.ts'

/** The address of the SMS API, or of the proxy that stands for it. */
export function vonageBase(apiBase: string): string {
  return baseOf(apiBase, 'https://rest.nexmo.com')
}

/** One SMS (standards.md 2.5): numbers go without a plus, and what is not GSM must be called Unicode. */
export function vonageRequest(
  settings: SettingsOf<'vonage'>,
  secret: string,
  message: { readonly messageId: string; readonly to: string; readonly text: string },
): HttpRequest {
  const text = settings.smartEncoding ? smartEncode(message.text).text : message.text
  const fields: [string, string][] = [
    ['api_key', settings.apiKey],
    ['api_secret', secret],
    ['from', settings.fromAddress.replace(/^\+/, '')],
    ['to', message.to.replace(/^\+/, '')],
    ['text', text],
    ['client-ref', message.messageId],
  ]
  if (smsLength(text).alphabet === 'ucs2') fields.push(['type', 'unicode'])
  return {
    method: 'POST',
    url: `${vonageBase(settings.apiBase)}/sms/json`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(fields).toString(),
  }
}

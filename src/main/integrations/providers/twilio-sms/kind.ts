import { tryApi } from '../../http/api-account.ts'
import { apiBaseIssues, baseOf } from '../../http/api-base.ts'
import { diagnoseApi } from '../../http/api-diagnosis.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { openLine } from '../api-line.ts'
import { issue } from '../check-from.ts'
import { optional, switchField } from '../form-field.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { readPhoneSender, readSmsSender, SMS_SENDER_ISSUE } from '../phone-sender.ts'
import { twilioIssues } from '../twilio/api.ts'
import { twilioLogin, twilioNumber } from '../twilio/diagnose.ts'
import { createTwilioSms } from './provider.ts'

/** SMS by Twilio. */
export const twilioSmsKind: Kind<SettingsOf<'twilio_sms'>> = {
  provider: 'twilio_sms',
  channels: ['sms'],
  view: {
    channel: 'sms',
    name: 'Twilio',
    says: 'SMS to nearly every country; needs a Twilio account with a number, and in the US its registration (10DLC or toll-free)',
    asOf: '2026-11-01',
    fields: [
      textField('accountSid', 'Account SID', 'console.twilio.com, first page, Account Info. It begins with AC'),
      optional(
        textField(
          'apiKeySid',
          'API key SID',
          'Leave it empty to use the auth token. Safer: Account > API keys & tokens > Create API key; it begins with SK',
        ),
      ),
      secretField(
        'authToken',
        'Auth token, or secret of the API key',
        'The auth token is on the first page of the console; the secret of a key is shown once, when it is made',
      ),
      textField(
        'fromAddress',
        'Sender',
        'A number from Phone Numbers > Active numbers, such as +15017122661. Where a country allows it, a name of up to 11 letters. Not used when a messaging service is given',
      ),
      optional(
        textField(
          'messagingServiceSid',
          'Messaging service SID',
          'Messaging > Services, if you have one: it begins with MG and chooses the number by itself',
        ),
      ),
      switchField(
        'smartEncoding',
        'Replace typographic characters',
        'Curly quotes, dashes and the like become plain ones, so that an SMS holds 160 characters and not 70',
      ),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'twilio_sms',
      accountSid: '',
      apiKeySid: '',
      messagingServiceSid: '',
      smartEncoding: true,
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    // One part a second is what a US long code gets; toll-free numbers get 3, short codes 100 (standards.md 2.2).
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: null, concurrency: 2, families: [], warmUp: null },
    from: 'name_or_phone',
  },
  check(_channel, settings) {
    const issues = [...twilioIssues(settings), ...apiBaseIssues(settings.apiBase)]
    const service = settings.messagingServiceSid.trim()
    if (service !== '' && !/^MG[0-9a-fA-F]{32}$/.test(service)) {
      issues.push(issue('settings.messagingServiceSid', 'A messaging service begins with MG and has 34 signs'))
    }
    const from = readSmsSender(settings.fromAddress)
    if (service === '' && from === null) issues.push(SMS_SENDER_ISSUE)
    if (issues.length > 0) return { issues }
    return {
      settings: {
        ...settings,
        accountSid: settings.accountSid.trim(),
        apiKeySid: settings.apiKeySid.trim(),
        messagingServiceSid: service,
        fromAddress: from ?? '',
        fromName: settings.fromName.trim(),
        apiBase: settings.apiBase.trim(),
      },
    }
  },
  boundTo: ({ apiBase, accountSid, apiKeySid }) => [apiBase, accountSid, apiKeySid].map(one => one.trim()).join(' '),
  async open(account, { clock }) {
    const line = openLine(account, clock, { secretName: 'authToken', allowLocal: true })
    return createTwilioSms(account.settings, line, clock)
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'authToken',
      run(ask, secret) {
        const { settings } = account
        const url = new URL(baseOf(settings.apiBase, 'https://api.twilio.com'))
        const isOwnNumber = settings.messagingServiceSid === '' && readPhoneSender(settings.fromAddress) !== null
        return diagnoseApi({
          host: url.hostname,
          isEncrypted: url.protocol === 'https:',
          login: twilioLogin(settings, secret, ask),
          sender: isOwnNumber
            ? twilioNumber(settings, secret, { number: settings.fromAddress, for: 'sms' }, ask)
            : { detail: 'Whether this sender may be used is known with the first message' },
        })
      },
    }),
}

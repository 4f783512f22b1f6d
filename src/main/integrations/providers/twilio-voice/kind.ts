import { tryApi } from '../../http/api-account.ts'
import { apiBaseIssues, baseOf } from '../../http/api-base.ts'
import { diagnoseApi } from '../../http/api-diagnosis.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { openLine } from '../api-line.ts'
import { optional, switchField } from '../form-field.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { PHONE_SENDER_ISSUE, readPhoneSender } from '../phone-sender.ts'
import { twilioIssues } from '../twilio/api.ts'
import { twilioLogin, twilioNumber } from '../twilio/diagnose.ts'
import { createTwilioVoice } from './provider.ts'

/** Calls that read a script out, by Twilio. */
export const twilioVoiceKind: Kind<SettingsOf<'twilio_voice'>> = {
  provider: 'twilio_voice',
  channels: ['voice'],
  view: {
    channel: 'voice',
    name: 'Twilio Voice',
    says: 'Calls that read a text out; needs a Twilio account with a number that can call',
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
      textField('fromAddress', 'Number', 'From Phone Numbers > Active numbers, one that can do voice: +15017122661'),
      switchField(
        'machineDetection',
        'Wait for the end of a mailbox greeting',
        'So that a mailbox records the whole message. Twilio charges for it, and people hear a short silence first',
      ),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'twilio_voice',
      accountSid: '',
      apiKeySid: '',
      machineDetection: true,
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    // One new call a second (standards.md 4); each takes about a minute, and so many go on at the same time.
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: null, concurrency: 10, families: [], warmUp: null },
    from: 'phone',
  },
  check(_channel, settings) {
    const from = readPhoneSender(settings.fromAddress)
    const issues = [...twilioIssues(settings), ...apiBaseIssues(settings.apiBase)]
    if (from === null) issues.push(PHONE_SENDER_ISSUE)
    if (issues.length > 0) return { issues }
    return {
      settings: {
        ...settings,
        accountSid: settings.accountSid.trim(),
        apiKeySid: settings.apiKeySid.trim(),
        fromAddress: from ?? '',
        fromName: settings.fromName.trim(),
        apiBase: settings.apiBase.trim(),
      },
    }
  },
  boundTo: ({ apiBase, accountSid, apiKeySid }) => [apiBase, accountSid, apiKeySid].map(one => one.trim()).join(' '),
  async open(account, { clock }) {
    const line = openLine(account, clock, { secretName: 'authToken', allowLocal: true })
    return createTwilioVoice(account.settings, line, clock)
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'authToken',
      run(ask, secret) {
        const { settings } = account
        const url = new URL(baseOf(settings.apiBase, 'https://api.twilio.com'))
        return diagnoseApi({
          host: url.hostname,
          isEncrypted: url.protocol === 'https:',
          login: twilioLogin(settings, secret, ask),
          sender: twilioNumber(settings, secret, { number: settings.fromAddress, for: 'voice' }, ask),
        })
      },
    }),
}

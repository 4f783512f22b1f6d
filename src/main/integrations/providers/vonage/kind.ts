import { z } from 'zod'
import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { diagnoseApi, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import { readJson } from '../../http/read-json.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { issue } from '../check-from.ts'
import { switchField } from '../form-field.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { readSmsSender, SMS_SENDER_ISSUE } from '../phone-sender.ts'
import { vonageDialect } from './dialect.ts'
import { vonageBase } from './payload.ts'

const Balance = z.object({ value: z.number() })

/** SMS by Vonage. */
export const vonageKind: Kind<SettingsOf<'vonage'>> = {
  provider: 'vonage',
  channels: ['sms'],
  view: {
    channel: 'sms',
    name: 'Vonage',
    says: 'SMS to most countries; needs a Vonage API account with credit',
    asOf: '2026-11-01',
    fields: [
      textField('apiKey', 'API key', 'dashboard.vonage.com, API settings: eight letters and digits, top left'),
      secretField('apiSecret', 'API secret', 'On the same page, under Account credentials'),
      textField(
        'fromAddress',
        'Sender',
        'A number from Numbers > Your numbers, such as +447700900000, or where a country allows it a name of up to 11 letters',
      ),
      switchField(
        'smartEncoding',
        'Replace typographic characters',
        'Curly quotes, dashes and the like become plain ones, so that an SMS holds 160 characters and not 70',
      ),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'vonage',
      apiKey: '',
      smartEncoding: true,
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    // US long codes get one a second (standards.md 2.2).
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: null, concurrency: 2, families: [], warmUp: null },
    from: 'name_or_phone',
  },
  check(_channel, settings) {
    const issues = [...apiBaseIssues(settings.apiBase)]
    const apiKey = settings.apiKey.trim()
    const from = readSmsSender(settings.fromAddress)
    if (!/^[0-9a-zA-Z]{4,64}$/.test(apiKey)) {
      issues.push(issue('settings.apiKey', 'The API key is eight letters and digits, on the API settings page'))
    }
    if (from === null) issues.push(SMS_SENDER_ISSUE)
    if (issues.length > 0) return { issues }
    const { fromName, apiBase } = settings
    return {
      settings: { ...settings, apiKey, fromAddress: from ?? '', fromName: fromName.trim(), apiBase: apiBase.trim() },
    }
  },
  boundTo: ({ apiBase, apiKey }) => `${apiBase.trim()} ${apiKey.trim()}`,
  async open(account, ports) {
    return openApi(account, ports, { secretName: 'apiSecret', dialect: vonageDialect(account.settings) })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'apiSecret',
      run(ask, secret) {
        const base = vonageBase(account.settings.apiBase)
        const url = new URL(base)
        const query = new URLSearchParams({ api_key: account.settings.apiKey, api_secret: secret })
        return diagnoseApi({
          host: url.hostname,
          isEncrypted: url.protocol === 'https:',
          login: {
            ask: () =>
              ask({
                method: 'GET',
                url: `${base}/account/get-balance?${query.toString()}`,
                headers: { accept: 'application/json' },
                body: null,
              }),
            read(answer) {
              const balance = readJson(answer, Balance)
              if (answer.status === 401 || answer.status === 403) {
                const remedy = 'Copy key and secret again from the API settings of the Vonage dashboard.'
                return { ok: false, detail: 'Vonage refused the key', remedy }
              }
              if (answer.status !== 200 || balance === null) return unexpectedAnswer(answer, '')
              return balance.value > 0
                ? { ok: true, detail: `Signed in; credit: ${balance.value.toFixed(2)} EUR` }
                : { ok: false, detail: 'There is no credit left', remedy: 'Add credit in the Vonage dashboard.' }
            },
          },
          sender: { detail: 'Whether this sender may be used is known with the first message' },
        })
      },
    }),
}

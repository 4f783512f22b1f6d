import { z } from 'zod'
import { tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { diagnoseApi, type Finding, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { openLine } from '../api-line.ts'
import { issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { GraphError } from './classify.ts'
import { createWhatsapp } from './provider.ts'
import { graphBase } from './template-shelf.ts'

const PhoneNumber = z.object({ display_phone_number: z.string(), verified_name: z.string().nullish() })

/** WhatsApp by the Cloud API of Meta. */
export const whatsappKind: Kind<SettingsOf<'whatsapp'>> = {
  provider: 'whatsapp',
  channels: ['whatsapp'],
  view: {
    channel: 'whatsapp',
    name: 'WhatsApp (Cloud API of Meta)',
    says: 'Approved templates at any time, free texts within a day of an answer; needs a WhatsApp business account',
    asOf: '2026-11-01',
    fields: [
      textField(
        'phoneNumberId',
        'Phone number ID',
        'developers.facebook.com, your app, WhatsApp > API Setup: a long number below the phone number, not the number itself',
      ),
      textField('businessAccountId', 'WhatsApp Business Account ID', 'On the same page, beside the phone number ID'),
      secretField(
        'accessToken',
        'Access token',
        'business.facebook.com, Settings > System users > Generate token, with whatsapp_business_messaging and whatsapp_business_management. The one on API Setup ends after a day',
      ),
      textField('graphVersion', 'Version of the Graph API', 'Such as v25.0; a version lives for about two years'),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'whatsapp',
      phoneNumberId: '',
      businessAccountId: '',
      graphVersion: 'v25.0',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    // Ten a second leaves room below the 80 of Meta; 250 people a day is where every business begins (standards.md 3.3).
    limits: { perSecond: 10, perMinute: null, perHour: null, perDay: 250, concurrency: 4, families: [], warmUp: null },
    from: 'none',
  },
  check(_channel, settings) {
    const issues = [...apiBaseIssues(settings.apiBase)]
    const phoneNumberId = settings.phoneNumberId.trim()
    const businessAccountId = settings.businessAccountId.trim()
    const graphVersion = settings.graphVersion.trim()
    if (!/^\d{5,30}$/.test(phoneNumberId)) {
      issues.push(issue('settings.phoneNumberId', 'The phone number ID is a long number, from API Setup in your app'))
    }
    if (!/^\d{5,30}$/.test(businessAccountId)) {
      issues.push(issue('settings.businessAccountId', 'The business account ID is a long number, from API Setup'))
    }
    if (!/^v\d{1,3}\.\d$/.test(graphVersion)) issues.push(issue('settings.graphVersion', 'Write it like v25.0'))
    if (issues.length > 0) return { issues }
    const apiBase = settings.apiBase.trim()
    return { settings: { ...settings, phoneNumberId, businessAccountId, graphVersion, apiBase } }
  },
  boundTo: ({ apiBase, businessAccountId }) => `${apiBase.trim()} ${businessAccountId.trim()}`,
  async open(account, { clock }) {
    const line = openLine(account, clock, { secretName: 'accessToken', allowLocal: true })
    return createWhatsapp(account.settings, line, clock)
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'accessToken',
      run(ask, token) {
        const { settings } = account
        const base = graphBase(settings)
        const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
        const get = (path: string) => () => ask({ method: 'GET', url: `${base}/${path}`, headers, body: null })
        return diagnoseApi({
          host: new URL(base).hostname,
          isEncrypted: base.startsWith('https:'),
          login: {
            ask: get(`${settings.businessAccountId}/message_templates?fields=name&limit=1`),
            read: answer =>
              answer.status === 200 ? { ok: true, detail: 'The token may send and read templates' } : refused(answer),
          },
          sender: { ask: get(`${settings.phoneNumberId}?fields=display_phone_number,verified_name`), read: readNumber },
        })
      },
    }),
}

function refused(answer: HttpAnswer): Finding {
  const error = readJson(answer, GraphError)?.error
  if (error?.code === 190) {
    const remedy = 'The token has ended or is wrong: make one for a system user, which does not end, and type it here.'
    return { ok: false, detail: 'Meta refused the token', remedy }
  }
  if (error && (error.code === 100 || error.code === 10 || (error.code >= 200 && error.code < 300))) {
    const remedy =
      'Check the business account ID, and that the system user has this account and both WhatsApp permissions.'
    return { ok: false, detail: `Meta answered ${error.code}`, remedy }
  }
  return unexpectedAnswer(answer, error?.message ?? '')
}

function readNumber(answer: HttpAnswer): Finding {
  const number = readJson(answer, PhoneNumber)
  if (answer.status !== 200) {
    const remedy = 'Check the phone number ID: it is on API Setup, below the number, and not the number itself.'
    return { ok: false, detail: 'Meta knows no such number of this account', remedy }
  }
  if (number === null) return unexpectedAnswer(answer, '')
  return { ok: true, detail: `Sends as ${number.verified_name ?? 'your business'}` }
}

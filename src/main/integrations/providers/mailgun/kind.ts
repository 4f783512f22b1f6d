import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { serviceStyle } from '../../http/mail.ts'
import { API_BASE_FIELD, choiceField, secretField, textField } from '../api-fields.ts'
import { checkMailFrom, issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { diagnoseMailgun } from './diagnose.ts'
import { mailgunDialect } from './mailgun-dialect.ts'
import { mailgunQuestion } from './mailgun-request.ts'

const SECRET = 'apiKey'

/** Mailgun by its API. */
export const mailgunKind: Kind<SettingsOf<'mailgun'>> = {
  provider: 'mailgun',
  channels: ['email'],
  view: {
    channel: 'email',
    name: 'Mailgun',
    says: 'A sending service that tells bounces and complaints; needs an account, a verified domain and an API key',
    asOf: '2026-11-20',
    fields: [
      secretField(
        SECRET,
        'API key',
        'Mailgun › your name, top right › API Security › Add new key, role Developer. A sending key of one domain works too, but then bounces cannot be asked for.',
      ),
      textField(
        'domain',
        'Domain',
        'The sending domain as Mailgun › Send › Sending › Domains shows it, such as mg.example.com',
      ),
      choiceField('region', 'Region', 'Where the domain was made; the key works in its own region only', [
        ['us', 'United States'],
        ['eu', 'European Union'],
      ]),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'mailgun',
      region: 'us',
      domain: '',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    limits: { perSecond: 10, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
    from: 'email',
  },
  check(_channel, settings) {
    const from = checkMailFrom(settings)
    const domain = settings.domain.trim().toLowerCase()
    const issues = [...('issues' in from ? from.issues : []), ...apiBaseIssues(settings.apiBase)]
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) {
      issues.push(issue('settings.domain', 'The domain is written like mg.example.com'))
    }
    if ('issues' in from || issues.length > 0) return { issues }
    return { settings: { ...settings, ...from, domain, apiBase: settings.apiBase.trim() } }
  },
  boundTo: settings => settings.apiBase.trim(),
  async open(account, ports) {
    const style = await serviceStyle(ports, account.settings.fromAddress)
    const dialect = mailgunDialect(account.settings, { ...ports, style })
    return { ...openApi(account, ports, { secretName: SECRET, dialect }), mail: style }
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: SECRET,
      run: (ask, key) => diagnoseMailgun(account.settings, path => ask(mailgunQuestion(account.settings, key, path))),
    }),
}

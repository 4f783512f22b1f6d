import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { serviceStyle } from '../../http/mail.ts'
import { API_BASE_FIELD, choiceField, secretField } from '../api-fields.ts'
import { checkMailFrom } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { diagnoseSendgrid } from './diagnose.ts'
import { sendgridDialect } from './sendgrid-dialect.ts'
import { sendgridRequest } from './sendgrid-request.ts'

const SECRET = 'apiKey'

/** SendGrid by its API, version 3. */
export const sendgridKind: Kind<SettingsOf<'sendgrid'>> = {
  provider: 'sendgrid',
  channels: ['email'],
  view: {
    channel: 'email',
    name: 'SendGrid',
    says: 'A sending service by Twilio; needs an account, a verified domain and an API key',
    asOf: '2026-11-20',
    fields: [
      secretField(
        SECRET,
        'API key',
        'SendGrid › Settings › API Keys › Create API Key › Restricted Access: Mail Send, and read access to Suppressions and Sender Authentication. It begins with SG. and is shown once.',
      ),
      choiceField('region', 'Region', 'Where the account is; the European one has its own address', [
        ['global', 'Global'],
        ['eu', 'European Union'],
      ]),
      API_BASE_FIELD,
    ],
    settings: { provider: 'sendgrid', region: 'global', fromName: '', fromAddress: '', replyTo: '', apiBase: '' },
    // SendGrid publishes no number; what it refuses as too fast slows the account by itself.
    limits: { perSecond: 10, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
    from: 'email',
  },
  check(_channel, settings) {
    const from = checkMailFrom(settings)
    const issues = [...('issues' in from ? from.issues : []), ...apiBaseIssues(settings.apiBase)]
    if ('issues' in from || issues.length > 0) return { issues }
    return { settings: { ...settings, ...from, apiBase: settings.apiBase.trim() } }
  },
  boundTo: settings => settings.apiBase.trim(),
  async open(account, ports) {
    const style = await serviceStyle(ports, account.settings.fromAddress)
    const dialect = sendgridDialect(account.settings, { clock: ports.clock, style })
    return openApi(account, ports, { secretName: SECRET, dialect })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: SECRET,
      run: (ask, key) =>
        diagnoseSendgrid(account.settings, path => ask(sendgridRequest(account.settings, key, path, null))),
    }),
}

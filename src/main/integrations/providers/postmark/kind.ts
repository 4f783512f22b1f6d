import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { serviceStyle } from '../../http/mail.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { checkMailFrom, issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { diagnosePostmark } from './diagnose.ts'
import { postmarkDialect } from './postmark-dialect.ts'
import { postmarkRequest } from './postmark-request.ts'

const SECRET = 'serverToken'

/** Postmark by its API. */
export const postmarkKind: Kind<SettingsOf<'postmark'>> = {
  provider: 'postmark',
  channels: ['email'],
  view: {
    channel: 'email',
    name: 'Postmark',
    says: 'Careful delivery with a stream of its own for newsletters; needs an account and a confirmed sender or domain',
    asOf: '2026-11-20',
    fields: [
      secretField(
        SECRET,
        'Server API token',
        'Postmark › Servers › your server › API Tokens. The token of the account, which stands elsewhere, does not send.',
      ),
      textField(
        'messageStream',
        'Message stream',
        'The ID of a stream: broadcast for newsletters, outbound for single messages. Your server › Message Streams shows them.',
      ),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'postmark',
      messageStream: 'broadcast',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    // Postmark publishes no limit.
    limits: { perSecond: 10, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
    from: 'email',
  },
  check(_channel, settings) {
    const from = checkMailFrom(settings)
    const messageStream = settings.messageStream.trim()
    const issues = [...('issues' in from ? from.issues : []), ...apiBaseIssues(settings.apiBase)]
    if (!/^[A-Za-z0-9_-]*$/.test(messageStream)) {
      issues.push(
        issue('settings.messageStream', 'The ID of a stream is letters, digits and hyphens, such as broadcast'),
      )
    }
    if ('issues' in from || issues.length > 0) return { issues }
    return { settings: { ...settings, ...from, messageStream, apiBase: settings.apiBase.trim() } }
  },
  boundTo: settings => settings.apiBase.trim(),
  async open(account, ports) {
    const style = await serviceStyle(ports, account.settings.fromAddress)
    return openApi(account, ports, { secretName: SECRET, dialect: postmarkDialect(account.settings, style) })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: SECRET,
      run: (ask, token) =>
        diagnosePostmark(account.settings, path => ask(postmarkRequest(account.settings, token, path, null))),
    }),
}

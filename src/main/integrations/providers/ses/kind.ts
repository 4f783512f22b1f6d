import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { serviceStyle } from '../../http/mail.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { checkMailFrom, issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { diagnoseSes } from './diagnose.ts'
import { sesDialect } from './ses-dialect.ts'
import { sesRequest } from './ses-request.ts'

type Ses = SettingsOf<'ses'>

const SECRET = 'secretAccessKey'

/** Amazon SES by its API, version 2. */
export const sesKind: Kind<Ses> = {
  provider: 'ses',
  channels: ['email'],
  view: {
    channel: 'email',
    name: 'Amazon SES',
    says: 'Cheap and fast for many messages; needs an AWS account with a verified domain and production access',
    asOf: '2026-11-20',
    fields: [
      textField(
        'region',
        'Region',
        'Such as eu-central-1: the region in which your domain is verified, top right in the AWS console',
      ),
      textField(
        'accessKeyId',
        'Access key id',
        'AWS console › IAM › Users › your user › Security credentials › Create access key. It begins with AKIA.',
      ),
      secretField(
        SECRET,
        'Secret access key',
        'Shown once, when the access key is made. The SMTP password of SES is another one and does not work here.',
      ),
      {
        ...textField('configurationSet', 'Configuration set', 'Only if you use one: Amazon SES › Configuration sets'),
        required: false,
      },
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'ses',
      region: '',
      accessKeyId: '',
      configurationSet: '',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    // AWS publishes the sandbox only: one a second and 200 a day. The test of the account shows what it really has.
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: 200, concurrency: 5, families: [], warmUp: null },
    from: 'email',
  },
  check(_channel, settings) {
    const from = checkMailFrom(settings)
    const region = settings.region.trim().toLowerCase()
    const accessKeyId = settings.accessKeyId.trim()
    const issues = [...('issues' in from ? from.issues : []), ...apiBaseIssues(settings.apiBase)]
    if (!/^[a-z]{2,4}(-[a-z]+)+-\d$/.test(region))
      issues.push(issue('settings.region', 'The region is written like eu-central-1'))
    if (!/^[A-Z0-9]{16,128}$/.test(accessKeyId)) {
      issues.push(issue('settings.accessKeyId', 'The access key id is capital letters and digits; it begins with AKIA'))
    }
    if ('issues' in from || issues.length > 0) return { issues }
    const configurationSet = settings.configurationSet.trim()
    return {
      settings: { ...settings, ...from, region, accessKeyId, configurationSet, apiBase: settings.apiBase.trim() },
    }
  },
  boundTo: settings => [settings.apiBase.trim(), settings.accessKeyId.trim()].join(' '),
  async open(account, ports) {
    const style = await serviceStyle(ports, account.settings.fromAddress)
    const dialect = sesDialect(account.settings, { ...ports, style })
    return { ...openApi(account, ports, { secretName: SECRET, dialect }), mail: style }
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: SECRET,
      run: (ask, key) =>
        diagnoseSes(account.settings, path =>
          ask(sesRequest(account.settings, key, { method: 'GET', path, body: '' }, ports.clock.now())),
        ),
    }),
}

import type { ProviderField } from '../../../../shared/contract/senders.ts'
import { openApi, tryApi } from '../../http/api-account.ts'
import { isSafeAddress } from '../../http/api-base.ts'
import { choiceField, secretField, textField } from '../api-fields.ts'
import { issue } from '../check-from.ts'
import type { FieldIssue, Kind, SettingsOf } from '../kind.ts'
import { diagnoseGateway } from './diagnose.ts'
import { gatewayDialect } from './gateway-dialect.ts'
import { readJsonPath } from './json-path.ts'
import { PLACES, unknownPlace } from './request-template.ts'

type Gateway = SettingsOf<'gateway'>

const SECRET = 'secret'
const PLACES_HINT = `Places: ${PLACES.map(place => `{{${place}}}`).join(' ')}`

/** Any SMS gateway that takes one HTTP request a message. */
export const gatewayKind: Kind<Gateway> = {
  provider: 'gateway',
  channels: ['sms'],
  view: {
    channel: 'sms',
    name: 'Other SMS gateway (HTTP)',
    says: 'Any gateway that takes one request a message: you copy the request from its documentation',
    asOf: '2026-11-20',
    fields: [
      choiceField('method', 'Method', 'As the documentation of the gateway has it', [
        ['POST', 'POST'],
        ['GET', 'GET'],
        ['PUT', 'PUT'],
      ]),
      textField(
        'url',
        'Address',
        `The whole address, https://. ${PLACES_HINT}; what is filled in is encoded by itself.`,
      ),
      optional(
        textField(
          'headers',
          'Headers',
          'Such as Authorization: Bearer {{secret}}. For Basic, the secret is user:password in base64.',
        ),
        'headers',
      ),
      optional(
        textField(
          'body',
          'Body',
          `Such as {"to": "{{to}}", "text": "{{text}}"} or to={{toDigits}}&text={{text}}. ${PLACES_HINT}.`,
        ),
        'lines',
      ),
      secretField(
        SECRET,
        'Key or password',
        'Stands where {{secret}} is written; it is kept encrypted and never shown.',
      ),
      optional(textField('successFrom', 'Success from status', 'Usually 200'), 'number'),
      optional(textField('successTo', 'Success to status', 'Usually 299'), 'number'),
      optional(
        textField(
          'successPath',
          'Success is told at',
          'Where the answer says whether it worked, such as $.messages[0].status; empty to go by the status',
        ),
      ),
      optional(textField('successEquals', 'and is', 'What stands there when it worked, such as 0')),
      optional(textField('idPath', 'Id of the message', 'Where the answer has it, such as $.messages[0].id')),
      optional(
        textField(
          'smartEncoding',
          'Replace typographic characters',
          'Quotes, dashes and the like, so that a message stays in the short alphabet',
        ),
        'switch',
      ),
    ],
    settings: {
      provider: 'gateway',
      method: 'POST',
      url: '',
      headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
      body: '{"from": "{{from}}", "to": "{{to}}", "text": "{{text}}"}',
      successFrom: 200,
      successTo: 299,
      successPath: '',
      successEquals: '',
      idPath: '',
      smartEncoding: true,
      fromName: '',
      fromAddress: '',
      replyTo: '',
    },
    limits: { perSecond: 1, perMinute: null, perHour: null, perDay: null, concurrency: 1, families: [], warmUp: null },
    from: 'name_or_phone',
  },
  check(_channel, settings) {
    const issues = [...requestIssues(settings), ...answerIssues(settings)]
    const fromAddress = settings.fromAddress.trim()
    if (fromAddress === '' && JSON.stringify(settings).includes('{{from}}')) {
      issues.push(issue('settings.fromAddress', 'The request names {{from}}: say who the message is from'))
    }
    const { fromName, url, idPath, successPath } = settings
    return issues.length > 0
      ? { issues }
      : {
          settings: {
            ...settings,
            fromName: fromName.trim(),
            fromAddress,
            url: url.trim(),
            idPath: idPath.trim(),
            successPath: successPath.trim(),
          },
        }
  },
  boundTo: ({ url }) => originOf(url),
  open: async (account, ports) =>
    openApi(account, ports, { secretName: SECRET, dialect: gatewayDialect(account.settings) }),
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, { signal, secretName: SECRET, run: ask => diagnoseGateway(account.settings.url, ask) }),
}

function optional(field: ProviderField, kind: ProviderField['kind'] = 'text'): ProviderField {
  return { ...field, kind, required: false }
}

/** Where the requests go; a place cannot stand there, so that a message never decides it. */
function originOf(url: string): string {
  const origin = /^[a-z]+:\/\/[^/?#]+/i.exec(url.trim())?.[0] ?? ''
  return origin.toLowerCase()
}

function requestIssues({ url, headers, body, method }: Gateway): FieldIssue[] {
  const issues: FieldIssue[] = []
  const isSafe = isSafeAddress(url.trim().replace(/\{\{[^}]*\}\}/g, 'x'))
  if (!isSafe || originOf(url).includes('{')) {
    issues.push(
      issue('settings.url', 'The address begins with https:// and a fixed name; only this machine may be http://'),
    )
  }
  const texts = [
    ['settings.url', url],
    ['settings.body', body],
    ...headers.map(({ value }) => ['settings.headers', value] as const),
  ] as const
  for (const [path, text] of texts) {
    const unknown = unknownPlace(text)
    if (unknown !== null) issues.push(issue(path, `{{${unknown}}} is not a place. ${PLACES_HINT}`))
  }
  if (headers.some(({ name }) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))) {
    issues.push(issue('settings.headers', 'The name of a header is letters, digits and hyphens'))
  }
  if (headers.some(({ name }) => /^(host|content-length|connection|transfer-encoding)$/i.test(name))) {
    issues.push(
      issue('settings.headers', 'Host, Content-Length and Connection are written by themselves: leave them out'),
    )
  }
  const written = method === 'GET' ? url : url + body
  if (!/\{\{\s*text\s*\}\}/.test(written)) issues.push(issue('settings.body', 'The request does not name {{text}}'))
  if (!/\{\{\s*to(Digits)?\s*\}\}/.test(written))
    issues.push(issue('settings.body', 'The request does not name {{to}}'))
  return issues
}

function answerIssues({ successFrom, successTo, successPath, successEquals, idPath }: Gateway): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (successFrom > successTo) issues.push(issue('settings.successTo', 'The range of success ends before it begins'))
  for (const [path, text] of [
    ['settings.successPath', successPath],
    ['settings.idPath', idPath],
  ] as const) {
    if (text.trim() !== '' && readJsonPath(text) === null) {
      issues.push(issue(path, 'A path is written like $.messages[0].id'))
    }
  }
  if (successPath.trim() !== '' && successEquals === '') {
    issues.push(issue('settings.successEquals', 'Say what stands there when it worked'))
  }
  return issues
}

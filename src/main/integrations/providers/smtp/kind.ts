import { AppError } from '../../../../shared/contract/failure.ts'
import { readEmail } from '../../../../shared/domain/email-address.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { PLAIN_STYLE } from '../../mime/mail-style.ts'
import { createAccessTokens, type TokenRequest } from '../../oauth/access-token.ts'
import type { Connection } from '../../practice/door.ts'
import { CAUTIOUS_LIMITS, FREE_MAILBOXES, PRESETS_AS_OF } from '../../senders/presets.ts'
import { diagnose } from '../../smtp/diagnose.ts'
import { isLoopback, type Login } from '../../smtp/endpoint.ts'
import { createSmtpProvider } from '../../smtp/smtp-provider.ts'
import { type Failure, unsupported } from '../../smtp/stage.ts'
import { verpAddress } from '../../verp.ts'
import { checkMailFrom, issue } from '../check-from.ts'
import type { FieldIssue, Kind, OpenedAccount, SettingsOf } from '../kind.ts'

type Smtp = SettingsOf<'smtp'>

/** A mail server that takes messages by SMTP (RFC 5321, RFC 6409). */
export const smtpKind: Kind<Smtp> = {
  provider: 'smtp',
  channels: ['email'],
  view: {
    channel: 'email',
    name: 'Mail server (SMTP)',
    says: 'Any mailbox or mail server of your own: Gmail, Microsoft 365, your web host',
    asOf: PRESETS_AS_OF,
    fields: [],
    settings: {
      provider: 'smtp',
      host: '',
      port: 587,
      security: 'starttls',
      auth: 'password',
      user: '',
      oauthClientId: '',
      oauthTokenUrl: '',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      bounceAddress: '',
      allowInvalidCertificate: false,
    },
    limits: CAUTIOUS_LIMITS,
    from: 'email',
  },
  check(_channel, settings) {
    const host = settings.host.trim()
    const from = checkMailFrom(settings)
    const issues: FieldIssue[] = [...('issues' in from ? from.issues : []), ...serverIssues(host, settings)]
    if (!('issues' in from)) {
      const wrongHost = freeMailboxIssue(from.fromAddress, host.toLowerCase())
      if (wrongHost) issues.push(wrongHost)
      if (issues.length === 0) {
        const bounceAddress = settings.bounceAddress.trim()
        const oauth = { oauthClientId: settings.oauthClientId.trim(), oauthTokenUrl: settings.oauthTokenUrl.trim() }
        return { settings: { ...settings, ...from, ...oauth, host, user: settings.user.trim(), bounceAddress } }
      }
    }
    return { issues }
  },
  boundTo: ({ host, auth, oauthTokenUrl }) =>
    `${host.trim().toLowerCase()}${auth === 'xoauth2' ? ` ${oauthTokenUrl.trim().toLowerCase()}` : ''}`,
  async open(account, { clock, compose, mailStyle }) {
    const { fromAddress, bounceAddress } = account.settings
    return createSmtpProvider({
      ...connectionOf(account, clock),
      concurrency: account.limits.concurrency,
      clock,
      compose,
      mail: (await mailStyle?.(fromAddress, bounceAddress)) ?? PLAIN_STYLE,
    })
  },
  async diagnose(account, { clock }) {
    const connection = connectionOf(account, clock)
    try {
      return await diagnose({ ...connection, clock }, account.settings.fromAddress)
    } finally {
      await connection.closeLogin?.()
    }
  },
}

function connectionOf(account: OpenedAccount<Smtp>, clock: Clock): Connection {
  const { host, port, security, allowInvalidCertificate, user, auth } = account.settings
  const endpoint = { host, port, security, allowInvalidCertificate }
  if (auth === 'password') return { endpoint, login: () => loginOf(user, () => account.secret('password')) }
  const tokens = createAccessTokens(clock, () => tokenRequest(account))
  return {
    endpoint,
    async login() {
      const answer = await tokens.token()
      return answer.kind === 'token' ? { user, password: '', accessToken: answer.token } : answer
    },
    onLoginRefused: login => tokens.refused(login.accessToken ?? ''),
    closeLogin: () => tokens.close(),
  }
}

async function tokenRequest({ settings, secret }: OpenedAccount<Smtp>): Promise<TokenRequest | Failure> {
  try {
    const [clientSecret, refreshToken] = await Promise.all([secret('clientSecret'), secret('refreshToken')])
    if (refreshToken === '') {
      return unsupported(
        'login',
        'no_refresh_token',
        'Nobody has signed in yet: type the refresh token of the mailbox.',
      )
    }
    return { tokenUrl: settings.oauthTokenUrl, clientId: settings.oauthClientId, clientSecret, refreshToken }
  } catch (error) {
    const text = error instanceof AppError ? error.message : 'The refresh token could not be read. Type it again.'
    return unsupported('login', 'password_unreadable', text)
  }
}

async function loginOf(user: string, password: () => Promise<string>): Promise<Login | Failure> {
  if (user === '') return { user, password: '' }
  try {
    return { user, password: await password() }
  } catch (error) {
    // A password that another host has encrypted: the account stops, and says what to do. A provider never throws.
    const text = error instanceof AppError ? error.message : 'The password could not be read. Type it again.'
    return unsupported('login', 'password_unreadable', text)
  }
}

function serverIssues(host: string, settings: Smtp): FieldIssue[] {
  return [...hostIssues(host, settings), ...oauthIssues(settings), ...bounceIssues(settings.bounceAddress.trim())]
}

function oauthIssues({ auth, oauthClientId, oauthTokenUrl, user }: Smtp): FieldIssue[] {
  if (auth !== 'xoauth2') return []
  const issues: FieldIssue[] = []
  if (user.trim() === '') issues.push(issue('settings.user', 'Sign-in by OAuth needs the address of the mailbox'))
  if (oauthClientId.trim() === '') issues.push(issue('settings.oauthClientId', 'The provider gives a client id'))
  const url = URL.canParse(oauthTokenUrl.trim()) ? new URL(oauthTokenUrl.trim()) : null
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url.hostname))) {
    issues.push(issue('settings.oauthTokenUrl', 'The address that gives tokens begins with https://'))
  }
  return issues
}

function bounceIssues(address: string): FieldIssue[] {
  if (address === '') return []
  const reading = readEmail(address)
  if (reading.kind === 'invalid') {
    return [issue('settings.bounceAddress', 'The bounce address is a mailbox such as bounces@example.com')]
  }
  return verpAddress(address, 'a'.repeat(34)) === null
    ? [
        issue(
          'settings.bounceAddress',
          'The part before @ must have at most 29 letters, so that a token fits behind it',
        ),
      ]
    : []
}

function hostIssues(host: string, settings: { readonly security: Smtp['security'] }): FieldIssue[] {
  if (!/^[A-Za-z0-9._:-]+$/.test(host)) {
    return [issue('settings.host', 'The server is a name such as smtp.example.com, without http:// and without blanks')]
  }
  if (settings.security === 'none' && !isLoopback(host)) {
    return [
      issue(
        'settings.security',
        'Without encryption only this machine (127.0.0.1) may be used: choose TLS or STARTTLS',
      ),
    ]
  }
  return []
}

function freeMailboxIssue(address: string, host: string): FieldIssue | null {
  if (isLoopback(host)) return null
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const free = FREE_MAILBOXES.find(({ domains }) => domains.includes(domain))
  if (!free || free.hosts.some(known => host === known || host.endsWith(`.${known}`))) return null
  return issue(
    'settings.fromAddress',
    `Mail from ${domain} through another server fails DMARC and is refused: use an address of your own domain, or the server of ${domain}`,
  )
}

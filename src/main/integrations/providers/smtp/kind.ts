import { AppError } from '../../../../shared/contract/failure.ts'
import type { Connection } from '../../practice/door.ts'
import { CAUTIOUS_LIMITS, FREE_MAILBOXES, PRESETS_AS_OF } from '../../senders/presets.ts'
import { diagnose } from '../../smtp/diagnose.ts'
import { isLoopback, type Login } from '../../smtp/endpoint.ts'
import { createSmtpProvider } from '../../smtp/smtp-provider.ts'
import { type Failure, unsupported } from '../../smtp/stage.ts'
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
      if (issues.length === 0) return { settings: { ...settings, ...from, host, user: settings.user.trim() } }
    }
    return { issues }
  },
  boundTo: settings => settings.host.trim().toLowerCase(),
  async open(account, { clock, compose }) {
    return createSmtpProvider({
      ...connectionOf(account),
      concurrency: account.limits.concurrency,
      clock,
      compose,
    })
  },
  diagnose: (account, { clock }) => diagnose({ ...connectionOf(account), clock }, account.settings.fromAddress),
}

function connectionOf(account: OpenedAccount<Smtp>): Connection {
  const { host, port, security, allowInvalidCertificate, user } = account.settings
  return {
    endpoint: { host, port, security, allowInvalidCertificate },
    login: () => loginOf(user, () => account.secret('password')),
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

function serverIssues(host: string, settings: { readonly security: Smtp['security'] }): FieldIssue[] {
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

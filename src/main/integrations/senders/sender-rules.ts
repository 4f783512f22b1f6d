import type { Channel } from '../../../shared/contract/define.ts'
import type { SenderSettings } from '../../../shared/contract/sending.ts'
import { readEmail } from '../../../shared/domain/email-address.ts'
import { isLoopback } from '../smtp/endpoint.ts'
import { FREE_MAILBOXES } from './presets.ts'

/** What is wrong with a field, for the person who filled it in. */
export interface FieldIssue {
  readonly path: string
  readonly message: string
}

/** Settings in their normal form, or every field that is wrong. */
export type CheckedSettings =
  | { readonly kind: 'settings'; readonly settings: SenderSettings }
  | { readonly kind: 'issues'; readonly issues: readonly FieldIssue[] }

/** Reads the settings of an account as a person writes them. */
export function checkSettings(channel: Channel, settings: SenderSettings): CheckedSettings {
  if (channel === 'sms') {
    if (settings.provider !== 'practice') {
      return { kind: 'issues', issues: [issue('settings.provider', 'An SMTP account sends e-mail, not SMS')] }
    }
    return { kind: 'settings', settings: { ...settings, fromName: settings.fromName.trim() } }
  }
  const issues: FieldIssue[] = []
  const from = readEmail(settings.fromAddress)
  if (from.kind === 'invalid') {
    issues.push(issue('settings.fromAddress', 'The sender needs an e-mail address such as news@example.com'))
  }
  const reply = settings.replyTo.trim() === '' ? null : readEmail(settings.replyTo)
  if (reply?.kind === 'invalid') {
    issues.push(issue('settings.replyTo', 'Replies go to an e-mail address, or leave this empty'))
  }
  if (settings.provider === 'smtp') issues.push(...serverIssues(settings.host.trim(), settings))
  if (settings.provider === 'smtp' && from.kind === 'address') {
    const wrongHost = freeMailboxIssue(from.address, settings.host.trim().toLowerCase())
    if (wrongHost) issues.push(wrongHost)
  }
  if (issues.length > 0 || from.kind === 'invalid') return { kind: 'issues', issues }
  const common = {
    fromName: settings.fromName.trim(),
    fromAddress: from.address,
    replyTo: reply?.kind === 'address' ? reply.address : '',
  }
  if (settings.provider === 'practice') return { kind: 'settings', settings: { provider: 'practice', ...common } }
  return {
    kind: 'settings',
    settings: { ...settings, host: settings.host.trim(), user: settings.user.trim(), ...common },
  }
}

function serverIssues(host: string, settings: { readonly security: 'tls' | 'starttls' | 'none' }): FieldIssue[] {
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

function issue(path: string, message: string): FieldIssue {
  return { path, message }
}

import type { Composer } from '../mime/compose.ts'
import { mailtoUri, tokenOf, whyRefused } from '../mime/head.ts'
import { type ComposedMail, type MailStyle, PLAIN_STYLE } from '../mime/mail-style.ts'
import type { EmailEnvelope, Envelope, SendOutcome } from '../provider.ts'
import { WRONG_CHANNEL } from '../provider.ts'
import type { ProviderPorts } from '../providers/kind.ts'
import { apiFault } from './send-outcome.ts'

/** How messages are written for a service: it signs them and takes the bounces itself, after changing some headers. */
export async function serviceStyle(ports: Pick<ProviderPorts, 'mailStyle'>, fromAddress: string): Promise<MailStyle> {
  const style = (await ports.mailStyle?.(fromAddress, '')) ?? PLAIN_STYLE
  return { ...style, dkim: [] }
}

/** A message as it goes over the wire, for services that take it whole; or why it is not sent. */
export function rawMail(
  envelope: Envelope,
  compose: Composer,
  style: MailStyle,
): ComposedMail | { readonly outcome: SendOutcome } {
  if (envelope.channel !== 'email') return { outcome: WRONG_CHANNEL }
  const composed = envelope.ready ?? compose(envelope, style)
  if (composed.kind === 'refused') return unwritable(composed.reason)
  if (composed.needsSmtpUtf8) return unwritable('This service takes no addresses with letters beyond ASCII')
  return composed
}

/** An e-mail for services that write it themselves; or why it is not sent. */
export function plainMail(envelope: Envelope, style: MailStyle): EmailEnvelope | { readonly outcome: SendOutcome } {
  if (envelope.channel !== 'email') return { outcome: WRONG_CHANNEL }
  const reason = whyRefused(envelope, style)
  return reason === null ? envelope : unwritable(reason)
}

/** The headers that a service does not write by itself. */
export function ownHeaders(
  envelope: EmailEnvelope,
  style: MailStyle,
): readonly (readonly [name: string, value: string])[] {
  const domain = envelope.from.address.slice(envelope.from.address.lastIndexOf('@') + 1)
  const always: (readonly [string, string])[] = [
    ['Message-ID', `<${envelope.messageId}@${domain}>`],
    ['X-Message-Ref', envelope.messageId],
    ['X-Campaign-Id', envelope.campaignId],
  ]
  if (envelope.isTriggered === true) always.push(['Auto-Submitted', 'auto-generated'])
  if (envelope.unsubscribeMailto === '') return always
  const token = style.unsubscribeBaseUrl === '' ? null : tokenOf(envelope.messageId, style)
  const byMail = `<${mailtoUri(envelope)}>`
  const oneClick: readonly (readonly [string, string])[] =
    token === null
      ? [['List-Unsubscribe', byMail]]
      : [
          ['List-Unsubscribe', `<${style.unsubscribeBaseUrl}/u/${token}>, ${byMail}`],
          // RFC 8058 section 3.1: exactly this value.
          ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
        ]
  return [...always, ...oneClick, ['List-Id', `<${envelope.campaignId}.${domain}>`], ['Precedence', 'bulk']]
}

function unwritable(reason: string): { readonly outcome: SendOutcome } {
  return { outcome: { kind: 'rejected', fault: apiFault('permanent_message', 'compose', reason) } }
}

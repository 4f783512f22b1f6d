import type { ComposedMail, Composer } from '../mime/compose.ts'
import { mailtoUri, whyRefused } from '../mime/head.ts'
import { PLAIN_STYLE } from '../mime/mail-style.ts'
import type { EmailEnvelope, Envelope, SendOutcome } from '../provider.ts'
import { WRONG_CHANNEL } from '../provider.ts'
import { apiFault } from './send-outcome.ts'

/** A message as it goes over the wire, for services that take it whole; or why it is not sent. */
export function rawMail(envelope: Envelope, compose: Composer): ComposedMail | { readonly outcome: SendOutcome } {
  if (envelope.channel !== 'email') return { outcome: WRONG_CHANNEL }
  const composed = envelope.ready ?? compose(envelope, PLAIN_STYLE)
  if (composed.kind === 'refused') return unwritable(composed.reason)
  if (composed.needsSmtpUtf8) return unwritable('This service takes no addresses with letters beyond ASCII')
  return composed
}

/** An e-mail for services that write it themselves; or why it is not sent. */
export function plainMail(envelope: Envelope): EmailEnvelope | { readonly outcome: SendOutcome } {
  if (envelope.channel !== 'email') return { outcome: WRONG_CHANNEL }
  const reason = whyRefused(envelope, PLAIN_STYLE)
  return reason === null ? envelope : unwritable(reason)
}

/** The headers that a service does not write by itself. */
export function ownHeaders(envelope: EmailEnvelope): readonly (readonly [name: string, value: string])[] {
  const domain = envelope.from.address.slice(envelope.from.address.lastIndexOf('@') + 1)
  const always: (readonly [string, string])[] = [
    ['Message-ID', `<${envelope.messageId}@${domain}>`],
    ['X-Message-Ref', envelope.messageId],
    ['X-Campaign-Id', envelope.campaignId],
  ]
  if (envelope.isTriggered === true) always.push(['Auto-Submitted', 'auto-generated'])
  if (envelope.unsubscribeMailto === '') return always
  return [
    ...always,
    ['List-Unsubscribe', `<${mailtoUri(envelope)}>`],
    ['List-Id', `<${envelope.campaignId}.${domain}>`],
    ['Precedence', 'bulk'],
  ]
}

function unwritable(reason: string): { readonly outcome: SendOutcome } {
  return { outcome: { kind: 'rejected', fault: apiFault('permanent_message', 'compose', reason) } }
}

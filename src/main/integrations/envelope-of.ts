import type { RenderedMessage } from '../../shared/contract/message-content.ts'
import type { EmailEnvelope, Envelope } from './provider.ts'

type Head = Pick<Envelope, 'messageId' | 'campaignId' | 'to' | 'from'>

/** Addresses a message that is filled in. `mail` is what only an e-mail has. */
export function envelopeOf(
  head: Head,
  message: RenderedMessage,
  mail: Pick<EmailEnvelope, 'replyTo' | 'unsubscribeMailto'>,
): Unsent {
  switch (message.channel) {
    case 'email': {
      const { subject, html, text } = message
      return { ...head, ...mail, channel: 'email', subject, html, text }
    }
    case 'sms':
      return { ...head, channel: 'sms', text: message.text }
    case 'whatsapp':
      return { ...head, channel: 'whatsapp', text: message.text, message: message.message }
    case 'voice': {
      const { text, voice, language } = message
      return { ...head, channel: 'voice', text, voice, language }
    }
    case 'social':
      return { ...head, ...message }
  }
}

type WithoutTime<E> = E extends unknown ? Omit<E, 'at'> : never

/** An envelope whose time of sending is not known yet. */
export type Unsent = WithoutTime<Envelope>

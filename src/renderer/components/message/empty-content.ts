import type { Channel } from '../../../shared/contract/define.ts'
import type { MessageContent, WhatsappContent } from '../../../shared/contract/message-content.ts'

/** The ways a WhatsApp message can be made, the approved template first. */
export const WHATSAPP_KINDS = ['template', 'text', 'image', 'video', 'document', 'buttons', 'link'] as const

type WhatsappMessage = WhatsappContent['message']

/** A WhatsApp message of a kind with nothing in it yet. */
export function emptyWhatsapp(kind: WhatsappMessage['kind']): WhatsappMessage {
  switch (kind) {
    case 'template':
      return { kind, name: '', language: 'en', wording: '', header: { kind: 'none' }, body: [], buttons: [] }
    case 'text':
      return { kind, text: '' }
    case 'buttons':
      return { kind, text: '', buttons: [{ id: 'yes', title: 'Yes' }] }
    case 'link':
      return { kind, text: '', label: 'Open', url: '' }
    default:
      return { kind, link: '', caption: '', fileName: '' }
  }
}

/** A message of a channel with nothing in it yet. */
export function emptyContent(channel: Channel): MessageContent {
  switch (channel) {
    case 'email':
      return { channel, subject: '', preheader: '', html: '', text: '' }
    case 'sms':
      return { channel, text: '' }
    case 'whatsapp':
      return { channel, message: emptyWhatsapp('template') }
    case 'voice':
      return { channel, script: '', voice: 'Polly.Joanna', language: 'en-US' }
    case 'social':
      return { channel, text: '', link: '', imageLink: '' }
  }
}

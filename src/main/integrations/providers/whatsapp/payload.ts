import type { WhatsappEnvelope } from '../../provider.ts'

type Message = WhatsappEnvelope['message']
type Template = Extract<Message, { kind: 'template' }>

/** What the approved template says that the message itself does not: the name of the place in its header. */
export interface KnownTemplate {
  readonly headerPlace: string
}

/** The body of a request to the Cloud API (standards.md 3.1). Our id comes back with every status. */
export function whatsappPayload(envelope: WhatsappEnvelope, known: KnownTemplate | null): unknown {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: envelope.to.replace(/^\+/, ''),
    biz_opaque_callback_data: envelope.messageId,
    ...partOf(envelope.message, known),
  }
}

function partOf(message: Message, known: KnownTemplate | null): object {
  switch (message.kind) {
    case 'template':
      return {
        type: 'template',
        template: {
          name: message.name,
          language: { code: message.language },
          components: [...headerOf(message, known), ...bodyOf(message), ...buttonsOf(message)],
        },
      }
    case 'text':
      return { type: 'text', text: { body: message.text, preview_url: /https?:\/\//.test(message.text) } }
    case 'buttons':
      return {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: message.text },
          action: { buttons: message.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
        },
      }
    case 'link':
      return {
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          body: { text: message.text },
          action: { name: 'cta_url', parameters: { display_text: message.label, url: message.url } },
        },
      }
    default:
      return { type: message.kind, [message.kind]: mediaOf(message) }
  }
}

function mediaOf(media: Extract<Message, { kind: 'image' | 'video' | 'document' }>): object {
  return {
    link: media.link,
    ...(media.caption === '' ? {} : { caption: media.caption }),
    ...(media.kind === 'document' && media.fileName !== '' ? { filename: media.fileName } : {}),
  }
}

function headerOf({ header }: Template, known: KnownTemplate | null): object[] {
  if (header.kind === 'none') return []
  if (header.kind === 'text') {
    if (header.text === '') return []
    const name = known?.headerPlace ?? ''
    const named = name === '' || /^\d+$/.test(name) ? {} : { parameter_name: name }
    return [{ type: 'header', parameters: [{ type: 'text', ...named, text: parameterText(header.text) }] }]
  }
  const { kind, link, fileName } = header
  const media = { link, ...(kind === 'document' && fileName !== '' ? { filename: fileName } : {}) }
  return [{ type: 'header', parameters: [{ type: kind, [kind]: media }] }]
}

function bodyOf({ body }: Template): object[] {
  if (body.length === 0) return []
  const parameters = body.map(({ name, text }) => ({
    type: 'text',
    ...(name === '' || /^\d+$/.test(name) ? {} : { parameter_name: name }),
    text: parameterText(text),
  }))
  return [{ type: 'body', parameters }]
}

function buttonsOf({ buttons }: Template): object[] {
  return buttons.map(({ kind, index, value }) => ({
    type: 'button',
    sub_type: kind,
    index: String(index),
    parameters: [
      kind === 'url'
        ? { type: 'text', text: parameterText(value) }
        : kind === 'quick_reply'
          ? { type: 'payload', payload: value }
          : { type: 'coupon_code', coupon_code: value },
    ],
  }))
}

/** A value as a place may hold it: no line breaks, no tabs, no more than four blanks in a row (standards.md 3.1). */
export function parameterText(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/ {5,}/g, '    ')
    .trim()
}

/** The first place of a template that is empty, which Meta refuses; null when all have something. */
export function emptyPlace(message: Message): string | null {
  if (message.kind !== 'template') return null
  if (message.header.kind === 'text' && parameterText(message.header.text) === '') return 'the header'
  const at = message.body.findIndex(({ text }) => parameterText(text) === '')
  if (at >= 0) return `{{${message.body[at]?.name || String(at + 1)}}}`
  const button = message.buttons.find(({ value }) => parameterText(value) === '')
  return button ? `button ${button.index + 1}` : null
}

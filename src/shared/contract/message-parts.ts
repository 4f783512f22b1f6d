import type { MessageContent, WhatsappContent } from './message-content.ts'
import type { TemplateProblem } from './templates.ts'

type Part = TemplateProblem['part']
type Change = (source: string, part: Part) => string

/** One text of a message that merge fields may stand in. */
export interface MessagePart {
  readonly part: Part
  readonly source: string
}

/** A message with every text that merge fields may stand in changed, in reading order. */
export function withTexts(content: MessageContent, change: Change): MessageContent {
  switch (content.channel) {
    case 'email':
      return {
        ...content,
        subject: change(content.subject, 'subject'),
        preheader: change(content.preheader, 'preheader'),
        html: change(content.html, 'html'),
        text: change(content.text, 'text'),
      }
    case 'sms':
      return { ...content, text: change(content.text, 'text') }
    case 'voice':
      return { ...content, script: change(content.script, 'text') }
    case 'social':
      return {
        ...content,
        text: change(content.text, 'text'),
        link: change(content.link, 'link'),
        imageLink: change(content.imageLink, 'media'),
      }
    case 'whatsapp':
      return { ...content, message: withWhatsappTexts(content.message, change) }
  }
}

/** Every text of a message that merge fields may stand in, in reading order. */
export function partsOf(content: MessageContent): readonly MessagePart[] {
  const parts: MessagePart[] = []
  withTexts(content, (source, part) => {
    parts.push({ part, source })
    return source
  })
  return parts
}

/** What a message is known by in a list: its subject, or its words. */
export function wordsOf(content: MessageContent): string {
  if (content.channel === 'email') return content.subject
  if (content.channel === 'voice') return content.script
  return content.channel === 'whatsapp' ? whatsappWords(content.message) : content.text
}

/** What a person reads of a WhatsApp message: the approved wording with its places filled, the text, or the caption. */
export function whatsappWords(message: WhatsappContent['message']): string {
  if ('caption' in message) return message.caption
  if (message.kind !== 'template') return message.text
  const places = new Map(message.body.map(({ name, text }, n) => [name === '' ? String(n + 1) : name, text]))
  const filled = message.wording.replace(
    /\{\{\s*([a-z0-9_]+)\s*\}\}/g,
    (whole, name: string) => places.get(name) ?? whole,
  )
  return filled === '' ? message.name : filled
}

function withWhatsappTexts(message: WhatsappContent['message'], change: Change): WhatsappContent['message'] {
  switch (message.kind) {
    case 'template': {
      const { header } = message
      return {
        ...message,
        header:
          header.kind === 'none'
            ? header
            : header.kind === 'text'
              ? { ...header, text: change(header.text, 'header') }
              : { ...header, link: change(header.link, 'media') },
        body: message.body.map(place => ({ ...place, text: change(place.text, 'text') })),
        buttons: message.buttons.map(button => ({ ...button, value: change(button.value, 'button') })),
      }
    }
    case 'text':
    case 'buttons':
      return { ...message, text: change(message.text, 'text') }
    case 'link':
      return { ...message, text: change(message.text, 'text'), url: change(message.url, 'link') }
    default:
      return { ...message, link: change(message.link, 'media'), caption: change(message.caption, 'text') }
  }
}

import { z } from 'zod'
import type { WhatsappTemplateView } from '../../../../shared/contract/whatsapp-templates.ts'

const Button = z.object({ type: z.string(), text: z.string().nullish(), url: z.string().nullish() })
const Component = z.object({
  type: z.string(),
  format: z.string().nullish(),
  text: z.string().nullish(),
  buttons: z.array(Button).nullish(),
})
const Listed = z.object({
  name: z.string(),
  status: z.string(),
  category: z.string(),
  language: z.string(),
  parameter_format: z.string().nullish(),
  components: z.array(Component),
})

/** A page of GET /{waba}/message_templates (standards.md 3.2). */
export const TemplatePage = z.object({
  data: z.array(Listed),
  paging: z
    .object({ cursors: z.object({ after: z.string().nullish() }).nullish(), next: z.string().nullish() })
    .nullish(),
})

/** A template as Meta lists it, in the words of the application. */
export function templateView(listed: z.infer<typeof Listed>): WhatsappTemplateView {
  const find = (type: string) => listed.components.find(one => one.type.toUpperCase() === type)
  const wording = find('BODY')?.text ?? ''
  return {
    name: listed.name,
    language: listed.language,
    status: listed.status,
    category: listed.category,
    isNamed: listed.parameter_format?.toUpperCase() === 'NAMED',
    wording,
    places: placesOf(wording),
    header: headerOf(find('HEADER')),
    footer: find('FOOTER')?.text ?? '',
    buttons: (find('BUTTONS')?.buttons ?? []).map((button, index) => ({
      index,
      kind: buttonKind(button.type),
      text: button.text ?? '',
      needsValue: button.type.toUpperCase() === 'COPY_CODE' || /\{\{.*\}\}/.test(button.url ?? ''),
    })),
  }
}

/** The places of a wording, each once, in the order in which values are given. */
export function placesOf(wording: string): string[] {
  const names = [...wording.matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/g)].map(match => match[1] ?? '')
  const places = [...new Set(names)]
  return places.every(place => /^\d+$/.test(place)) ? places.sort((a, b) => Number(a) - Number(b)) : places
}

function headerOf(header: z.infer<typeof Component> | undefined): WhatsappTemplateView['header'] {
  const text = header?.text ?? ''
  const kind = headerKind(header?.format ?? (header ? 'TEXT' : ''))
  return { kind, text, place: kind === 'text' ? (placesOf(text)[0] ?? '') : '' }
}

function headerKind(format: string): WhatsappTemplateView['header']['kind'] {
  switch (format.toUpperCase()) {
    case '':
      return 'none'
    case 'TEXT':
      return 'text'
    case 'IMAGE':
      return 'image'
    case 'VIDEO':
      return 'video'
    case 'DOCUMENT':
      return 'document'
    default:
      return 'other'
  }
}

function buttonKind(type: string): WhatsappTemplateView['buttons'][number]['kind'] {
  switch (type.toUpperCase()) {
    case 'URL':
      return 'url'
    case 'QUICK_REPLY':
      return 'quick_reply'
    case 'COPY_CODE':
      return 'copy_code'
    default:
      return 'other'
  }
}

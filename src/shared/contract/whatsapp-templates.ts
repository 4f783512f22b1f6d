import { z } from 'zod'
import { Count } from './define.ts'

/** A message template as Meta keeps it for a business (standards.md 3.2). */
export const WhatsappTemplateView = z.object({
  name: z.string(),
  language: z.string().describe('The exact code, such as en_US'),
  status: z.string().describe('Only APPROVED ones can be sent'),
  category: z.string().describe('MARKETING, UTILITY or AUTHENTICATION, as Meta sees it'),
  isNamed: z.boolean().describe('Places have names rather than numbers'),
  wording: z.string().describe('The body with its places, such as {{1}} or {{first_name}}'),
  places: z.array(z.string()).describe('Names or numbers of the places of the body, in order'),
  header: z.object({
    kind: z.enum(['none', 'text', 'image', 'video', 'document', 'other']),
    text: z.string(),
    place: z.string().describe('The name or number of its one place; empty where it has none'),
  }),
  footer: z.string(),
  buttons: z.array(
    z.object({
      index: Count,
      kind: z.enum(['url', 'quick_reply', 'copy_code', 'other']),
      text: z.string(),
      needsValue: z.boolean().describe('An address with a place, or a code'),
    }),
  ),
})
export type WhatsappTemplateView = z.infer<typeof WhatsappTemplateView>

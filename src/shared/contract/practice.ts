import { z } from 'zod'
import { Channel, Count, command, Done, Instant, Line, Nothing, Page, query } from './define.ts'

export const PracticeBehaviour = z.enum(['deliver', 'bounce_hard', 'bounce_soft', 'delay', 'open', 'click'])
export type PracticeBehaviour = z.infer<typeof PracticeBehaviour>

export const PracticeRow = z.object({
  id: z.string(),
  channel: Channel,
  receivedAt: Instant,
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  behaviour: PracticeBehaviour,
  openedAt: Instant.nullable(),
  clickedAt: Instant.nullable(),
})
export type PracticeRow = z.infer<typeof PracticeRow>

export const practice = {
  mailbox: query(
    'Captured messages, newest first',
    z.object({ search: z.string().max(200).default(''), ...Page.shape }),
    z.object({ rows: z.array(PracticeRow), total: Count }),
  ),
  open: query(
    'One captured message, as the recipient would see it',
    z.object({ id: z.string().max(64) }),
    z.object({
      row: PracticeRow,
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      html: z.string().nullable(),
      text: z.string(),
      source: z.string(),
      bytes: Count,
    }),
  ),
  rules: query(
    'How addresses behave',
    Nothing,
    z.object({
      fallback: PracticeBehaviour,
      lively: z.boolean(),
      rules: z.array(z.object({ address: z.string(), behaviour: PracticeBehaviour })),
    }),
  ),
  setRule: command(
    'Tells an address how to behave; null goes back to the fallback',
    'senders.manage',
    z.object({ address: Line(320).min(1), behaviour: PracticeBehaviour.nullable() }),
    Done,
  ),
  setFallback: command(
    'How addresses without a rule behave. Lively: like a real audience, some bounce, some open, some click, always the same ones',
    'senders.manage',
    z.object({ behaviour: PracticeBehaviour, lively: z.boolean() }),
    Done,
  ),
  clear: command('Empties the practice mailbox', 'senders.manage', Nothing, Done),
  act: command(
    'Opens or clicks a captured message as its recipient',
    'senders.manage',
    z.object({ id: z.string().max(64), action: z.enum(['open', 'click', 'unsubscribe']) }),
    Done,
  ),
}

import { z } from 'zod'

/** The kinds of thing that can change. The renderer refetches what shows them. */
export const Entity = z.enum([
  'contact',
  'list',
  'tag',
  'segment',
  'change',
  'duplicate',
  'import',
  'template',
  'campaign',
  'approval',
  'message',
  'sender',
  'suppression',
  'practice',
  'member',
  'settings',
  'job',
  'order',
  'score',
])
export type Entity = z.infer<typeof Entity>

/** What the application tells every window: something changed. `ids` is empty when too many changed to name. */
export const AppEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), entity: Entity, ids: z.array(z.string()) }),
  z.object({
    kind: z.literal('notice'),
    level: z.enum(['info', 'success', 'warning', 'error']),
    title: z.string(),
    text: z.string(),
    link: z.string().nullable().describe('A place in the application, such as /campaigns/ID'),
  }),
])
export type AppEvent = z.infer<typeof AppEvent>

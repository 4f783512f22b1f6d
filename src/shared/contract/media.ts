import { z } from 'zod'
import { Count, command, Done, FileToken, Instant, Line, Nothing, query } from './define.ts'

/** A file of the workspace that can go with e-mails. */
export const Media = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string().describe('Such as image/png'),
  bytes: Count,
  createdAt: Instant,
})
export type Media = z.infer<typeof Media>

export const media = {
  list: query('Files that can go with e-mails, newest first', Nothing, z.object({ media: z.array(Media) })),
  add: command(
    'Keeps a file for e-mails; kinds that mail servers refuse are refused here',
    'templates.edit',
    z.object({ token: FileToken, name: Line(200).default('').describe('Empty: the name of the file') }),
    Media,
  ),
  remove: command(
    'Deletes a file that no template and no open campaign uses',
    'templates.edit',
    z.object({ id: z.string().max(64) }),
    Done,
  ),
}

import { z } from 'zod'
import { type HttpFake, startHttpFake } from './http-fake.ts'

/** Incoming webhooks of Slack: plain text answers, an empty text is refused. */
export interface SlackFake extends HttpFake {
  readonly webhookUrl: string
  readonly posts: unknown[]
}

const Post = z.object({
  text: z.string(),
  blocks: z
    .array(z.looseObject({ type: z.string() }))
    .max(50)
    .optional(),
})

export async function startSlackFake(): Promise<SlackFake> {
  const posts: unknown[] = []
  const fake = await startHttpFake(request => {
    if (request.method !== 'POST' || !request.path.startsWith('/services/')) return { status: 404, body: 'no_team' }
    if (request.path === '/services/T1/B1/gone') return { status: 410, body: 'channel_is_archived' }
    if (request.path !== '/services/T1/B1/secret') return { status: 403, body: 'invalid_token' }
    const read = Post.safeParse(JSON.parse(request.body))
    if (!read.success) return { status: 400, body: 'invalid_payload' }
    if (read.data.text === '') return { status: 400, body: 'no_text' }
    posts.push(read.data)
    return { status: 200, body: 'ok' }
  })
  return { ...fake, webhookUrl: 'https://hooks.slack.com/services/T1/B1/secret', posts }
}

import { z } from 'zod'
import { type HttpFake, startHttpFake } from './http-fake.ts'

/** Webhooks of Discord: `wait=true` answers with the post, 429 tells the seconds to wait. */
export interface DiscordFake extends HttpFake {
  readonly webhookUrl: string
  readonly posts: unknown[]
}

const Post = z.object({
  content: z.string().max(2000),
  username: z.string().max(80).optional(),
  embeds: z
    .array(z.object({ image: z.object({ url: z.url() }) }))
    .max(10)
    .optional(),
  allowed_mentions: z.object({ parse: z.array(z.string()) }),
})

export async function startDiscordFake(): Promise<DiscordFake> {
  const posts: unknown[] = []
  const fake = await startHttpFake(request => {
    if (request.path !== '/api/webhooks/123/token')
      return { status: 404, body: { message: 'Unknown Webhook', code: 10015 } }
    if (request.method === 'GET') return { status: 200, body: { id: '123', name: 'News', channel_id: '7' } }
    const read = Post.safeParse(JSON.parse(request.body))
    if (!read.success) return { status: 400, body: { message: 'Invalid Form Body', code: 50035 } }
    posts.push(read.data)
    const headers = { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '4', 'x-ratelimit-reset-after': '2' }
    if (request.query.get('wait') !== 'true') return { status: 204, headers }
    return { status: 200, headers, body: { id: `post-${posts.length}`, content: read.data.content } }
  })
  return { ...fake, webhookUrl: 'https://discord.com/api/webhooks/123/token', posts }
}

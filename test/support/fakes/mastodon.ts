import { z } from 'zod'
import { type HttpFake, startHttpFake } from './http-fake.ts'

/** An instance of Mastodon: one post for each idempotency key, 500 characters. */
export interface MastodonFake extends HttpFake {
  readonly accessToken: string
  readonly posts: Map<string, { readonly id: string; readonly status: string; readonly visibility: string }>
}

const Post = z.object({ status: z.string().min(1), visibility: z.enum(['public', 'unlisted', 'private', 'direct']) })

export async function startMastodonFake(): Promise<MastodonFake> {
  const accessToken = 'token-of-the-app'
  const posts = new Map<string, { id: string; status: string; visibility: string }>()
  const fake = await startHttpFake(request => {
    if (request.headers['authorization'] !== `Bearer ${accessToken}`) {
      return { status: 401, body: { error: 'The access token is invalid' } }
    }
    if (request.path === '/api/v1/accounts/verify_credentials')
      return { status: 200, body: { id: '1', acct: 'riverside' } }
    if (request.path !== '/api/v1/statuses') return { status: 404, body: { error: 'Record not found' } }
    const read = Post.safeParse(JSON.parse(request.body))
    if (!read.success) return { status: 422, body: { error: "Validation failed: Text can't be blank" } }
    if (read.data.status.length > 500)
      return { status: 422, body: { error: 'Validation failed: Text character limit' } }
    const key = request.headers['idempotency-key'] ?? String(posts.size)
    const post = posts.get(key) ?? { id: String(posts.size + 1), ...read.data }
    posts.set(key, post)
    return { status: 200, headers: { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '299' }, body: post }
  })
  return { ...fake, accessToken, posts }
}

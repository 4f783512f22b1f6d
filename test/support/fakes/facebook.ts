import { z } from 'zod'
import { type HttpFake, startHttpFake } from './http-fake.ts'

/** A page in the Graph API: feed and photos. */
export interface FacebookFake extends HttpFake {
  readonly pageToken: string
  readonly posts: { readonly edge: string; readonly body: unknown }[]
}

const Feed = z.object({ message: z.string().optional(), link: z.url().optional() })
const Photo = z.object({ url: z.url(), caption: z.string().optional() })

export async function startFacebookFake(): Promise<FacebookFake> {
  const pageToken = 'token-of-the-page'
  const posts: { edge: string; body: unknown }[] = []
  const error = (status: number, code: number, message: string) => ({
    status,
    body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'A' } },
  })
  const fake = await startHttpFake(request => {
    if (request.headers['authorization'] !== `Bearer ${pageToken}`) return error(400, 190, 'Invalid OAuth access token')
    if (!request.path.startsWith('/v25.0/1234567')) return error(400, 100, 'Unsupported request')
    if (request.method === 'GET') return { status: 200, body: { name: 'Riverside Books', id: '1234567' } }
    const edge = request.path.split('/').at(-1) ?? ''
    const read = (edge === 'photos' ? Photo : Feed).safeParse(JSON.parse(request.body))
    if (!read.success) return error(400, 100, 'Invalid parameter')
    posts.push({ edge, body: read.data })
    return {
      status: 200,
      body: edge === 'photos' ? { id: '9', post_id: `1234567_${posts.length}` } : { id: `1234567_${posts.length}` },
    }
  })
  return { ...fake, pageToken, posts }
}

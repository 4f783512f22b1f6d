import { z } from 'zod'
import { type FakeAnswer, type HttpFake, startHttpFake } from './http-fake.ts'

/** The Bot API of Telegram: the token in the path, `ok` and `result` or `description`. */
export interface TelegramFake extends HttpFake {
  readonly botToken: string
  readonly posts: { readonly method: string; readonly body: unknown }[]
}

const Body = z.object({
  chat_id: z.string().optional(),
  text: z.string().min(1).max(4096).optional(),
  photo: z.url().optional(),
  caption: z.string().max(1024).optional(),
})

export async function startTelegramFake(): Promise<TelegramFake> {
  const botToken = '123456:AA-token_of-the-bot'
  const posts: { method: string; body: unknown }[] = []
  const refuse = (status: number, description: string, parameters?: object): FakeAnswer => ({
    status,
    body: { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) },
  })
  const fake = await startHttpFake(request => {
    const method = request.path.replace(`/bot${botToken}/`, '')
    if (method === request.path) return refuse(401, 'Unauthorized')
    const read = Body.safeParse(JSON.parse(request.body))
    if (!read.success) return refuse(400, 'Bad Request: message is too long')
    if (method === 'getMe') return { status: 200, body: { ok: true, result: { id: 1, username: 'riverside_bot' } } }
    if (read.data.chat_id !== '@riverside') return refuse(400, 'Bad Request: chat not found')
    if (method === 'getChat') return { status: 200, body: { ok: true, result: { id: -100, title: 'Riverside' } } }
    if (method !== 'sendMessage' && method !== 'sendPhoto') return refuse(404, 'Not Found')
    posts.push({ method, body: read.data })
    return { status: 200, body: { ok: true, result: { message_id: posts.length } } }
  })
  return { ...fake, botToken, posts }
}

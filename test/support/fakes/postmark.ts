import { z } from 'zod'
import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './http-fake.ts'

/** The token that the fake knows. */
export const POSTMARK_TOKEN = '0b7c2f1e-right'

// POST /email: strict, so that a field that does not exist is found out.
const Mail = z.strictObject({
  From: z.string(),
  To: z.string(),
  ReplyTo: z.string().optional(),
  Subject: z.string().optional(),
  HtmlBody: z.string().optional(),
  TextBody: z.string().optional(),
  Headers: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).optional(),
  // Documented: names of up to 20 characters, values of up to 80.
  Metadata: z.record(z.string().max(20), z.string().max(80)).optional(),
  MessageStream: z.string().optional(),
  Attachments: z
    .array(
      z.strictObject({
        Name: z.string(),
        Content: z.string(),
        ContentType: z.string(),
        ContentID: z.string().optional(),
      }),
    )
    .optional(),
})
export type PostmarkMail = z.infer<typeof Mail>

export interface PostmarkFake extends HttpFake {
  readonly messages: readonly PostmarkMail[]
}

/** Follows Postmark's API: email, server and message streams. */
export async function startPostmarkFake(): Promise<PostmarkFake> {
  const messages: PostmarkMail[] = []

  function answer(request: FakeRequest): FakeAnswer {
    if (request.headers['x-postmark-server-token'] !== POSTMARK_TOKEN) {
      return wrong(401, 10, 'No Account or Server API tokens were supplied in the HTTP headers.')
    }
    if (request.method === 'POST' && request.path === '/email') return send(request)
    if (request.path === '/server') return { status: 200, body: { ID: 1, Name: 'Newsletters', DeliveryType: 'Live' } }
    if (request.path === '/message-streams/broadcast') {
      return { status: 200, body: { ID: 'broadcast', Name: 'Broadcasts', ArchivedAt: null } }
    }
    if (request.path.startsWith('/message-streams/')) {
      return wrong(422, 1226, "The message stream for the provided 'ID' was not found.")
    }
    return wrong(404, 0, 'Not found')
  }

  function send(request: FakeRequest): FakeAnswer {
    const parsed = Mail.safeParse(JSON.parse(request.body))
    if (!parsed.success) return wrong(422, 402, parsed.error.message)
    const mail = parsed.data
    if (mail.HtmlBody === undefined && mail.TextBody === undefined)
      return wrong(422, 300, 'Provide either email TextBody or HtmlBody or both.')
    if (!/^[^@ ]+@[^@ ]+\.[^@ ]+$/.test(mail.To)) return wrong(422, 300, "Invalid 'To' address: 'x'.")
    if (!mail.From.includes('@example.com')) return wrong(422, 400, 'The Sender Signature was not found.')
    if (mail.MessageStream !== 'broadcast') return wrong(422, 1235, 'The message stream was not found.')
    messages.push(mail)
    const MessageID = `b7bc2f4a-${messages.length}`
    return {
      status: 200,
      body: { To: mail.To, SubmittedAt: '2026-11-20T12:00:00Z', MessageID, ErrorCode: 0, Message: 'OK' },
    }
  }

  const fake = await startHttpFake(answer)
  return { ...fake, messages }
}

/** An error as Postmark words it. */
export function wrong(status: number, ErrorCode: number, Message: string): FakeAnswer {
  return { status, body: { ErrorCode, Message } }
}

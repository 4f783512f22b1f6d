import { z } from 'zod'
import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './http-fake.ts'

/** The key that the fake knows. */
export const SENDGRID_KEY = 'SG.right'

// POST /v3/mail/send: strict, so that a field that does not exist is found out.
const Mail = z.strictObject({
  personalizations: z
    .array(
      z.strictObject({
        to: z.array(z.strictObject({ email: z.string(), name: z.string().optional() })).min(1),
        custom_args: z.record(z.string(), z.string()).optional(),
      }),
    )
    .length(1),
  from: z.strictObject({ email: z.string(), name: z.string().optional() }),
  reply_to: z.strictObject({ email: z.string() }).optional(),
  subject: z.string().min(1),
  content: z.array(z.strictObject({ type: z.enum(['text/plain', 'text/html']), value: z.string().min(1) })).min(1),
  headers: z.record(z.string(), z.string()).optional(),
  attachments: z
    .array(
      z.strictObject({
        content: z.string(),
        type: z.string(),
        filename: z.string(),
        disposition: z.enum(['inline', 'attachment']),
        content_id: z.string().optional(),
      }),
    )
    .optional(),
})
export type SendgridMail = z.infer<typeof Mail>

interface Suppressed {
  readonly email: string
  readonly created: number
  readonly reason: string
  readonly status?: string
}

export interface SendgridFake extends HttpFake {
  readonly messages: readonly SendgridMail[]
  /** Puts an address on one of the suppression lists, such as `bounces`; `created` in epoch seconds. */
  suppress(list: string, row: Suppressed): void
}

// Headers that SendGrid refuses (Mail Send: reserved headers).
const RESERVED = /^(x-sg-|received$|dkim-signature$|content-|to$|from$|subject$|reply-to$|cc$|bcc$)/i

/** Follows SendGrid's v3 API: Mail Send, scopes, authenticated domains, verified senders and the suppression lists. */
export async function startSendgridFake(): Promise<SendgridFake> {
  const messages: SendgridMail[] = []
  const lists = new Map<string, Suppressed[]>()

  function answer(request: FakeRequest): FakeAnswer {
    if (request.headers.authorization !== `Bearer ${SENDGRID_KEY}`) {
      return wrong(401, 'The provided authorization grant is invalid, expired, or revoked')
    }
    if (request.method === 'POST' && request.path === '/v3/mail/send') return send(request)
    if (request.path === '/v3/scopes') return { status: 200, body: { scopes: ['mail.send', 'suppression.read'] } }
    if (request.path === '/v3/whitelabel/domains') {
      return {
        status: 200,
        body: request.query.get('domain') === 'example.com' ? [{ domain: 'example.com', valid: true }] : [],
      }
    }
    if (request.path === '/v3/verified_senders') {
      return { status: 200, body: { results: [{ from_email: 'single@other.example', verified: true }] } }
    }
    if (request.path.startsWith('/v3/suppression/')) return suppressions(request)
    return wrong(404, 'not found')
  }

  function send(request: FakeRequest): FakeAnswer {
    const parsed = Mail.safeParse(JSON.parse(request.body))
    if (!parsed.success) return wrong(400, parsed.error.message, 'content')
    const mail = parsed.data
    const reserved = Object.keys(mail.headers ?? {}).find(name => RESERVED.test(name))
    if (reserved !== undefined) return wrong(400, 'The header is reserved', `headers.${reserved}`)
    const to = mail.personalizations[0]?.to[0]?.email ?? ''
    if (!/^[^@ ]+@[^@ ]+\.[^@ ]+$/.test(to))
      return wrong(400, 'Does not contain a valid address.', 'personalizations.0.to.0.email')
    if (!mail.from.email.endsWith('@example.com')) {
      return wrong(403, 'The from address does not match a verified Sender Identity.', 'from')
    }
    messages.push(mail)
    return { status: 202, headers: { 'x-message-id': `14c5d75ce93.dfd.64b469.${messages.length}` } }
  }

  function suppressions(request: FakeRequest): FakeAnswer {
    const { query } = request
    const since = Number(query.get('start_time') ?? 0)
    const offset = Number(query.get('offset') ?? 0)
    const rows = (lists.get(request.path.replace('/v3/suppression/', '')) ?? []).filter(row => row.created >= since)
    return { status: 200, body: rows.slice(offset, offset + Number(query.get('limit') ?? 500)) }
  }

  const fake = await startHttpFake(answer)
  return {
    ...fake,
    messages,
    suppress: (list, row) => {
      lists.set(list, [...(lists.get(list) ?? []), row])
    },
  }
}

/** An error as SendGrid words it. */
export function wrong(status: number, message: string, field: string | null = null): FakeAnswer {
  return { status, body: { errors: [{ message, field, help: null }] } }
}

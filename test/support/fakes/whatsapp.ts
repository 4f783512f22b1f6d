import { z } from 'zod'
import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './http-fake.ts'

const Envelope = z.looseObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual'),
  to: z.string().regex(/^\d{7,15}$/),
  type: z.enum(['template', 'text', 'image', 'video', 'document', 'interactive']),
  biz_opaque_callback_data: z.string().max(512),
})

/** A template as the fake keeps it, in Meta's own shape. */
export interface KeptTemplate {
  readonly name: string
  status: string
  readonly category: string
  readonly language: string
  readonly parameter_format?: string
  readonly components: readonly unknown[]
}

/** The Cloud API of Meta as documented: messages, templates by cursor, the number. */
export interface WhatsappFake extends HttpFake {
  readonly token: string
  readonly sent: z.infer<typeof Envelope>[]
  readonly templates: KeptTemplate[]
  /** The error that the next message comes to; details may be added. */
  failNext(code: number, status?: number, headers?: Readonly<Record<string, string>>): void
}

const PAGE = 2

export async function startWhatsappFake(): Promise<WhatsappFake> {
  const sent: z.infer<typeof Envelope>[] = []
  const templates: KeptTemplate[] = []
  const failures: FakeAnswer[] = []
  const token = 'token-of-a-system-user'

  function error(status: number, code: number, message: string): FakeAnswer {
    const details = `Details of ${code}`
    return {
      status,
      body: {
        error: {
          message: `(#${code}) ${message}`,
          type: 'OAuthException',
          code,
          error_data: { details },
          fbtrace_id: 'A',
        },
      },
    }
  }

  function list(request: FakeRequest): FakeAnswer {
    const from = Number(request.query.get('after') ?? 0)
    const data = templates.slice(from, from + PAGE)
    const after = String(from + PAGE)
    const isMore = from + PAGE < templates.length
    return {
      status: 200,
      body: { data, paging: { cursors: { after }, ...(isMore ? { next: 'https://elsewhere.example/' } : {}) } },
    }
  }

  const fake = await startHttpFake(request => {
    if (request.headers['authorization'] !== `Bearer ${token}`) {
      return error(401, 190, 'Invalid OAuth access token - Cannot parse access token')
    }
    if (request.method === 'GET') {
      if (request.path === '/v25.0/222222/message_templates') return list(request)
      if (request.path === '/v25.0/111111') {
        return { status: 200, body: { display_phone_number: '15550783881', verified_name: 'Riverside', id: '111111' } }
      }
      return error(400, 100, 'Unsupported get request')
    }
    if (request.path !== '/v25.0/111111/messages') return error(400, 100, 'Unsupported post request')
    const failure = failures.shift()
    if (failure) return failure
    const read = Envelope.safeParse(JSON.parse(request.body))
    if (!read.success) return error(400, 100, 'Invalid parameter')
    sent.push(read.data)
    const contacts = [{ input: read.data.to, wa_id: read.data.to }]
    const messages = [{ id: `wamid.${sent.length}`, message_status: 'accepted' }]
    return { status: 200, body: { messaging_product: 'whatsapp', contacts, messages } }
  })
  return {
    ...fake,
    token,
    sent,
    templates,
    failNext(code, status = 400, headers = {}) {
      failures.push({ ...error(status, code, 'Refused'), headers })
    },
  }
}

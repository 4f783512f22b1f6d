import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './http-fake.ts'

/** The key that the fake knows. */
export const MAILGUN_KEY = 'key-right'

export interface MailgunMessage {
  readonly to: string
  readonly variables: Readonly<Record<string, string>>
  readonly raw: string
}

export interface MailgunFake extends HttpFake {
  readonly messages: readonly MailgunMessage[]
  /** Adds an event, with its time in epoch seconds. */
  happened(event: { readonly timestamp: number } & Readonly<Record<string, unknown>>): void
}

const DOMAIN = 'mg.example.com'

/** Follows Mailgun's API for the domain mg.example.com: messages.mime, the domain, and its events two a page. */
export async function startMailgunFake(): Promise<MailgunFake> {
  const messages: MailgunMessage[] = []
  const events: { readonly timestamp: number }[] = []
  let url = ''

  function answer(request: FakeRequest): FakeAnswer {
    const expected = `Basic ${Buffer.from(`api:${MAILGUN_KEY}`).toString('base64')}`
    if (request.headers.authorization !== expected) return { status: 401, body: 'Forbidden' }
    if (request.method === 'POST' && request.path === `/v3/${DOMAIN}/messages.mime`) return send(request)
    if (request.path === `/v3/domains/${DOMAIN}`) {
      return { status: 200, body: { domain: { name: DOMAIN, state: 'active', is_disabled: false } } }
    }
    if (request.path.startsWith(`/v3/${DOMAIN}/events`)) return page(request)
    return { status: 404, body: { message: 'Domain not found' } }
  }

  function send(request: FakeRequest): FakeAnswer {
    const form = fieldsOf(request)
    const raw = form.get('message') ?? ''
    if (!/^From: /m.test(raw)) return { status: 400, body: { message: 'No valid MIME message was given' } }
    const to = form.get('to') ?? ''
    if (!/^[^@ ]+@[^@ ]+\.[^@ ]+$/.test(to)) {
      return { status: 400, body: { message: "'to' parameter is not a valid address. please check documentation" } }
    }
    const variables = [...form].filter(([name]) => name.startsWith('v:')).map(([name, text]) => [name.slice(2), text])
    messages.push({ to, variables: Object.fromEntries(variables), raw })
    return { status: 200, body: { id: `<20261120.${messages.length}@${DOMAIN}>`, message: 'Queued. Thank you.' } }
  }

  function page(request: FakeRequest): FakeAnswer {
    const token = /\/events\/(\d+):([\d.]+)$/.exec(request.path)
    const begin = Number(token?.[2] ?? request.query.get('begin'))
    const offset = Number(token?.[1] ?? 0)
    const found = events.filter(event => event.timestamp >= begin).sort((a, b) => a.timestamp - b.timestamp)
    const next = `${url}/v3/${DOMAIN}/events/${offset + 2}:${begin}`
    return { status: 200, body: { items: found.slice(offset, offset + 2), paging: { next } } }
  }

  const fake = await startHttpFake(answer)
  url = fake.url
  return { ...fake, messages, happened: event => events.push(event) }
}

/** The fields of a multipart form. */
function fieldsOf(request: FakeRequest): ReadonlyMap<string, string> {
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers['content-type'] ?? '')?.[1] ?? '-'
  const fields = new Map<string, string>()
  for (const piece of request.body.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...body] = piece.split('\r\n\r\n')
    const name = /name="([^"]+)"/.exec(head)?.[1]
    if (name !== undefined) fields.set(name, body.join('\r\n\r\n').replace(/\r\n$/, ''))
  }
  return fields
}

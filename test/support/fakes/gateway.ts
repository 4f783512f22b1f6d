import { type FakeAnswer, type FakeRequest, type HttpFake, startHttpFake } from './http-fake.ts'

/** The key that the fake knows. */
export const GATEWAY_KEY = 'gate-key & more'

export interface GatewayMessage {
  readonly to: string
  readonly from: string
  readonly text: string
  readonly reference: string
}

export interface GatewayFake extends HttpFake {
  readonly messages: readonly GatewayMessage[]
}

/**
 * A gateway as many are: `POST /json` with a bearer key, `POST /form` and `GET /query` with the key among the fields. It
 * answers 200 even to what it refuses, and tells so in the body.
 */
export async function startGatewayFake(): Promise<GatewayFake> {
  const messages: GatewayMessage[] = []

  function take(key: string | null, fields: { readonly [name: string]: unknown }): FakeAnswer {
    if (key !== GATEWAY_KEY) return { status: 401, body: { error: 'wrong key' } }
    const text = (name: string): string => {
      const value = fields[name]
      return typeof value === 'string' ? value : ''
    }
    if (!/^\+?\d{6,15}$/.test(text('to')))
      return { status: 200, body: { messages: [{ status: '7', error: 'bad number' }] } }
    messages.push({ to: text('to'), from: text('from'), text: text('text'), reference: text('reference') })
    return { status: 200, body: { messages: [{ status: '0', id: `gw-${messages.length}` }] } }
  }

  function answer(request: FakeRequest): FakeAnswer {
    const { method, path, query, headers, body } = request
    if (method === 'GET' && path === '/') return { status: 404, body: 'nothing here' }
    if (method === 'GET' && path === '/query') return take(query.get('key'), Object.fromEntries(query))
    if (method === 'POST' && path === '/form') {
      const form = new URLSearchParams(body)
      return take(form.get('key'), Object.fromEntries(form))
    }
    if (method === 'POST' && path === '/json') {
      const sent: Readonly<Record<string, unknown>> = JSON.parse(body)
      return take(headers.authorization?.replace(/^Bearer /, '') ?? null, sent)
    }
    return { status: 404, body: { error: 'no such path' } }
  }

  return { ...(await startHttpFake(answer)), messages }
}

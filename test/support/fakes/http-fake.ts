import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** A request as the fake got it. */
export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Which connection it came by, from 1. */
  readonly connection: number
}

/** What the fake says; `body` that is not text goes as JSON. */
export interface FakeAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/**
 * What goes wrong with one request: the connection ends after the request was read, or in the midst of the answer; no answer
 * comes; the answer is no JSON, longer than anybody reads, or leads elsewhere.
 */
export type FakeTrouble = 'drop' | 'half_answer' | 'silence' | 'garbage' | 'huge' | 'redirect' | FakeAnswer

/** A local server that follows an API and remembers what it got. */
export interface HttpFake {
  readonly url: string
  readonly requests: readonly FakeRequest[]
  /** What goes wrong with the next requests, one each; null lets one through. */
  trouble(...troubles: readonly (FakeTrouble | null)[]): void
  /** Resolves when so many requests have come. */
  reached(count: number): Promise<void>
  close(): Promise<void>
}

/** Starts a fake on a free port of this machine. */
export async function startHttpFake(answer: (request: FakeRequest) => FakeAnswer): Promise<HttpFake> {
  const requests: FakeRequest[] = []
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const connections = new Map<unknown, number>()
  const script: (FakeTrouble | null)[] = []

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = connections.get(incoming.socket) ?? connections.size + 1
    connections.set(incoming.socket, number)
    const request = await read(incoming, number)
    requests.push(request)
    for (const { count, resolve } of waiting) if (requests.length >= count) resolve()
    const trouble = script.shift() ?? null
    if (trouble === null) say(response, answer(request))
    else if (typeof trouble === 'object') say(response, trouble)
    else fail(incoming, response, trouble)
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => incoming.socket.destroy())
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    trouble(...troubles) {
      script.push(...troubles)
    },
    reached: count =>
      requests.length >= count
        ? Promise.resolve()
        : new Promise(resolve => {
            waiting.push({ count, resolve })
          }),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The fields of a form, or of the answer to one, by name. */
export function formOf(request: FakeRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(request.body))
}

async function read(incoming: IncomingMessage, connection: number): Promise<FakeRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const url = new URL(incoming.url ?? '/', 'http://fake')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = String(value)
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    connection,
  }
}

function say(response: ServerResponse, { status, headers, body }: FakeAnswer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' || body === undefined ? {} : { 'content-type': 'application/json' }
  response.writeHead(status, { ...type, ...headers })
  response.end(text)
}

function fail(incoming: IncomingMessage, response: ServerResponse, trouble: Exclude<FakeTrouble, object>): void {
  switch (trouble) {
    case 'drop':
      incoming.socket.destroy()
      return
    case 'half_answer':
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"id":', () => incoming.socket.destroy())
      return
    case 'silence':
      return
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('<html>Sign in to the network</html>')
      return
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(`{"id":"${'x'.repeat(1_200_000)}"}`)
      return
    case 'redirect':
      response.writeHead(302, { location: '/elsewhere' })
      response.end()
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
}

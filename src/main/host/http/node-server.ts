import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HARDENING_HEADERS } from './headers.ts'
import { requestThatHears } from './held-signal.ts'
import type { Surface } from './surface.ts'
import { webStream } from './web-stream.ts'

/** A loopback HTTP server that is listening. */
export interface LoopbackServer {
  readonly port: number
  /** Ends every connection, event streams included. */
  close(): Promise<void>
}

/** Puts `surface` on 127.0.0.1, on `port` or, for 0, on any free one. Never on another interface. */
export async function listenOnLoopback(
  surface: Surface,
  port: number,
  onError: (error: unknown) => void,
): Promise<LoopbackServer> {
  const server = createServer((message, response) => {
    answer(surface, message, response).catch((error: unknown) => {
      response.destroy()
      // A page that goes away in the middle of an answer is no fault.
      if (!isDisconnect(error)) onError(error)
    })
  })
  server.headersTimeout = 10_000
  // Uploads of a gigabyte take their time; event streams are answers, which no time-out ends.
  server.requestTimeout = 3_600_000
  await listening(server, port)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The loopback server has no port')
  return {
    port: address.port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

// No other is needed, so no preflight is ever granted, and TRACE, which a Request cannot even express, ends here.
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])

async function answer(surface: Surface, message: IncomingMessage, reply: ServerResponse): Promise<void> {
  if (!METHODS.has(message.method ?? '')) {
    reply.writeHead(405, HARDENING_HEADERS).end()
    return
  }
  const gone = new AbortController()
  reply.once('close', () => gone.abort())
  const response = await surface(requestOf(message, gone.signal))
  if (gone.signal.aborted) {
    await response.body?.cancel()
    return
  }
  reply.writeHead(response.status, headersOf(response))
  if (response.body === null || message.method === 'HEAD') {
    reply.end()
    return
  }
  reply.flushHeaders()
  await pipeline(Readable.from(chunksOf(response.body)), reply)
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function headersOf(response: Response): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') headers[name] = value
  })
  const cookies = response.headers.getSetCookie()
  return cookies.length > 0 ? { ...headers, 'set-cookie': cookies } : headers
}

function requestOf(message: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  // The path as it came: URL would already have taken the dots out of a path that tries to climb.
  const path = message.url?.startsWith('/') === true ? message.url : '/'
  const url = new URL(`http://127.0.0.1${path}`)
  const method = message.method ?? 'GET'
  if (method === 'GET' || method === 'HEAD') return requestThatHears(signal, url, { method, headers })
  const body = webStream(message, () => message.resume())
  return requestThatHears(signal, url, { method, headers, body, duplex: 'half' })
}

function isDisconnect(error: unknown): boolean {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'EPIPE'
}

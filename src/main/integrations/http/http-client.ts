import { type LookupAddress, lookup as lookupName } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { type Dispatcher, Pool } from 'undici'
import type { Clock } from '../../kernel/clock.ts'
import { isLoopback } from '../smtp/endpoint.ts'
import { cleaned } from './cleaned.ts'
import type { HttpOutcome, HttpRequest } from './http-outcome.ts'
import { createLocalAddressCheck } from './local-address.ts'
import { refusalOf } from './refusal.ts'

/** What a client is made of. */
export interface HttpClientParts {
  readonly clock: Clock
  /** Connections to each origin, and so requests at the same time. */
  readonly concurrency: number
  /** From the call to the end of the answer, in ms. */
  readonly timeLimitMs: number
  /** False refuses addresses of this machine and its network, by name or by number (security.md Z18). */
  readonly allowLocal: boolean
}

/** Sends requests over kept connections. It never throws, never retries and follows no redirect: whatever happens is a value. */
export interface HttpClient {
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome>
  /** Ends idle connections; running requests are left to finish. */
  close(): Promise<void>
}

const MOST_ANSWER = 1_000_000
// Servers close idle connections after 5 s and more; a request that meets the closing one could not be told from a lost one.
const KEEP_IDLE_MS = 4000
const CONNECT_MS = 15_000

/** A client with its own connections, HTTP/1.1, TLS 1.2 or newer; in clear to this machine only. */
export function createHttpClient(parts: HttpClientParts): HttpClient {
  const { clock, concurrency, timeLimitMs, allowLocal } = parts
  const pools = new Map<string, Pool>()
  const isLocal = createLocalAddressCheck()

  const outsideOnly: LookupFunction = (hostname, options, callback) => {
    lookupName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const local = addresses?.some(({ address }) => isLocal(address)) ?? false
      if (error) callback(error, [])
      else if (local) callback(Object.assign(new Error('a local address'), { code: 'LOCAL_ADDRESS' }), [])
      else if (options.all) callback(null, addresses)
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 4)
    })
  }

  function poolOf(origin: string): Pool {
    const known = pools.get(origin)
    if (known) return known
    const fresh = new Pool(origin, {
      connections: concurrency,
      pipelining: 1,
      // The time limit is kept by the clock, for the request as a whole.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_IDLE_MS,
      connect: {
        timeout: CONNECT_MS,
        minVersion: 'TLSv1.2',
        allowH2: false,
        ...(allowLocal ? {} : { lookup: outsideOnly }),
      },
    })
    pools.set(origin, fresh)
    return fresh
  }

  /** The address, or why it must not be asked. */
  function checkedUrl(text: string): URL | HttpOutcome {
    const url = URL.canParse(text) ? new URL(text) : null
    if (!url || !/^https?:$/.test(url.protocol)) return refusalOf('request', 'bad_address', '')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (url.protocol === 'http:' && !isLoopback(host)) return refusalOf('request', 'insecure', host)
    // A number is never looked up, so it is refused here.
    if (!allowLocal && (isLocal(host) || isLoopback(host))) return refusalOf('request', 'LOCAL_ADDRESS', host)
    return url
  }

  return {
    async request(request, signal) {
      const url = checkedUrl(request.url)
      if (!(url instanceof URL)) return url
      if (signal.aborted) return refusalOf('request', 'aborted', url.hostname)
      return exchange(poolOf(url.origin), url, request, { clock, timeLimitMs, signal })
    },
    async close() {
      const open = [...pools.values()]
      pools.clear()
      await Promise.all(open.map(pool => pool.close()))
    },
  }
}

function exchange(
  pool: Pool,
  url: URL,
  request: HttpRequest,
  terms: { readonly clock: Clock; readonly timeLimitMs: number; readonly signal: AbortSignal },
): Promise<HttpOutcome> {
  const { clock, timeLimitMs, signal } = terms
  return new Promise(resolve => {
    let controller: Dispatcher.DispatchController | null = null
    let status: number | null = null
    let headers: Readonly<Record<string, string>> = {}
    let chunks: Buffer[] = []
    let size = 0
    let isOver = false

    function end(outcome: HttpOutcome): void {
      if (isOver) return
      isOver = true
      cancelLimit()
      signal.removeEventListener('abort', onAbort)
      chunks = []
      resolve(outcome)
    }

    /** The answer as far as it came, else what is known of the request. */
    function endWith(code: string): void {
      const body = Buffer.concat(chunks).toString('utf8')
      if (status !== null) end({ kind: 'answered', status, headers, body, isComplete: code === '' })
      else if (controller === null) end(refusalOf(null, code, url.hostname))
      else end({ kind: 'lost', code, text: lossText(code, url.hostname) })
    }

    function stop(code: string): void {
      endWith(code)
      // One that still waits for a connection is refused when its turn comes, before anything is written.
      controller?.abort(new Error(code))
    }

    const onAbort = (): void => stop('aborted')
    const cancelLimit = clock.after(timeLimitMs, () => stop('timeout'))
    signal.addEventListener('abort', onAbort, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(given) {
        // Thrown before anything is written. A second start would be a second request.
        if (isOver || controller !== null) throw new Error('no longer wanted')
        controller = given
      },
      onResponseStart(_controller, code, received) {
        if (code < 200) return
        status = code
        headers = cleaned(received)
      },
      onResponseData(_controller, chunk) {
        size += chunk.length
        if (size > MOST_ANSWER) stop('too_long')
        else chunks.push(chunk)
      },
      onResponseEnd: () => endWith(''),
      onResponseError: (_controller, error) => endWith(codeOf(error)),
    }
    try {
      pool.dispatch(
        {
          method: request.method,
          path: url.pathname + url.search,
          headers: { 'user-agent': 'Tidings', ...request.headers },
          body: request.body,
        },
        handler,
      )
    } catch (error) {
      endWith(codeOf(error))
    }
  })
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return 'broken'
}

function lossText(code: string, host: string): string {
  if (code === 'timeout') return `${host} did not answer in time`
  return code === 'aborted'
    ? 'Stopped while waiting for the answer'
    : `The connection to ${host} was lost before the answer`
}

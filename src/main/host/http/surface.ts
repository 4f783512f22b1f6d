import { RPCHandler } from '@orpc/server/fetch'
import type { Log } from '../../kernel/log.ts'
import {
  failureBody,
  MOST_REQUEST_CHARACTERS,
  requestGuards,
  tooLarge,
  unknownNamesAreRefused,
} from '../../request-guards.ts'
import type { AppRouter, Caller } from '../../router.ts'
import type { Files } from '../../storage/files.ts'
import { hardened, jsonResponse } from './headers.ts'
import { requestThatHears } from './held-signal.ts'
import { staticFiles } from './static-files.ts'
import { receiveFile, sendFile } from './transfer.ts'

/** Answers what a page asks of its host: requests, files in and out, and the built renderer. */
export type Surface = (request: Request) => Promise<Response>

/** What a surface is put in front of. */
export interface SurfaceParts {
  readonly router: AppRouter
  readonly files: Files
  readonly log: Log
}

export interface SurfaceOptions {
  /** Where the built renderer lies. */
  readonly rendererFolder: string
  readonly host: Caller['host']
  /** Without it POST /rpc is refused: Electron carries requests over a message port. */
  readonly carriesRequests: boolean
}

/** The surface of the browser and the Electron host. Who may ask is decided before a request comes here. */
export function createSurface({ router, files, log }: SurfaceParts, options: SurfaceOptions): Surface {
  const rpc = new RPCHandler(router, {
    clientInterceptors: requestGuards(log),
    rootInterceptors: [unknownNamesAreRefused],
  })
  const page = staticFiles(options.rendererFolder)
  const token = /^\/files\/([A-Za-z0-9_-]{16,64})$/

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (request.method === 'POST' && options.carriesRequests && pathname.startsWith('/rpc/')) return call(request)
    if (request.method === 'POST' && pathname === '/files') return receiveFile(files, request)
    const wanted = token.exec(pathname)?.[1]
    if (request.method === 'GET' && wanted !== undefined) return sendFile(files, wanted)
    const isReserved = /^\/(rpc|files|session)(\/|$)/.test(pathname)
    if (!isReserved && (request.method === 'GET' || request.method === 'HEAD')) return page(pathname)
    return jsonResponse({ code: 'not_found', message: 'There is no such address.' }, 404)
  }

  async function call(request: Request): Promise<Response> {
    // Four octets a character at most, and room for oRPC's envelope.
    const text = await textUpTo(request, MOST_REQUEST_CHARACTERS * 4 + 1024)
    if (text === null) {
      const { code, message, details } = tooLarge()
      return jsonResponse(failureBody({ code, message, details: { ...details } }, 400), 400)
    }
    const { url, headers, signal } = request
    const whole = requestThatHears(signal, url, { method: 'POST', headers, body: text })
    const { response } = await rpc.handle(whole, { prefix: '/rpc', context: { host: options.host } })
    return response ?? jsonResponse({ code: 'not_found', message: 'There is no such request.' }, 404)
  }

  return async request => {
    try {
      return hardened(await answer(request))
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 })
      log.error('surface.failed', { message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      return hardened(jsonResponse({ code: 'internal', message: 'Something went wrong inside Tidings.' }, 500))
    }
  }
}

async function textUpTo(request: Request, mostBytes: number): Promise<string | null> {
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks).toString('utf8')
    bytes += value.length
    if (bytes > mostBytes) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
}

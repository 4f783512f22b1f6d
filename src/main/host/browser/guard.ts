import type { Log } from '../../kernel/log.ts'
import { hardened, jsonResponse } from '../http/headers.ts'
import type { Surface } from '../http/surface.ts'
import type { Sessions } from './session.ts'

export const SESSION_COOKIE = 'tidings_session'

export interface GuardOptions {
  readonly sessions: Sessions
  readonly log: Log
  /** Known once the server listens. */
  readonly port: () => number
}

type Refusal = { readonly status: number; readonly why: string; readonly message: string }

const STALE =
  'This page is no longer connected to Tidings. Open the address that Tidings printed when it started, or start it again.'

/**
 * Stands in front of the loopback surface (security.md Z17): the right Host against DNS rebinding, our own Origin only,
 * JSON only, and a session for everything but the static files of the page.
 */
export function guarded(surface: Surface, { sessions, log, port }: GuardOptions): Surface {
  const address = (): string => `127.0.0.1:${port()}`

  function refusalOf(request: Request, pathname: string): Refusal | null {
    if (request.headers.get('host') !== address()) return refuse(421, 'host', 'Wrong host.')
    const origin = request.headers.get('origin')
    if (origin !== null && origin !== `http://${address()}`) return refuse(403, 'origin', 'Wrong origin.')
    const site = request.headers.get('sec-fetch-site')
    const crossing = site !== null && site !== 'same-origin' && site !== 'none'
    // Following a link to the page is fine; anything that answers with data is asked by our own page.
    if (crossing && needsSession(pathname)) return refuse(403, 'site', 'Wrong origin.')
    if (request.method === 'POST') return postRefusal(request, pathname, origin)
    return needsSession(pathname) && !isAllowedIn(request) ? refuse(401, 'session', STALE) : null
  }

  function postRefusal(request: Request, pathname: string, origin: string | null): Refusal | null {
    const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
    const wanted = pathname === '/files' ? 'application/octet-stream' : 'application/json'
    if (type !== wanted) return refuse(415, 'content_type', `Send ${wanted}.`)
    // A browser always names the origin of a POST; the command line has its own token and none.
    if (origin === null && !hasCommandToken(request)) return refuse(403, 'origin', 'Wrong origin.')
    if (pathname === '/session') return null
    return isAllowedIn(request) ? null : refuse(401, 'session', STALE)
  }

  function isAllowedIn(request: Request): boolean {
    if (hasCommandToken(request)) return true
    const session = cookieOf(request, SESSION_COOKIE)
    return session !== null && sessions.isOpen(session)
  }

  function hasCommandToken(request: Request): boolean {
    const given = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.get('authorization') ?? '')?.[1]
    return given !== undefined && sessions.isCommandToken(given)
  }

  async function session(request: Request): Promise<Response> {
    if (hasCommandToken(request)) return jsonResponse({ address: invitation(sessions, port()) }, 200)
    const token = await tokenOf(request)
    const opened = token === null ? null : sessions.open(token)
    if (opened === null) {
      if (isAllowedIn(request)) return jsonResponse({ done: true }, 200)
      return jsonResponse({ code: 'forbidden', message: STALE }, 403)
    }
    const cookie = `${SESSION_COOKIE}=${opened}; HttpOnly; SameSite=Strict; Path=/`
    return jsonResponse({ done: true }, 200, { 'set-cookie': cookie })
  }

  return async request => {
    const { pathname } = new URL(request.url)
    const refusal = refusalOf(request, pathname)
    if (refusal) {
      log.warn('surface.refused', { why: refusal.why, status: refusal.status })
      const code = refusal.status === 401 ? 'unavailable' : 'forbidden'
      const failure = { code, message: refusal.message }
      const body = { json: { defined: false, status: refusal.status, ...failure, data: failure }, meta: [], ...failure }
      return hardened(jsonResponse(body, refusal.status))
    }
    return pathname === '/session' && request.method === 'POST' ? hardened(await session(request)) : surface(request)
  }
}

/** The address to open: the token is in the fragment, which no browser sends or logs. */
export function invitation(sessions: Sessions, port: number): string {
  return `http://127.0.0.1:${port}/#token=${sessions.invite()}`
}

function refuse(status: number, why: string, message: string): Refusal {
  return { status, why, message }
}

function needsSession(pathname: string): boolean {
  return /^\/(rpc|files|session)(\/|$)/.test(pathname)
}

function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=')
    if (key === name && value !== undefined) return value
  }
  return null
}

async function tokenOf(request: Request): Promise<string | null> {
  const text = await request.text()
  if (text.length > 200) return null
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || !('token' in body)) return null
    return typeof body.token === 'string' ? body.token : null
  } catch {
    return null
  }
}

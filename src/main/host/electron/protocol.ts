import type { Session } from 'electron'
import { hardened } from '../http/headers.ts'
import type { Surface } from '../http/surface.ts'
import { BUNDLE, isOurPage } from './page-origin.ts'

/** Serves the page and its files on app://bundle; every other host of the scheme has nothing. */
export function serveBundle(session: Session, surface: Surface): void {
  session.protocol.handle('app', async request => {
    if (!isOurPage(request.url)) return hardened(new Response('Not found', { status: 404 }))
    const origin = request.headers.get('origin')
    if (origin !== null && origin !== BUNDLE) return hardened(new Response('Forbidden', { status: 403 }))
    return surface(request)
  })
}

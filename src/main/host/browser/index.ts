import type { App } from '../../app.ts'
import { removeEndpoint, writeEndpoint } from '../endpoint.ts'
import { listenOnLoopback } from '../http/node-server.ts'
import { createSurface } from '../http/surface.ts'
import { guarded, invitation } from './guard.ts'
import { createSessions } from './session.ts'

/** The application on loopback HTTP. */
export interface BrowserHost {
  readonly port: number
  /** A fresh address; it can be opened once. */
  address(): string
  /** Ends the surface; the application goes on. */
  close(): Promise<void>
}

export interface BrowserHostOptions {
  readonly folder: string
  readonly rendererFolder: string
  /** 0 for any free one. */
  readonly port: number
  readonly host: 'browser' | 'worker'
}

/** Puts a surface in front of the application, on 127.0.0.1 only, and leaves word in the workspace for the command line. */
export async function startBrowserHost(app: App, options: BrowserHostOptions): Promise<BrowserHost> {
  const { clock, random, log } = app.kernel
  const sessions = createSessions(clock, random)
  const surface = createSurface(
    { router: app.router, files: app.files, log },
    {
      rendererFolder: options.rendererFolder,
      host: 'browser',
      carriesRequests: true,
    },
  )
  let port = options.port
  const server = await listenOnLoopback(guarded(surface, { sessions, log, port: () => port }), options.port, error =>
    log.error('surface.failed', { message: String(error) }),
  )
  port = server.port
  await writeEndpoint(options.folder, {
    address: `http://127.0.0.1:${port}`,
    token: sessions.commandToken,
    pid: process.pid,
    host: options.host,
  })
  log.info('surface.started', { host: options.host, port })
  return {
    port,
    address: () => invitation(sessions, port),
    async close() {
      await removeEndpoint(options.folder)
      await server.close()
    },
  }
}

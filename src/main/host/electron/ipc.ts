import { RPCHandler } from '@orpc/server/message-port'
import { type BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import { AppError } from '../../../shared/contract/failure.ts'
import type { App } from '../../app.ts'
import { requestGuards, unknownNamesAreRefused } from '../../request-guards.ts'
import { createRateLimit } from '../rate-limit.ts'
import { senderRefusal } from './page-origin.ts'

// A page with a dozen live tables asks forty times a second at its busiest; a loop gone wild asks thousands of times.
const REQUESTS_PER_SECOND = 200
const REQUESTS_AT_ONCE = 1000

/**
 * Gives the window's page its one port to the application, each time the page is loaded. The asker is checked first
 * (security.md Z3); a new port ends the one before.
 */
export function givePorts(application: App, window: () => BrowserWindow | null): void {
  const { log } = application.kernel
  let current: MessagePortMain | null = null
  ipcMain.on('app:connect', event => {
    const sender = event.senderFrame
    const refusal = senderRefusal({
      frame: sender ? { url: sender.url, isMainFrame: sender.parent === null } : null,
      isOurWindow: window()?.webContents === event.sender,
    })
    if (refusal !== null || sender === null) {
      log.warn('ipc.refused', { why: refusal ?? 'no_frame' })
      return
    }
    current?.close()
    const { port1, port2 } = new MessageChannelMain()
    current = port1
    serve(application, port1)
    sender.postMessage('app:port', null, [port2])
  })
}

function serve(application: App, port: MessagePortMain): void {
  const { log, clock } = application.kernel
  const mayAsk = createRateLimit(clock, REQUESTS_PER_SECOND, REQUESTS_AT_ONCE)
  const [failures, ...guards] = requestGuards(log)
  const handler = new RPCHandler(application.router, {
    clientInterceptors: [
      failures,
      options => {
        if (mayAsk()) return options.next()
        throw new AppError('unavailable', 'The window asks too much at once. Wait a moment and try again.')
      },
      ...guards,
    ],
    rootInterceptors: [unknownNamesAreRefused],
  })
  handler.upgrade(port, { context: { host: 'electron' } })
  port.start()
}

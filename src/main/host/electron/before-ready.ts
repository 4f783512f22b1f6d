import { app, protocol } from 'electron'

/**
 * What Electron takes only before it is ready: every page in a sandbox (Z1), and app:// as a real origin in which the
 * content security policy holds (Z5).
 */
export function beforeReady(): void {
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

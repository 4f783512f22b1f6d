import { mkdir } from 'node:fs/promises'
import { startBrowserHost } from '../host/browser/index.ts'
import { openApplication, rendererFolder } from '../host/open-application.ts'
import { readArguments, wholeNumber } from './arguments.ts'
import { openInBrowser } from './open-in-browser.ts'
import { fail, say } from './output.ts'
import { untilStopped } from './until-stopped.ts'
import { freshAddress, isInUse, runningCopy } from './workspace-access.ts'

/** `tidings serve`: the browser host, until it is stopped. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const read = readArguments(args, { port: { type: 'string' }, open: { type: 'boolean' } }, 0)
  const port = wholeNumber('port', read.text('port'), 0, 65_535) ?? 0
  await mkdir(read.folder, { recursive: true, mode: 0o700 })
  const show = (address: string): void => {
    say(`Tidings is open at ${address}`)
    if (read.flag('open') && !openInBrowser(address))
      fail('No browser could be opened here: open the address yourself.')
  }
  try {
    await serve(read.folder, port, show)
  } catch (error) {
    if (!isInUse(error)) throw error
    show(await freshAddress(await runningCopy(read.folder)))
  }
  return 0
}

async function serve(folder: string, port: number, show: (address: string) => void): Promise<void> {
  const app = await openApplication(folder)
  try {
    const host = await startBrowserHost(app, { folder, rendererFolder, port, host: 'browser' })
    app.start()
    show(host.address())
    await untilStopped().promise
    fail('Stopping: messages on the wire are finished first.')
    await host.close()
  } finally {
    await app.close()
  }
}

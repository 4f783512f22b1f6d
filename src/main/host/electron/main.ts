import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, type BrowserWindow, dialog, session } from 'electron'
import { AppError } from '../../../shared/contract/failure.ts'
import type { App } from '../../app.ts'
import { createSurface } from '../http/surface.ts'
import { keyFileSecrets } from '../node-secrets.ts'
import { openApplication, rendererFolder } from '../open-application.ts'
import { givePorts } from './ipc.ts'
import { showMenu } from './menu.ts'
import { serveBundle } from './protocol.ts'
import { quitInOrder } from './quitting.ts'
import { systemSecrets } from './secrets.ts'
import { lockNavigation, lockPermissions } from './security.ts'
import { stayAwakeWhileSending } from './stay-awake.ts'
import { loadPage, openWindow } from './window.ts'

/** Starts the desktop application. */
export function startDesktop(): void {
  const given = app.commandLine.getSwitchValue('user-data-dir')
  if (given !== '') app.setPath('userData', resolve(given))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app
    .whenReady()
    .then(run)
    .catch((error: unknown) => {
      const message = error instanceof AppError ? error.message : String(error)
      if (isUnattended()) process.stderr.write(`${message}\n`)
      else dialog.showErrorBox('Tidings cannot open', message)
      app.exit(1)
    })
}

async function run(): Promise<void> {
  const folder = workspaceFolder()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const application = await openApplication(folder, random => systemSecrets(keyFileSecrets(folder, random)))
  const { log } = application.kernel
  log.info('desktop.started', { electron: process.versions.electron, node: process.versions.node })

  lockNavigation(log)
  lockPermissions(session.defaultSession)
  serveBundle(
    session.defaultSession,
    createSurface(
      { router: application.router, files: application.files, log },
      { rendererFolder, host: 'electron', carriesRequests: false },
    ),
  )

  let window: BrowserWindow | null = null
  const currentWindow = (): BrowserWindow | null => window
  givePorts(application, currentWindow)
  showMenu({ window: currentWindow, logsFolder: join(folder, 'logs'), workspaceFolder: join(folder, 'tidings.db') })
  stayAwakeWhileSending(application)
  application.start()

  const show = async (): Promise<void> => {
    if (window) {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      return
    }
    window = openWindow()
    window.on('closed', () => {
      window = null
    })
    reloadWhenGone(window, application)
    await loadPage(window)
  }
  quitInOrder(application, { window: currentWindow, show, whenSending: isUnattended() ? 'pause' : 'ask' })
  // Z13: whatever a second start brings along, it only brings the window to the front.
  app.on('second-instance', () => application.kernel.background('window', show()))
  app.on('activate', () => application.kernel.background('window', show()))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  await show()
}

function reloadWhenGone(window: BrowserWindow, application: App): void {
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    application.kernel.log.error('window.gone', { reason })
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
}

function workspaceFolder(): string {
  const given = app.commandLine.getSwitchValue('workspace')
  return given === '' ? join(app.getPath('userData'), 'workspace') : resolve(given)
}

// For tests and scripts: nobody is there to answer a dialog, so sending is paused and goes on at the next start.
function isUnattended(): boolean {
  return app.commandLine.hasSwitch('unattended')
}

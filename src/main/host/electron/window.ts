import { join } from 'node:path'
import { app, BrowserWindow, screen } from 'electron'
import { builtFolder } from '../open-application.ts'
import { BUNDLE } from './page-origin.ts'
import { windowOptions } from './window-options.ts'
import { placeToOpen, readPlace, writePlace } from './window-place.ts'

/** Opens the window where it was last time and shows it when there is something to see. */
export function openWindow(): BrowserWindow {
  const folder = app.getPath('userData')
  const bounds = placeToOpen(
    readPlace(folder),
    screen.getAllDisplays().map(display => display.workArea),
  )
  const window = new BrowserWindow(windowOptions(join(builtFolder, 'preload', 'index.cjs'), bounds, app.isPackaged))
  if (bounds.isMaximized) window.maximize()
  window.once('ready-to-show', () => {
    window.webContents.setZoomLevel(bounds.zoomLevel)
    window.show()
  })
  window.on('close', () => {
    writePlace(folder, {
      ...window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      zoomLevel: Math.max(-5, Math.min(5, window.webContents.getZoomLevel())),
    })
  })
  return window
}

/** Shows the application in the window. */
export function loadPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(`${BUNDLE}/`)
}

import type { BrowserWindowConstructorOptions } from 'electron'
import type { Bounds } from './window-place.ts'

/** How every window is made (security.md Z1). Nothing else makes windows. */
export function windowOptions(preload: string, bounds: Bounds, isRelease: boolean): BrowserWindowConstructorOptions {
  const { x, y, width, height } = bounds
  return {
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Tidings',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: !isRelease,
    },
  }
}

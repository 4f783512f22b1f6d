import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, inProject, projectNode, remember, remembered, runQuietly, tell } from './project.mjs'

/** The Electron binary, or null when there is none. Looks at files only: asking the package would begin a download. */
export function findElectron() {
  const folder = inProject('node_modules', 'electron')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron'
  if (override) return existsSync(join(override, name)) ? join(override, name) : null
  if (!existsSync(join(folder, 'path.txt'))) return null
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  return existsSync(binary) ? binary : null
}

const A_DAY_MS = 86_400_000

/** The Electron binary, downloaded when that is possible. A download that failed is tried again the next day. */
export function provideElectron() {
  const present = findElectron()
  if (present || process.env.ELECTRON_OVERRIDE_DIST_PATH || process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return present
  if (Date.now() - Number(remembered('electron-download-failed') ?? 0) < A_DAY_MS) return null
  tell('Downloading Electron (about 120 MB, once) …')
  const { code } = runQuietly(projectNode(), [commandOf('electron', 'install-electron')], { timeout: 600_000 })
  const binary = findElectron()
  if (code !== 0 || !binary) remember('electron-download-failed', String(Date.now()))
  return binary
}

/** True when windows can be shown here. */
export function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

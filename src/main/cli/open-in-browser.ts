import { spawn } from 'node:child_process'

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
}

/** Opens a loopback address in the person's browser. False when there is no screen to open it on. */
export function openInBrowser(address: string): boolean {
  const opener = OPENERS[process.platform]
  const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  if (!opener || !hasScreen) return false
  const [command, ...args] = opener
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true })
  // Without an opener the printed address is enough.
  child.on('error', () => undefined)
  child.unref()
  return true
}

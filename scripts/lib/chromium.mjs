import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { commandOf, projectNode, runQuietly, tell } from './project.mjs'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
    .map(name => process.env[name])
    .filter(Boolean)
    .flatMap(folder => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
}

/** What the browser tests can run in. `path` is null for Playwright's own browser. */
export async function provideBrowser() {
  const installed = findInstalled()
  if (installed) return { kind: 'found', path: installed }
  if (await playwrightHasOne()) return { kind: 'found', path: null }
  tell('No Chromium, Chrome or Edge is installed: asking Playwright for one …')
  const asked = runQuietly(projectNode(), [commandOf('playwright'), 'install', 'chromium'], { timeout: 300_000 })
  if (asked.code === 0 && (await playwrightHasOne())) return { kind: 'found', path: null }
  if (canUseApt()) {
    tell('Playwright could not download it: installing Debian’s chromium (about 130 MB) …')
    runQuietly('apt-get', ['update', '-qq'])
    const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } }
    runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options)
    const made = findInstalled()
    if (made) return { kind: 'found', path: made }
  }
  return {
    kind: 'missing',
    advice:
      'The browser tests need Chromium, Chrome or Edge. Install one (Debian, Ubuntu: sudo apt-get install chromium; ' +
      'elsewhere: npx playwright install chromium, or https://www.google.com/chrome), then run npm test again. ' +
      'TIDINGS_BROWSER names one that is somewhere else.',
  }
}

function findInstalled() {
  const named = process.env.TIDINGS_BROWSER
  if (named) return existsSync(named) ? named : null
  const folders = (process.env.PATH ?? '').split(delimiter)
  const inPath = process.platform === 'linux' ? NAMES.flatMap(name => folders.map(folder => join(folder, name))) : []
  return [...inPath, ...(PLACES[process.platform] ?? [])].find(path => existsSync(path)) ?? null
}

async function playwrightHasOne() {
  const { chromium } = await import('playwright')
  return existsSync(chromium.executablePath())
}

function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { staticChecks } from './checks.mjs'
import { provideBrowser } from './chromium.mjs'
import { findElectron, hasScreen } from './electron.mjs'
import { commandOf, inProject, projectNode, run, runCollected, runNode, runQuietly } from './project.mjs'

/**
 * Everything that `npm test` runs: rounds, one after the other, of lanes side by side, of steps one after the other. Each
 * step ends with how many passed and failed, or with why it could not be run here.
 */
export function testSteps() {
  const [types, ...lints] = staticChecks().map(quietly)
  return [
    [[types], lints],
    [[{ name: 'unit and integration', run: vitest }]],
    [[{ name: 'crash, short form (10 kills)', run: crash }]],
    [[{ name: 'in the browser', run: browserTests }]],
    [[{ name: 'in Electron', run: electronTests }]],
  ]
}

// None of them uses a second core for long: two go side by side.
function quietly({ name, args }) {
  const run = async () => {
    const { code, output } = await runCollected(projectNode(), args)
    return { ...oneCheck(code), output }
  }
  return { name, isQuiet: true, run }
}

const oneCheck = code => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 })
const notRun = why => ({ passed: 0, failed: 0, notRun: why })

async function vitest() {
  const report = freshReport('vitest.json')
  const args = [commandOf('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runNode(args, { env: { CI: '1' } })
  const found = readReport(report)
  if (!found) return { passed: 0, failed: 1 }
  // A file that cannot be loaded fails without a failed test.
  const failed = Math.max(found.numFailedTests, code === 0 ? 0 : 1)
  return { passed: found.numPassedTests, failed }
}

async function crash() {
  if (!existsSync(inProject('test', 'crash', 'crash-run.ts'))) return notRun('there is no crash test')
  return oneCheck(await runNode([inProject('scripts', 'crash.mjs'), '--kills', '10', '--recipients', '2000']))
}

async function browserTests() {
  const browser = await provideBrowser()
  if (browser.kind === 'missing') return { passed: 0, failed: 1, notRun: browser.advice }
  return playwright('browser', projectNode(), [], browser.path ? { TIDINGS_BROWSER_PATH: browser.path } : {})
}

async function electronTests() {
  const binary = findElectron()
  if (!binary) return notRun('no Electron binary is here (npm start downloads one where it can)')
  const environment = { TIDINGS_ELECTRON_PATH: binary }
  if (hasScreen()) return playwright('electron', projectNode(), [], environment)
  if (runQuietly('which', ['xvfb-run']).code !== 0) {
    return notRun('there is no screen, and no xvfb-run to stand in for one (Debian: apt-get install xvfb xauth)')
  }
  const screen = ['-a', '-s', '-screen 0 1400x1000x24', projectNode()]
  return playwright('electron', 'xvfb-run', screen, environment)
}

async function playwright(project, command, before, env) {
  const report = freshReport(`playwright-${project}.json`)
  const args = [
    ...before,
    commandOf('@playwright/test', 'playwright'),
    'test',
    '--project',
    project,
    '--reporter=list,json',
  ]
  const code = await run(command, args, { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CI: '1' } })
  const found = readReport(report)
  if (!found) return { passed: 0, failed: 1 }
  const failed = found.stats.unexpected + found.stats.flaky
  return { passed: found.stats.expected, failed: Math.max(failed, code === 0 ? 0 : 1) }
}

function freshReport(name) {
  const file = inProject('.cache', 'reports', name)
  mkdirSync(inProject('.cache', 'reports'), { recursive: true })
  rmSync(file, { force: true })
  return file
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

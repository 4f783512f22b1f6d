import { build } from './build.mjs'
import { hasScreen, provideElectron } from './lib/electron.mjs'
import { inProject, root, run, runNode, tell } from './lib/project.mjs'
import { main, setup } from './setup.mjs'

const browser = args =>
  runNode([inProject('out', 'main', 'cli.js'), 'serve', '--open', ...args], { cwd: process.cwd() })

await main(async () => {
  const args = process.argv.slice(2)
  await setup()
  await build()
  if (!hasScreen()) {
    tell('There is no screen here: Tidings opens for a browser instead.')
    return browser(args)
  }
  const electron = provideElectron()
  if (!electron) {
    tell('Electron is neither here nor can it be downloaded: Tidings opens in the browser instead.')
    return browser(args)
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && !process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    tell('Electron does not run as root: Tidings opens in the browser instead.')
    return browser(args)
  }
  const code = await run(electron, ['-r', inProject('out', 'main', 'before-ready.js'), root, ...forElectron(args)])
  if (code === 0 || code === 130) return 0
  if (code !== 127) return code
  tell('Electron could not be started: Tidings opens in the browser instead.')
  return browser(args)
})

// Chromium reads `--name=value` only.
function forElectron(args) {
  const joined = []
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '--workspace' && at + 1 < args.length) joined.push(`--workspace=${args[++at]}`)
    else joined.push(args[at])
  }
  return joined
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { commandOf, hashOf, inProject, projectNode, runQuietly, tell } from './lib/project.mjs'
import { main, setup } from './setup.mjs'

const SOURCES = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
// Beside what it is about: packages may be shared between two checkouts, what was built may not.
const STAMP = 'out/.built-from'
const RESULTS = ['out/main/index.cjs', 'out/main/cli.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/** Builds main process, preload and renderer into `out`, unless nothing changed since the last build. */
export async function build() {
  const wanted = hashOf(SOURCES)
  if (builtFrom() === wanted && RESULTS.every(file => existsSync(inProject(file)))) return
  tell('Building …')
  const started = Date.now()
  const { code, output } = runQuietly(projectNode(), [commandOf('electron-vite'), 'build', '--logLevel', 'warn'])
  if (code !== 0 || !RESULTS.every(file => existsSync(inProject(file)))) {
    tell(output)
    throw new Error('The build failed: see above.')
  }
  writeFileSync(inProject(STAMP), wanted)
  tell(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
}

function builtFrom() {
  return existsSync(inProject(STAMP)) ? readFileSync(inProject(STAMP), 'utf8') : null
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await setup()
    await build()
  })
}

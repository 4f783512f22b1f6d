import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOf, inProject, projectNode, remember, remembered, run, runQuietly, tell } from './lib/project.mjs'

/** Installs what the lock file names and makes the database driver loadable. Does nothing when all is there. */
export async function setup() {
  refuseOldNode()
  await installPackages()
  await buildDriver()
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 18)) return
  throw new Error(
    `Tidings needs Node 20.18 or newer; this is ${process.versions.node}. Get one from https://nodejs.org`,
  )
}

async function installPackages() {
  const wanted = hashOf(['package-lock.json'])
  if (existsSync(inProject('node_modules')) && (remembered('lock') === wanted || agreesWithLock())) {
    if (remembered('lock') !== wanted) remember('lock', wanted)
    return
  }
  tell('Installing packages (about a minute) …')
  // Not `npm ci`: it refuses a lock file without the packages of other platforms, and a registry mirror may lack those.
  // `install` keeps to the locked versions too, and `--no-save` leaves the lock file as it is.
  const code = await npm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) throw new Error('npm could not install the packages: see above. Is the npm registry reachable?')
  remember('lock', wanted)
}

// A tree that npm itself installed is as good as ours.
function agreesWithLock() {
  return npmQuietly(['ls', '--depth=0', '--silent']).code === 0
}

async function buildDriver() {
  if (driverLoads()) return
  const headers = headersFolder()
  const env = {
    // Without it a driver built by Node 24 crashes Node 20: node-gyp would aim at the newest Node-API of the builder.
    npm_config_napi_build_version: '6',
    ...(headers ? { npm_config_nodedir: headers } : {}),
  }
  tell('Building the database driver (about a minute and a half, once) …')
  const { code, output } = npmQuietly(['rebuild', 'sqlite3', '--no-audit', '--no-fund'], env)
  if (code === 0 && driverLoads()) return
  tell(output.split('\n').slice(-30).join('\n'))
  throw new Error(
    'The database driver (sqlite3) could be neither downloaded nor compiled. To compile it, a C++ compiler, make and Python 3 ' +
      'are needed. Debian, Ubuntu: apt-get install g++ make python3. macOS: xcode-select --install. Windows: Visual Studio ' +
      'Build Tools with "Desktop development with C++". Then run the same command again.',
  )
}

function driverLoads() {
  const program = "require('sqlite3'); process.stdout.write('loads')"
  return [projectNode(), process.execPath].every(node => runQuietly(node, ['-e', program]).output.includes('loads'))
}

function headersFolder() {
  const folder = dirname(dirname(projectNode()))
  return existsSync(`${folder}/include/node/node_api.h`) ? folder : null
}

// npm's own file run by our Node: `npm.cmd` cannot be started without a shell on Windows.
function npmCommand(args) {
  const file = process.env.npm_execpath
  return file?.endsWith('.js') ? [process.execPath, [file, ...args]] : ['npm', args]
}

function npm(args) {
  const [command, all] = npmCommand(args)
  return run(command, all, { stdio: ['ignore', 'inherit', 'inherit'] })
}

function npmQuietly(args, env = {}) {
  const [command, all] = npmCommand(args)
  return runQuietly(command, all, { env, timeout: 1_200_000 })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(setup)

/** Runs a script and ends the process with its exit code; an expected failure is one clear line. */
export async function main(script) {
  try {
    process.exitCode = (await script()) ?? 0
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

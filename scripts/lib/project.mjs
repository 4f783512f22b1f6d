import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const isWindows = process.platform === 'win32'

/** A path inside the project. */
export const inProject = (...parts) => join(root, ...parts)

/** One line for the person, on stderr: stdout belongs to what is run. */
export const tell = text => process.stderr.write(`${text}\n`)

/** Node 24 from the npm platform package when it is installed, else the Node that runs this. */
export function projectNode() {
  const own = inProject(
    'node_modules',
    `node-${isWindows ? 'win' : process.platform}-${process.arch}`,
    'bin',
    isWindows ? 'node.exe' : 'node',
  )
  return existsSync(own) ? own : process.execPath
}

/** The file that a command of an installed package starts with. */
export function commandOf(packageName, command = packageName) {
  const folder = inProject('node_modules', ...packageName.split('/'))
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const bin = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[command]
  return join(folder, bin)
}

/** What every Node process of the project is started with. */
export function environment(more = {}) {
  const { UV_THREADPOOL_SIZE = '16', MALLOC_ARENA_MAX = '2' } = process.env
  // glibc keeps a heap for each of the sixteen threads; with two an import needs 45 MB less and is as fast.
  return { ...process.env, UV_THREADPOOL_SIZE, MALLOC_ARENA_MAX, ...more }
}

/** Runs a Node program to its end with the terminal's own streams; resolves with the exit code. */
export function runNode(args, options = {}) {
  return run(projectNode(), args, options)
}

/** Runs a program to its end; resolves with the exit code. Signals that stop us are passed on. */
export function run(command, args, { env = {}, cwd = root, stdio = 'inherit' } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd, stdio, env: environment(env) })
    // The terminal sends Ctrl-C to the whole group; we wait for the child to end in its own way.
    const passOn = signal => () => child.kill(signal)
    const ignore = () => {}
    const terminate = passOn('SIGTERM')
    process.on('SIGINT', ignore)
    process.on('SIGTERM', terminate)
    const over = code => {
      process.off('SIGINT', ignore)
      process.off('SIGTERM', terminate)
      resolve(code)
    }
    child.on('error', () => over(127))
    child.on('exit', (code, signal) => over(code ?? (signal ? 128 : 1)))
  })
}

/** Runs a program quietly; gives its exit code and everything it wrote. */
export function runQuietly(command, args, { env = {}, timeout = 600_000 } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: environment(env),
    encoding: 'utf8',
    timeout,
    maxBuffer: 64 * 2 ** 20,
  })
  return { code: status ?? 1, output: `${stdout ?? ''}${stderr ?? ''}` }
}

/** Runs a program beside others; resolves with its exit code and everything it wrote. */
export function runCollected(command, args) {
  return new Promise(resolve => {
    const chunks = []
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: environment() })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => chunks.push(chunk))
    const over = code => resolve({ code, output: Buffer.concat(chunks).toString('utf8') })
    child.on('error', () => over(127))
    child.on('close', code => over(code ?? 1))
  })
}

/** A hash over the contents of files and folders, for telling whether something changed. */
export function hashOf(paths) {
  const hash = createHash('sha256')
  const walk = path => {
    if (!existsSync(inProject(path))) return
    if (!isFolder(path)) {
      hash.update(path).update(readFileSync(inProject(path)))
      return
    }
    for (const name of readdirSync(inProject(path)).sort()) walk(join(path, name))
  }
  for (const path of paths) walk(path)
  return hash.digest('hex')
}

function isFolder(path) {
  try {
    readdirSync(inProject(path))
    return true
  } catch {
    return false
  }
}

const stamps = () => inProject('node_modules', '.tidings')

/** What was remembered under a name, or null. Forgotten together with node_modules. */
export function remembered(name) {
  const file = join(stamps(), name)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Remembers a text under a name. */
export function remember(name, text) {
  mkdirSync(stamps(), { recursive: true })
  writeFileSync(join(stamps(), name), text)
}

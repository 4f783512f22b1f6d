import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

/** The project's folder, also when this file was built into another one. */
export function projectFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'electron.vite.config.ts'))) return folder
    if (dirname(folder) === folder) throw new Error('the project folder was not found')
  }
}

/** The Node that the project's scripts use, and how a TypeScript file is run by it. */
async function tools(): Promise<{ node: string; runnable: (file: string) => Promise<string> }> {
  const lib = (file: string): string => pathToFileURL(join(projectFolder(), 'scripts', 'lib', file)).href
  const { projectNode } = await import(lib('project.mjs'))
  const { runnable } = await import(lib('typescript-run.mjs'))
  return { node: projectNode(), runnable }
}

/** A process that takes mail and writes down what came. */
export interface SinkProcess {
  readonly port: number
  /** Message references in order of arrival, whole lines only. */
  records(): readonly { readonly messageRef: string; readonly recipient: string }[]
  /** How many messages arrived; cheap enough to ask often. */
  count(): number
  stop(): Promise<void>
}

/** Starts a sink of test/support in a process of its own; what it accepts is in `recordFile` before it answers. */
export async function startSinkProcess(recordFile: string, kind: 'smtp' | 'http' = 'smtp'): Promise<SinkProcess> {
  const { node, runnable } = await tools()
  const file = await runnable(`test/support/${kind}-sink.ts`)
  const child = spawn(node, [file, '--attached', '--record', recordFile], {
    cwd: projectFolder(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  // What was counted is not read again: it is asked for every few milliseconds.
  const piece = Buffer.alloc(65_536)
  let seen = 0
  let lines = 0
  return {
    port: Number(line),
    records() {
      if (!existsSync(recordFile)) return []
      const text = readFileSync(recordFile, 'utf8')
      return text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean)
        .map(record => {
          const [messageRef = '', recipient = ''] = record.split(' ')
          return { messageRef, recipient }
        })
    },
    count() {
      if (!existsSync(recordFile)) return lines
      const file = openSync(recordFile, 'r')
      for (let read = readSync(file, piece, 0, piece.length, seen); read > 0; ) {
        for (const octet of piece.subarray(0, read)) if (octet === 0x0a) lines += 1
        seen += read
        read = readSync(file, piece, 0, piece.length, seen)
      }
      closeSync(file)
      return lines
    },
    async stop() {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** A running `tidings worker --until-idle` of the built application. */
export interface WorkerProcess {
  readonly child: ChildProcess
  /** Resolves with the exit code, null when it was killed. */
  readonly ended: Promise<number | null>
  /** Highest resident memory so far, in MB; 0 where the system does not tell. */
  peakRssMb(): number
  readonly errors: () => string
}

/** Starts the built application headless on a workspace; `until` is when it ends by itself. */
export async function startWorker(folder: string, until: 'idle' | 'killed' = 'idle'): Promise<WorkerProcess> {
  const { node } = await tools()
  const options = until === 'idle' ? ['--until-idle'] : []
  return watch(spawnNode(node, [cli(), 'worker', '--workspace', folder, ...options]))
}

/** Runs the built program that verifies the ledger; fails with what it says when the ledger does not hold. */
export async function verifyWorkspace(folder: string, when: string): Promise<void> {
  const { node } = await tools()
  const watched = watch(spawnNode(node, [join(projectFolder(), 'out', 'main', 'verify.js'), '--folder', folder]))
  if ((await watched.ended) !== 0) throw new Error(`the ledger does not hold ${when}:\n${watched.errors()}`)
}

/** Runs another TypeScript file of ours in a process of its own and gives what it printed. */
export async function runFile(file: string, args: readonly string[]): Promise<{ output: string; peakRssMb: number }> {
  const { node, runnable } = await tools()
  const child = spawn(node, [await runnable(file), ...args], {
    cwd: projectFolder(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', chunk => {
    output += String(chunk)
  })
  const watched = watch(child)
  const code = await watched.ended
  if (code !== 0) throw new Error(`${file} ended with ${code}`)
  return { output, peakRssMb: watched.peakRssMb() }
}

function cli(): string {
  return join(projectFolder(), 'out', 'main', 'cli.js')
}

function spawnNode(node: string, args: readonly string[]): ChildProcess {
  return spawn(node, args, {
    cwd: projectFolder(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
  })
}

function watch(child: ChildProcess): WorkerProcess {
  let errors = ''
  let peak = 0
  child.stdout?.resume()
  child.stderr?.on('data', chunk => {
    errors = `${errors}${String(chunk)}`.slice(-20_000)
  })
  const look = (): void => {
    peak = Math.max(peak, peakOf(child.pid))
  }
  const timer = setInterval(look, 100)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => {
      clearInterval(timer)
      resolve(code)
    })
  })
  return { child, ended, peakRssMb: () => peak, errors: () => errors }
}

// VmHWM is the kernel's own high-water mark, so nothing between two looks is missed.
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

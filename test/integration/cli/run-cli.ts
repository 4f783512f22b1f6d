import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** The built command line. `npm test` builds it first. */
export const CLI = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'cli.js')

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command to its end. */
export async function tidings(...args: string[]): Promise<CliResult> {
  const started = startTidings(...args)
  const code = await started.ended
  return { code, stdout: started.stdout(), stderr: started.stderr() }
}

export interface StartedCli {
  readonly child: ChildProcess
  readonly ended: Promise<number>
  stdout(): string
  stderr(): string
  /** Resolves when stdout matches. */
  said(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts a command and lets it go on; it is stopped when the test is over. */
export function startTidings(...args: string[]): StartedCli {
  if (!existsSync(CLI)) throw new Error('out/main/cli.js is missing: run npm run build')
  const child = spawn(process.execPath, [CLI, ...args], { env: environment() })
  const out = { stdout: '', stderr: '' }
  child.stdout.on('data', (text: Buffer) => {
    out.stdout += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    out.stderr += text.toString()
  })
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : 128))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    child,
    ended,
    stdout: () => out.stdout,
    stderr: () => out.stderr,
    async said(pattern) {
      for (;;) {
        const match = pattern.exec(out.stdout)
        if (match) return match
        const more = await Promise.race([once(child.stdout, 'data').then(() => true), ended.then(() => false)])
        if (!more && !pattern.test(out.stdout)) throw new Error(`never said ${pattern}: ${out.stdout}${out.stderr}`)
      }
    },
  }
}

/** The last line of an output, as JSON. */
export function lastJson(text: string): Record<string, unknown> {
  return JSON.parse(text.trim().split('\n').at(-1) ?? '')
}

// As a person's shell has it: no screen to open a browser on, and no word about threads.
function environment(): NodeJS.ProcessEnv {
  const { UV_THREADPOOL_SIZE: _threads, DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...rest } = process.env
  return rest
}

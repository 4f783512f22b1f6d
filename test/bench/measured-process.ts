import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** A process that ran to its end: how long, and the worst of it. */
export interface Measured {
  readonly ms: number
  /** Highest resident memory that the system reports, in MB (2^20 octets). */
  readonly peakRssMb: number
  /** How late the event loop of the main thread was, in milliseconds; 99 % were better than the first. */
  readonly loopP99Ms: number
  readonly loopMaxMs: number
  readonly lastLine: string
}

const LOOK_EVERY_MS = 50
// Runs before everything else in the main thread. The delay is counted from the end of a pause of 5 ms.
const LOOP_WATCH = `import { monitorEventLoopDelay } from 'node:perf_hooks'
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
process.on('exit', () => process.stderr.write('\\nloop ' + delay.percentile(99) / 1e6 + ' ' + delay.max / 1e6 + '\\n'))`

/** Runs Node with arguments; fails when it ends with anything but 0. */
export async function runProcess(args: readonly string[]): Promise<Measured> {
  const begun = performance.now()
  const preload = `data:text/javascript,${encodeURIComponent(LOOP_WATCH)}`
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: process.env,
  })
  let output = ''
  let complaints = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString('utf8')}`.slice(-2000)
  })
  let peakKb = 0
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      status => {
        peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
      },
      () => undefined,
    )
  }, LOOK_EVERY_MS)
  const [code]: unknown[] = await once(child, 'close')
  clearInterval(watch)
  const ms = performance.now() - begun
  if (code !== 0) throw new Error(`${args[0]} ended with ${String(code)}: ${complaints}`)
  const loop = /\nloop ([\d.]+) ([\d.]+)\n/.exec(complaints)
  return {
    ms,
    peakRssMb: Math.round(peakKb / 1024),
    loopP99Ms: Math.round(Number(loop?.[1] ?? Number.NaN)),
    loopMaxMs: Math.round(Number(loop?.[2] ?? Number.NaN)),
    lastLine: output.trim().split('\n').at(-1) ?? '',
  }
}

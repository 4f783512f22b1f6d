import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../kernel/clock.ts'
import { createLog, type Log } from '../kernel/log.ts'

const MOST_BYTES = 5 * 2 ** 20
const KEPT = 4

/** The log of a workspace: JSON lines in logs/tidings.log, at most five files of 5 MB. Only on this machine. */
export function fileLog(folder: string, clock: Clock): Log {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true, mode: 0o700 })
  const file = join(logs, 'tidings.log')
  let bytes = existsSync(file) ? statSync(file).size : 0
  return createLog(clock, line => {
    const text = `${line}\n`
    const size = Buffer.byteLength(text)
    if (bytes > 0 && bytes + size > MOST_BYTES) {
      rotate(file)
      bytes = 0
    }
    // Written at once, so that the last words of a process that dies are there to read.
    appendFileSync(file, text, { mode: 0o600 })
    bytes += size
  })
}

function rotate(file: string): void {
  for (let n = KEPT - 1; n >= 1; n--) {
    if (existsSync(`${file}.${n}`)) renameSync(`${file}.${n}`, `${file}.${n + 1}`)
  }
  renameSync(file, `${file}.1`)
}

import { mkdir } from 'node:fs/promises'
import { openApplication } from '../host/open-application.ts'
import { runWorker } from '../host/worker/index.ts'
import { readArguments } from './arguments.ts'
import { fail } from './output.ts'
import { untilStopped } from './until-stopped.ts'

/** `tidings worker`: headless. */
export async function workerCommand(args: readonly string[]): Promise<number> {
  const read = readArguments(args, { 'until-idle': { type: 'boolean' } }, 0)
  await mkdir(read.folder, { recursive: true, mode: 0o700 })
  const app = await openApplication(read.folder)
  const untilIdle = read.flag('until-idle')
  fail(untilIdle ? 'Working until nothing is due.' : 'Working until it is stopped (Ctrl-C).')
  await runWorker(app, { folder: read.folder, untilIdle, stop: untilStopped().signal })
  return 0
}

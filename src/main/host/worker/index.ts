import type { App } from '../../app.ts'
import { delay } from '../../kernel/clock.ts'
import { startBrowserHost } from '../browser/index.ts'
import { rendererFolder } from '../open-application.ts'

export interface WorkerOptions {
  readonly folder: string
  /** Ends when nothing is due and nothing is under way. */
  readonly untilIdle: boolean
  /** Aborted when the process is asked to stop. */
  readonly stop: AbortSignal
}

const LOOK_EVERY_MS = 250

/** Does what is due without a window, until it is stopped or, if wished, until nothing is left. Closes the application. */
export async function runWorker(app: App, { folder, untilIdle, stop }: WorkerOptions): Promise<void> {
  const surface = await startBrowserHost(app, { folder, rendererFolder, port: 0, host: 'worker' })
  app.start()
  const stopped = new Promise<void>(resolve => {
    if (stop.aborted) resolve()
    stop.addEventListener('abort', () => resolve())
  })
  if (untilIdle) await Promise.race([stopped, idle(app, stop)])
  else await stopped
  await surface.close()
  await app.close()
}

async function idle(app: App, stop: AbortSignal): Promise<void> {
  // Twice in a row: between two pieces of work there is a moment in which nothing is due.
  let quiet = 0
  while (quiet < 2 && !stop.aborted) {
    await delay(app.kernel.clock, LOOK_EVERY_MS)
    quiet = (await app.isIdle()) ? quiet + 1 : 0
  }
}

import type { WorkerProcess } from './processes.ts'
import { askRunning } from './running-copy.ts'

/** What the application is doing when it is killed. */
export type Moment = 'starting' | 'sending' | 'pausing' | 'resuming'

/** What a kill works on. */
export interface Scene {
  readonly workspace: string
  readonly sink: { count(): number }
  readonly worker: WorkerProcess
  /** How many more messages may arrive before the kill. */
  readonly share: number
  /** The campaign that is paused or resumed. */
  readonly campaignId: string
}

const PATIENCE_MS = 2000
// A start with its recovery and the plan of a campaign lie in this time.
const START_MS = 900

/** Waits until the moment has come, with chance in its last milliseconds, and kills. */
export async function killAt(moment: Moment, scene: Scene): Promise<void> {
  const { worker, sink } = scene
  const target = sink.count() + Math.floor(Math.random() * 2 * scene.share)
  switch (moment) {
    case 'starting':
      await pause(Math.random() * START_MS)
      break
    case 'sending':
      await until(scene, () => sink.count() > target)
      await pause(Math.random() * 20)
      break
    case 'pausing':
      await until(scene, () => sink.count() > target)
      await halfway(askRunning(scene.workspace, worker.child.pid, 'pause', scene.campaignId))
      break
    case 'resuming':
      await until(scene, () => askRunning(scene.workspace, worker.child.pid, 'resume', scene.campaignId))
      await pause(Math.random() * 50)
      break
  }
  worker.child.kill('SIGKILL')
  const code = await worker.ended
  if (code !== null) throw new Error(`the worker ended by itself with ${code}: ${worker.errors()}`)
}

/** A kill before, at or after the answer. */
async function halfway(request: Promise<boolean>): Promise<void> {
  await Promise.race([request, pause(Math.random() * 80)])
  await pause(Math.random() * 20)
}

async function until(scene: Scene, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const started = performance.now()
  let over = false
  void scene.worker.ended.then(() => {
    over = true
  })
  // Nothing may be left to send: then it is killed while it waits.
  while (!over && performance.now() - started < PATIENCE_MS && !(await isSo())) await pause(5)
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

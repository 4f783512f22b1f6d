import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../../../shared/contract/failure.ts'
import { inspectOrders } from '../../purchases/import/inspect-orders.ts'
import { orderSplits, stageOrders } from '../../purchases/import/stage-orders.ts'
import { inspectFile } from '../checks/inspect-file.ts'
import { splitsOf } from '../engine/staging/key-ranges.ts'
import { sortedGroups } from '../engine/staging/sorted-groups.ts'
import { stageFile } from '../engine/staging/stage-file.ts'
import { lookAtFile } from '../mapping/look-at-file.ts'
import type { InspectionPort } from './import-reader.ts'
import type { ThreadAnswer, ThreadTask, ThreadWord } from './thread-protocol.ts'

// The entry of the reader thread: parses and checks files and posts plain values. No SQLite here: a thread that ends
// with a query in flight takes the whole process down (toolchain.md section 0).
const port = parentPort
if (!port) throw new Error('The import thread is started by the application, not by hand')
const answer = (message: ThreadAnswer): void => port.postMessage(message)

const task: ThreadTask = workerData
let credits = 0
let stopped = false
let wake: () => void = () => undefined
let tellKnown: (known: string) => void = () => undefined
port.on('message', (word: ThreadWord) => {
  if (word === 'more') credits += 1
  else if (word === 'stop') stopped = true
  else tellKnown(word.known)
  wake()
})

async function credit(): Promise<void> {
  while (credits === 0 && !stopped) {
    await new Promise<void>(resolve => {
      wake = resolve
    })
  }
  credits -= 1
}

const inspectionPort: InspectionPort = {
  lookUp: idents =>
    new Promise(resolve => {
      tellKnown = resolve
      answer({ kind: 'lookUp', idents })
    }),
  progress: (rows, bytesRead) => answer({ kind: 'progress', rows, bytesRead }),
  isStopped: () => stopped,
}

async function run(): Promise<void> {
  switch (task.kind) {
    case 'look':
      return answer({ kind: 'look', look: await lookAtFile(task.request) })
    case 'inspect':
      return answer({ kind: 'inspect', findings: await inspectFile(task.request, inspectionPort) })
    case 'splits':
      return answer({ kind: 'splits', splits: await splitsOf(task.request) })
    case 'stage':
      return stream(stageFile(task.request), task.credits, point => ({ kind: 'point', point }))
    case 'sort':
      return stream(sortedGroups(task.request), task.credits, group => ({ kind: 'group', group }))
    case 'inspectOrders':
      return answer({ kind: 'inspectOrders', findings: await inspectOrders(task.request) })
    case 'orderSplits':
      return answer({ kind: 'splits', splits: await orderSplits(task.request) })
    case 'stageOrders':
      return stream(stageOrders(task.request), task.credits, point => ({ kind: 'rowsPoint', point }))
  }
}

async function stream<T>(items: AsyncIterable<T>, first: number, toAnswer: (item: T) => ThreadAnswer): Promise<void> {
  credits = first
  for await (const item of items) {
    await credit()
    if (stopped) break
    answer(toAnswer(item))
  }
  answer({ kind: 'end' })
}

run()
  .catch((error: unknown) => {
    const code = error instanceof AppError ? error.code : null
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error), code })
  })
  .finally(() => port.close())

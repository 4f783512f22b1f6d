import { Worker } from 'node:worker_threads'
import { AppError } from '../../../../shared/contract/failure.ts'
import type { FileFindings, ImportReader, InspectionPort } from './import-reader.ts'
import type { ThreadAnswer, ThreadTask, ThreadWord } from './thread-protocol.ts'

// Enough that neither side waits for the other, few enough that what is ahead stays below some megabytes.
const POINTS_AHEAD = 3
const GROUPS_AHEAD = 1
// The parser's objects die young; small generations keep the whole process under its memory bar.
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 }

/** Reads files in a thread of its own, one thread a task. `threadFile` is the built entry of import-thread.ts. */
export function threadImportReader(threadFile: string): ImportReader {
  const begin = (task: ThreadTask): Worker =>
    new Worker(threadFile, { workerData: task, execArgv: [], resourceLimits: LIMITS })

  async function ask(task: ThreadTask): Promise<ThreadAnswer> {
    const worker = begin(task)
    const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
    const answer = await new Promise<ThreadAnswer>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error(`The reader thread ended without an answer to "${task.kind}"`)))
    })
    await ended
    if (answer.kind === 'failed') throw failureOf(answer)
    return answer
  }

  async function splits(task: ThreadTask): Promise<readonly string[]> {
    const answer = await ask(task)
    if (answer.kind === 'splits') return answer.splits
    throw unexpected(answer)
  }

  return {
    async look(request) {
      const answer = await ask({ kind: 'look', request })
      if (answer.kind === 'look') return answer.look
      throw unexpected(answer)
    },
    inspect: (request, port) => converse(begin({ kind: 'inspect', request }), port),
    splits: request => splits({ kind: 'splits', request }),
    stage: (request, signal) =>
      itemsOf(begin({ kind: 'stage', request, credits: POINTS_AHEAD }), signal, answer =>
        answer.kind === 'point' ? answer.point : null,
      ),
    sort: (request, signal) =>
      itemsOf(begin({ kind: 'sort', request, credits: GROUPS_AHEAD }), signal, answer =>
        answer.kind === 'group' ? answer.group : null,
      ),
    async inspectOrders(request) {
      const answer = await ask({ kind: 'inspectOrders', request })
      if (answer.kind === 'inspectOrders') return answer.findings
      throw unexpected(answer)
    },
    orderSplits: request => splits({ kind: 'orderSplits', request }),
    stageOrders: (request, signal) =>
      itemsOf(begin({ kind: 'stageOrders', request, credits: POINTS_AHEAD }), signal, answer =>
        answer.kind === 'rowsPoint' ? answer.point : null,
      ),
  }
}

function failureOf({ message, code }: ThreadAnswer & { kind: 'failed' }): Error {
  return code === null ? new Error(message) : new AppError(code, message)
}

function unexpected(answer: ThreadAnswer): Error {
  return new Error(`The reader thread answered "${answer.kind}" to another question`)
}

/** Answers what an inspection asks until it is over. */
async function converse(worker: Worker, port: InspectionPort): Promise<FileFindings | null> {
  const say = (word: ThreadWord): void => worker.postMessage(word)
  const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  try {
    return await new Promise<FileFindings | null>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The reader thread ended without findings')))
      worker.on('message', (answer: ThreadAnswer) => {
        if (answer.kind === 'inspect') resolve(answer.findings)
        else if (answer.kind === 'failed') reject(failureOf(answer))
        else if (answer.kind === 'progress') {
          port.progress(answer.rows, answer.bytesRead)
          if (port.isStopped()) say('stop')
        } else if (answer.kind === 'lookUp') {
          port.lookUp(answer.idents).then(known => say({ known }), reject)
        } else reject(unexpected(answer))
      })
    })
  } catch (error) {
    // A thread that waits for an answer would wait for ever.
    say('stop')
    say({ known: '[]' })
    throw error
  } finally {
    await ended
  }
}

async function* itemsOf<T>(
  worker: Worker,
  signal: AbortSignal,
  itemOf: (answer: ThreadAnswer) => T | null,
): AsyncGenerator<T> {
  const arrived: ThreadAnswer[] = []
  let wake: () => void = () => undefined
  let failure: Error | null = null
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  worker.on('message', (answer: ThreadAnswer) => {
    arrived.push(answer)
    wake()
  })
  worker.once('error', error => {
    failure = error instanceof Error ? error : new Error(String(error))
    wake()
  })
  const say = (word: ThreadWord): void => worker.postMessage(word)
  const stop = (): void => {
    say('stop')
    wake()
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    while (!signal.aborted) {
      const answer = arrived.shift()
      if (answer?.kind === 'end') return
      if (answer?.kind === 'failed') throw failureOf(answer)
      const item = answer ? itemOf(answer) : null
      if (item !== null) {
        say('more')
        yield item
        continue
      }
      if (failure) throw failure
      await new Promise<void>(resolve => {
        wake = resolve
        if (arrived.length > 0 || failure || signal.aborted) resolve()
      })
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // Never terminated: asked to stop, and waited for.
    say('stop')
    await exited
  }
}

import { Worker } from 'node:worker_threads'
import type { Edition, Press, Pressed, PressItem } from './press.ts'
import { type PressAnswer, type PressWord, unpacked } from './press-protocol.ts'
import { createPressWork, type PressWork } from './press-work.ts'

// What is filled in dies young: a small young generation keeps the whole process under its memory bar.
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 }
const MOST_EDITIONS = 20

interface Thread {
  readonly worker: Worker
  /** Whether it came up; one that never did would never do. */
  isReady: boolean
  readonly editions: Map<Edition, number>
  readonly tasks: Map<number, { resolve(pressed: readonly Pressed[]): void; reject(error: Error): void }>
}

class ThreadEnded extends Error {}

/**
 * A press in a thread of its own, started with the first batch. When the thread ends, its batches are made anew by another one,
 * in halves, until the message that ended it stands alone: that one fails, and nobody else's does. A machine that cannot start
 * threads gets its messages made in this one.
 */
export function threadPress(threadFile: string, onTrouble: (message: string) => void): Press {
  let thread: Thread | null = null
  const inThisThread: PressWork[] = []
  let tasks = 0
  let editions = 0

  function begin(): Thread {
    const worker = new Worker(threadFile, { execArgv: [], resourceLimits: LIMITS })
    const fresh: Thread = { worker, isReady: false, editions: new Map(), tasks: new Map() }
    const ended = (why: string): void => {
      if (thread === fresh) thread = null
      if (!fresh.isReady && fresh.tasks.size > 0) inThisThread.push(createPressWork())
      if (fresh.tasks.size > 0) onTrouble(why)
      for (const task of fresh.tasks.values()) task.reject(new ThreadEnded(why))
      fresh.tasks.clear()
    }
    worker.on('message', (message: PressAnswer) => {
      if (message.kind === 'ready') fresh.isReady = true
      else {
        fresh.tasks.get(message.task)?.resolve(unpacked(message.bytes, message.places))
        fresh.tasks.delete(message.task)
      }
    })
    worker.once('error', error => ended(error instanceof Error ? error.name : 'error'))
    worker.once('exit', () => ended('The press thread ended'))
    return fresh
  }

  function editionNumber(to: Thread, edition: Edition): number {
    const known = to.editions.get(edition)
    if (known !== undefined) return known
    const [oldest] = to.editions
    if (oldest && to.editions.size >= MOST_EDITIONS) {
      to.editions.delete(oldest[0])
      say(to, { kind: 'forget', edition: oldest[1] })
    }
    const number = ++editions
    to.editions.set(edition, number)
    say(to, { kind: 'edition', edition: number, content: edition })
    return number
  }

  const say = (to: Thread, word: PressWord): void => to.worker.postMessage(word)

  function ask(edition: Edition, items: readonly PressItem[], at: number): Promise<readonly Pressed[]> {
    thread ??= begin()
    const to = thread
    const task = ++tasks
    return new Promise((resolve, reject) => {
      to.tasks.set(task, { resolve, reject })
      try {
        say(to, { kind: 'make', task, edition: editionNumber(to, edition), items, at })
      } catch (error) {
        // A value that cannot be posted: no batch with it ever could.
        to.tasks.delete(task)
        reject(new ThreadEnded(String(error)))
      }
    })
  }

  async function make(edition: Edition, items: readonly PressItem[], at: number): Promise<readonly Pressed[]> {
    const [own] = inThisThread
    if (own) return own(edition, items, at)
    try {
      return await ask(edition, items, at)
    } catch (error) {
      if (!(error instanceof ThreadEnded)) throw error
      if (inThisThread.length > 0) return make(edition, items, at)
      if (items.length === 1) return [{ kind: 'failed', problem: 'The message could not be made for this recipient.' }]
      const half = Math.ceil(items.length / 2)
      const first = await make(edition, items.slice(0, half), at)
      return [...first, ...(await make(edition, items.slice(half), at))]
    }
  }

  return {
    make,
    async close() {
      const last = thread
      if (last === null) return
      thread = null
      const exited = new Promise<void>(resolve => last.worker.once('exit', () => resolve()))
      say(last, { kind: 'end' })
      await exited
    },
  }
}

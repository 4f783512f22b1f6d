import type { Kernel } from '../../kernel/kernel.ts'
import type { Storage } from '../../storage/database.ts'
import { transaction } from '../../storage/transaction.ts'
import { type Captured, practiceStore } from './practice-store.ts'

/** A message on its way into the practice mailbox. */
export type Arrival = Pick<Captured, 'channel' | 'from' | 'to' | 'subject' | 'messageRef' | 'behaviour'> & {
  readonly raw: Uint8Array
}

/** Puts messages into the practice mailbox. */
export interface Capture {
  /** Resolves with the id under which the message is on disk. */
  put(arrival: Arrival): Promise<string>
  /** Resolves when everything that was put is on disk. */
  settled(): Promise<void>
}

const MOST_AT_ONCE = 200
const MOST_KEPT = 50_000
const TRIM_EVERY = 1_000

/**
 * A queue before the mailbox: what arrives while a transaction is being written goes into the next one, so that a fast sender
 * costs few commits. Keeps the newest 50,000 messages.
 */
export function createCapture(
  parts: { readonly kernel: Kernel; readonly storage: Storage },
  onCaptured: (captured: readonly Captured[]) => void,
): Capture {
  const { kernel, storage } = parts
  let waiting: { captured: Captured & { raw: Uint8Array }; settle: (error: unknown) => void }[] = []
  let writing: Promise<void> | null = null
  let sinceTrim = 0

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(MOST_AT_ONCE)
      const failure = await write(batch.map(one => one.captured)).then(
        () => null,
        (error: unknown) => ({ error }),
      )
      for (const one of batch) one.settle(failure?.error ?? null)
      if (!failure) onCaptured(batch.map(one => one.captured))
    }
    writing = null
  }

  async function write(batch: readonly (Captured & { raw: Uint8Array })[]): Promise<void> {
    sinceTrim += batch.length
    const trims = sinceTrim >= TRIM_EVERY
    if (trims) sinceTrim = 0
    await transaction(
      storage.db,
      async tx => {
        await practiceStore.insert(tx, batch)
        if (trims) await practiceStore.trim(tx, MOST_KEPT)
      },
      { name: 'practice.capture' },
    )
  }

  return {
    put(arrival) {
      const id = kernel.ids.next()
      const captured = { ...arrival, id, receivedAt: kernel.clock.now(), openedAt: null, clickedAt: null }
      return new Promise((resolve, reject) => {
        waiting.push({ captured, settle: error => (error === null ? resolve(id) : reject(error)) })
        writing ??= writeAll()
      })
    },
    async settled() {
      while (writing) await writing
    },
  }
}

import { Kysely } from 'kysely'
import { openConnection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import type { Tables } from './tables.ts'
import type { Reader } from './transaction.ts'

/** Reads that may take long, apart from the others: they wait for each other, and a read that nobody waits for any more is broken off. */
export interface HeavyReader {
  /** Runs `work` alone on a connection of its own. Fails with the reason of `signal` when that aborts, before or while it runs. */
  run<R>(signal: AbortSignal | undefined, work: (reader: Reader) => Promise<R>): Promise<R>
  close(): Promise<void>
}

/** Opens the file for heavy reading. `setup` is run first. */
export async function openHeavyReader(file: string, setup: string): Promise<HeavyReader> {
  const connection = await openConnection(file, 'readonly')
  await connection.exec(setup)
  const reader: Reader = new Kysely<Tables>({ dialect: sqliteDialect(connection, 'reader') })
  let last: Promise<unknown> = Promise.resolve()
  let isClosing = false

  async function alone<R>(signal: AbortSignal | undefined, work: (reader: Reader) => Promise<R>): Promise<R> {
    signal?.throwIfAborted()
    if (isClosing) throw new Error('the workspace is closing')
    // Only this work runs on the connection, so that nobody else's statement can be hit.
    const interrupt = (): void => connection.interrupt()
    signal?.addEventListener('abort', interrupt)
    try {
      return await work(reader)
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  }

  return {
    run(signal, work) {
      const turn = last.then(() => alone(signal, work))
      last = turn.catch(() => undefined)
      return turn
    },
    async close() {
      isClosing = true
      connection.interrupt()
      await last
      await reader.destroy()
    },
  }
}

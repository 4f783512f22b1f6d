import type { Kysely, Transaction } from 'kysely'
import { type Flush, inTransaction, wantedFlush, wantedPriority } from './dialect.ts'
import type { Priority } from './mutex.ts'
import type { Tables } from './tables.ts'

/** The writer's handle. Stores never take it: they take `Tx`. */
export type Db = Kysely<Tables>
/** An open transaction on the writer's connection. */
export type Tx = Transaction<Tables>
/** Something to read with: the read-only connection or an open transaction. */
export type Reader = Kysely<Tables>

/**
 * Runs `work` in one transaction: all of it is kept, or nothing. Nothing but SQL may be awaited inside (no network, no
 * file, no rendering), and the outer handle throws when it is used inside.
 */
export function transaction<R>(db: Db, work: (tx: Tx) => Promise<R>, options: TransactionOptions = {}): Promise<R> {
  const open = (): Promise<R> =>
    db.transaction().execute(tx => inTransaction.run({ name: options.name ?? work.name }, () => work(tx)))
  return wantedPriority.run(options.priority ?? 'normal', () => wantedFlush.run(options.flush ?? 'now', open))
}

export interface TransactionOptions {
  /** Shown when the outer handle is misused inside. */
  readonly name?: string
  readonly priority?: Priority
  /**
   * `later`: the commit does not wait for the disk. A power cut may lose it, with everything after it and never out of order;
   * the next transaction that waits brings it to disk too. For steps of work that goes on from a cursor in the same transaction.
   */
  readonly flush?: Flush
}

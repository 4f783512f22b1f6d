import type { Transaction } from 'kysely'

/** One numbered step of the file's shape: it runs in one transaction together with its version row, forward only. */
export interface Migration {
  /** Number and name, as in the file name. */
  readonly name: string
  up(tx: Transaction<unknown>): Promise<void>
}

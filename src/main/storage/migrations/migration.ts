/** What a migration works with: plain SQL inside its own transaction. */
export interface MigrationTx {
  run(statement: string, parameters?: readonly unknown[]): Promise<void>
  rows(statement: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
}

/** One numbered step of the file's shape: it runs in one transaction together with its version row, forward only. */
export interface Migration {
  /** Number and name, as in the file name. */
  readonly name: string
  up(tx: MigrationTx): Promise<void>
}

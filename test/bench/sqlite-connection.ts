import sqlite3 from 'sqlite3'

/** A plain connection for measuring: nothing of the application is in it. */
export interface PlainConnection {
  exec(sql: string): Promise<void>
  all(sql: string): Promise<Record<string, unknown>[]>
  run(sql: string, values: readonly unknown[]): Promise<void>
  close(): Promise<void>
}

/** Opens a file; fails when it is not there and `mode` is `readonly`. */
export function openPlain(path: string, mode: 'create' | 'readonly'): Promise<PlainConnection> {
  const flags = mode === 'readonly' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, flags, error => (error ? reject(error) : resolve(wrap(database))))
  })
}

function wrap(database: sqlite3.Database): PlainConnection {
  const settle =
    (resolve: () => void, reject: (error: Error) => void) =>
    (error: Error | null): void =>
      error ? reject(error) : resolve()
  return {
    exec: sql => new Promise((resolve, reject) => database.exec(sql, settle(resolve, reject))),
    all: sql =>
      new Promise((resolve, reject) => {
        database.all(sql, (error: Error | null, rows: Record<string, unknown>[]) =>
          error ? reject(error) : resolve(rows),
        )
      }),
    run: (sql, values) => new Promise((resolve, reject) => database.run(sql, values, settle(resolve, reject))),
    close: () => new Promise((resolve, reject) => database.close(settle(resolve, reject))),
  }
}

import sqlite3 from 'sqlite3'

/** A value that SQLite can bind. The driver turns a bigint silently into NULL and a Date into a float, so neither is allowed. */
export type Bindable = string | number | null | Uint8Array

/** One SQLite connection: every statement runs on libuv's pool and never blocks the event loop. */
export interface Connection {
  all(sql: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]>
  run(sql: string, parameters: readonly unknown[]): Promise<{ changes: number; lastId: number }>
  exec(sql: string): Promise<void>
  /** Aborts the running statement with SQLITE_INTERRUPT. */
  interrupt(): void
  close(): Promise<void>
}

const STATEMENTS_KEPT = 200

/** Opens `file`. Statements are prepared once and kept (the most recently used 200). */
export function openConnection(file: string, mode: 'create' | 'readonly'): Promise<Connection> {
  const flags = mode === 'readonly' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, flags, error => (error ? reject(error) : resolve(wrap(database))))
  })
}

function wrap(database: sqlite3.Database): Connection {
  const kept = new Map<string, sqlite3.Statement>()

  function prepare(sql: string): sqlite3.Statement {
    const known = kept.get(sql)
    if (known) {
      kept.delete(sql)
      kept.set(sql, known)
      return known
    }
    const statement = database.prepare(sql)
    // A failed preparation is reported again by the call that uses the statement; unheard it would end the process.
    statement.on('error', () => kept.delete(sql))
    kept.set(sql, statement)
    const oldest = kept.keys().next()
    if (kept.size > STATEMENTS_KEPT && !oldest.done) {
      kept.get(oldest.value)?.finalize()
      kept.delete(oldest.value)
    }
    return statement
  }

  return {
    all: (sql, parameters) =>
      new Promise((resolve, reject) => {
        prepare(sql).all(parameters.map(bindable), (error: Error | null, rows: Record<string, unknown>[]) => {
          if (error) {
            kept.delete(sql)
            reject(error)
          } else resolve(rows)
        })
      }),
    run: (sql, parameters) =>
      new Promise((resolve, reject) => {
        prepare(sql).run(parameters.map(bindable), function (this: sqlite3.RunResult, error: Error | null) {
          if (error) {
            kept.delete(sql)
            reject(error)
          } else resolve({ changes: this.changes, lastId: this.lastID })
        })
      }),
    exec: sql =>
      new Promise((resolve, reject) => {
        database.exec(sql, error => (error ? reject(error) : resolve()))
      }),
    interrupt: () => database.interrupt(),
    close: () =>
      new Promise((resolve, reject) => {
        for (const statement of kept.values()) statement.finalize()
        kept.clear()
        database.close(error => (error ? reject(error) : resolve()))
      }),
  }
}

function bindable(value: unknown): Bindable {
  if (value === null || typeof value === 'string' || value instanceof Uint8Array) return value
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  throw new TypeError(
    `SQLite cannot bind a ${value === undefined ? 'undefined' : typeof value}; use null, text, number or bytes`,
  )
}

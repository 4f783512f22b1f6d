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

type Done<R> = (error: Error | null, result: R) => void

/** A prepared statement, and who waits for it. */
interface Prepared {
  readonly statement: sqlite3.Statement
  readonly waiting: Set<(error: Error) => void>
  failure: Error | null
}

function wrap(database: sqlite3.Database): Connection {
  const kept = new Map<string, Prepared>()

  function prepare(sql: string): Prepared {
    const known = kept.get(sql)
    if (known) {
      kept.delete(sql)
      kept.set(sql, known)
      return known
    }
    const waiting = new Set<(error: Error) => void>()
    const statement = database.prepare(sql, (error: Error | null) => {
      // A statement that could not be prepared never calls back those who use it (node-sqlite3 drops its queue).
      if (!error) return
      kept.delete(sql)
      prepared.failure = error
      for (const reject of waiting) reject(error)
    })
    const prepared: Prepared = { statement, waiting, failure: null }
    kept.set(sql, prepared)
    const oldest = kept.keys().next()
    if (kept.size > STATEMENTS_KEPT && !oldest.done) {
      kept.get(oldest.value)?.statement.finalize()
      kept.delete(oldest.value)
    }
    return prepared
  }

  function execute<R>(sql: string, run: (statement: sqlite3.Statement, done: Done<R>) => void): Promise<R> {
    return new Promise((resolve, reject) => {
      const prepared = prepare(sql)
      const { statement, waiting, failure } = prepared
      if (failure) {
        reject(failure)
        return
      }
      waiting.add(reject)
      run(statement, (error, result) => {
        waiting.delete(reject)
        if (error) {
          // A statement that failed is not used again; unless it is finalised the connection cannot be closed (SQLITE_BUSY).
          if (kept.get(sql) === prepared) {
            kept.delete(sql)
            statement.finalize()
          }
          reject(error)
        } else resolve(result)
      })
    })
  }

  return {
    all: async (sql, parameters) => {
      const values = parameters.map(bindable)
      return execute<Record<string, unknown>[]>(sql, (statement, done) => {
        statement.all(values, (error: Error | null, rows: Record<string, unknown>[]) => done(error, rows))
      })
    },
    run: async (sql, parameters) => {
      const values = parameters.map(bindable)
      return execute(sql, (statement, done) => {
        statement.run(values, function (this: sqlite3.RunResult, error: Error | null) {
          done(error, { changes: this.changes, lastId: this.lastID })
        })
      })
    },
    exec: sql =>
      new Promise((resolve, reject) => {
        database.exec(sql, error => (error ? reject(error) : resolve()))
      }),
    interrupt: () => database.interrupt(),
    close: () =>
      new Promise((resolve, reject) => {
        for (const { statement } of kept.values()) statement.finalize()
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

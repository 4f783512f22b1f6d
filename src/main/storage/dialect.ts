import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Connection } from './connection.ts'
import { createMutex, type Priority } from './mutex.ts'

/** Set while a transaction runs in the present chain of calls; tells the driver that the outer handle must not be used. */
export const inTransaction = new AsyncLocalStorage<{ readonly name: string }>()

/** How urgent the transaction is that the present chain of calls is about to open. */
export const wantedPriority = new AsyncLocalStorage<Priority>()

/** Whether a commit waits for the disk. */
export type Flush = 'now' | 'later'

/** What the transaction that the present chain of calls is about to open wants. */
export const wantedFlush = new AsyncLocalStorage<Flush>()

/**
 * Kysely over node-sqlite3. One connection, so transactions are serialised by a mutex (TryGhost/node-sqlite3 #1761:
 * without it they interleave). The outer handle used inside a transaction would wait for itself for ever: it throws instead.
 */
export function sqliteDialect(connection: Connection, kind: 'writer' | 'reader'): Dialect {
  return {
    createAdapter: () => new TransactionalDdlAdapter(),
    createDriver: () => new SqliteDriver(connection, kind),
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

// Kysely believes that SQLite cannot change its schema in a transaction; it can, and migrations rely on it.
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  // Kysely would put a mutex of its own in front of ours: it knows no priorities, and the misuse guard would never be asked.
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

// Bulk work that need not wait for the disk at each commit, and checkpoints 16 MB at a time (some 50 ms) instead of 4, spends
// a third of the time on its commits.
const FLUSH: Readonly<Record<Flush, string>> = {
  now: 'pragma synchronous = full; pragma wal_autocheckpoint = 1000',
  later: 'pragma synchronous = normal; pragma wal_autocheckpoint = 4000',
}

class SqliteDriver implements Driver {
  readonly #connection: Connection
  readonly #kind: 'writer' | 'reader'
  readonly #mutex = createMutex()
  readonly #session: Session
  #flush: Flush = 'now'

  constructor(connection: Connection, kind: 'writer' | 'reader') {
    this.#connection = connection
    this.#kind = kind
    this.#session = new Session(connection)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    // Readers run side by side: libuv queues them, and none of them opens a transaction.
    if (this.#kind === 'reader') return this.#session
    const held = inTransaction.getStore()
    if (held) {
      throw new Error(
        `The database handle was used inside the transaction "${held.name}": pass tx on, or this would wait for itself for ever`,
      )
    }
    await this.#mutex.lock(wantedPriority.getStore() ?? 'normal')
    try {
      await this.#setFlush(wantedFlush.getStore() ?? 'now')
    } catch (error) {
      this.#mutex.unlock()
      throw error
    }
    return this.#session
  }

  async #setFlush(wanted: Flush): Promise<void> {
    if (wanted === this.#flush) return
    // Never prepared: SQLite carries these out when it compiles them.
    await this.#connection.exec(FLUSH[wanted])
    this.#flush = wanted
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw('rollback'))
  }

  async releaseConnection(): Promise<void> {
    if (this.#kind === 'writer') this.#mutex.unlock()
  }

  async destroy(): Promise<void> {
    await this.#connection.close()
  }
}

class Session implements DatabaseConnection {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql, parameters } = query
    if (returnsRows(query)) return { rows: rowsOf<R>(await this.#connection.all(sql, parameters)) }
    const { changes, lastId } = await this.#connection.run(sql, parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastId) }
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported: read pages by key')
  }
}

function rowsOf<R>(rows: Record<string, unknown>[]): R[] {
  // The only place where the shape that the compiler promised meets what the file holds.
  return rows as R[]
}

const WRITES = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode', 'MergeQueryNode'])

function returnsRows(query: CompiledQuery): boolean {
  const node = query.query
  if (node.kind === 'SelectQueryNode') return true
  if (WRITES.has(node.kind)) return 'returning' in node && node.returning !== undefined
  if (node.kind === 'RawNode') {
    return /^\s*(select|with|pragma|explain|values)\b/i.test(query.sql) || /\breturning\b/i.test(query.sql)
  }
  return false
}

function raw(sql: string): CompiledQuery {
  return {
    sql,
    parameters: [],
    query: { kind: 'RawNode', sqlFragments: [sql], parameters: [] },
    queryId: { queryId: sql },
  }
}

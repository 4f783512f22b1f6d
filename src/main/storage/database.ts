import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import type { Clock } from '../kernel/clock.ts'
import { type Connection, openConnection } from './connection.ts'
import { sqliteDialect } from './dialect.ts'
import { type HeavyReader, openHeavyReader } from './heavy-reader.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { type OwnerLock, takeOwnership } from './owner-lock.ts'
import type { Tables } from './tables.ts'
import type { Db, Reader } from './transaction.ts'

/** An open workspace: one writer, one read-only connection, and the lock that keeps other processes out. */
export interface Storage {
  /** The workspace folder. */
  readonly folder: string
  /** For transactions and single writes. */
  readonly db: Db
  /** For reading: never waits for a writer, sees what was committed when the query began. */
  readonly reader: Reader
  /** For reading what may take long, such as counting a segment. */
  readonly heavy: HeavyReader
  close(): Promise<void>
}

// Caches in KB. Those for reading are small: what is not in them comes from the system's cache of the file, and an import
// fills all three beside its own memory. Its merge is a quarter slower with a third of the writer's.
const WRITER_CACHE = 32_000
const READER_CACHE = 16_000
const HEAVY_CACHE = 8000
const common = (cache: number): string =>
  `pragma busy_timeout = 5000; pragma foreign_keys = on; pragma temp_store = memory; pragma cache_size = -${cache};`
// synchronous = full: a commit that returned is on disk also after a power cut. It costs a fifth of the settle rate when
// writes are grouped (performance.md section 3).
const WRITER = `pragma journal_mode = wal; pragma synchronous = full; ${common(WRITER_CACHE)}`

/** Opens the workspace in `folder` (made when missing, mode 0700), takes its lock and brings it to the newest shape. */
export async function openStorage(
  folder: string,
  clock: Clock,
  steps: readonly Migration[] = migrations,
): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = await takeOwnership(folder)
  const opened: Connection[] = []
  try {
    const file = join(folder, 'tidings.db')
    const writer = await openConnection(file, 'create')
    opened.push(writer)
    await chmod(file, 0o600)
    await writer.exec(WRITER)
    const db = new Kysely<Tables>({ dialect: sqliteDialect(writer, 'writer') })
    await migrate(db, folder, steps, clock)
    const readonly = await openConnection(file, 'readonly')
    opened.push(readonly)
    await readonly.exec(common(READER_CACHE))
    const reader = new Kysely<Tables>({ dialect: sqliteDialect(readonly, 'reader') })
    const heavy = await openHeavyReader(file, common(HEAVY_CACHE))
    return { folder, db, reader, heavy, close: () => closeAll(heavy, reader, db, lock) }
  } catch (error) {
    for (const connection of opened) await connection.close().catch(() => undefined)
    await lock.release()
    throw error
  }
}

async function closeAll(heavy: HeavyReader, reader: Reader, db: Db, lock: OwnerLock): Promise<void> {
  await heavy.close()
  await reader.destroy()
  await db.destroy()
  await lock.release()
}

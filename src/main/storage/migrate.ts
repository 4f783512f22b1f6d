import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely'
import { AppError } from '../../shared/contract/failure.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Migration, MigrationTx } from './migrations/migration.ts'
import type { Tables } from './tables.ts'

/**
 * Brings the file to the newest shape. Each migration runs in its own transaction together with its version row, so a
 * failure leaves the file at the step before. An existing file is copied to `backups/` first. A file from a newer
 * version of Tidings is refused and left alone.
 */
export async function migrate(
  db: Kysely<Tables>,
  folder: string,
  steps: readonly Migration[],
  clock: Clock,
): Promise<void> {
  await sql`create table if not exists schema_versions (name text primary key, applied_at integer not null) strict`.execute(
    db,
  )
  const applied = await db.selectFrom('schema_versions').select('name').orderBy('name').execute()
  const known = new Set(steps.map(step => step.name))
  const fromFuture = applied.filter(row => !known.has(row.name))
  if (fromFuture.length > 0) {
    throw new AppError(
      'conflict',
      `The workspace ${folder} was written by a newer version of Tidings. Install the newest version, or restore a backup from ${join(folder, 'backups')}.`,
      { reason: 'from_future', newer: fromFuture.map(row => row.name) },
    )
  }
  const done = new Set(applied.map(row => row.name))
  const pending = steps.filter(step => !done.has(step.name))
  if (pending.length === 0) return
  if (applied.length > 0) await backUp(db, folder, clock)
  for (const step of pending) {
    await db.transaction().execute(async tx => {
      await step.up(plainSql(tx))
      await tx.insertInto('schema_versions').values({ name: step.name, applied_at: clock.now() }).execute()
    })
  }
}

/** Writes a compact copy of the workspace into `backups/` and returns its path. */
export async function backUp(db: Kysely<Tables>, folder: string, clock: Clock): Promise<string> {
  const backups = join(folder, 'backups')
  await mkdir(backups, { recursive: true, mode: 0o700 })
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-')
  const target = join(backups, `tidings-${stamp}.db`)
  await sql`vacuum into ${target}`.execute(db)
  return target
}

function plainSql(tx: Transaction<Tables>): MigrationTx {
  const execute = (statement: string, parameters: readonly unknown[] = []) =>
    tx.executeQuery<Record<string, unknown>>(CompiledQuery.raw(statement, [...parameters]))
  return {
    async run(statement, parameters) {
      await execute(statement, parameters)
    },
    rows: async (statement, parameters) => (await execute(statement, parameters)).rows,
  }
}

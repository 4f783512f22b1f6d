import { join } from 'node:path'
import { Kysely } from 'kysely'
import { openConnection } from '../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../src/main/storage/dialect.ts'
import type { Tables } from '../../src/main/storage/tables.ts'

/** A connection to the file of an open workspace, for what a test must see or plant that no request shows. */
export async function secondConnection(folder: string) {
  const connection = await openConnection(join(folder, 'tidings.db'), 'create')
  await connection.exec('pragma busy_timeout = 5000; pragma foreign_keys = on')
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection, 'writer') })
  return { db, [Symbol.asyncDispose]: () => db.destroy() }
}

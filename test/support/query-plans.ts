import { join } from 'node:path'
import { CompiledQuery, Kysely } from 'kysely'
import { openConnection } from '../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../src/main/storage/dialect.ts'
import type { Tables } from '../../src/main/storage/tables.ts'
import type { Reader } from '../../src/main/storage/transaction.ts'
import { openPeopleDomains, type PeopleDomains } from './people-domains.ts'

/** How SQLite would answer what `ask` asks of an empty workspace, a line for each step of every statement. */
export async function plansOf(
  ask: (reader: Reader) => Promise<unknown>,
  arrange: (domains: PeopleDomains) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly string[]> {
  await using domains = await openPeopleDomains()
  await arrange(domains)
  const connection = await openConnection(join(domains.folder, 'tidings.db'), 'readonly')
  const asked: CompiledQuery[] = []
  const reader = new Kysely<Tables>({
    dialect: sqliteDialect(connection, 'reader'),
    log: event => void asked.push(event.query),
  })
  await ask(reader)
  const steps: string[] = []
  for (const query of asked.splice(0)) {
    const plan = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters])
    const { rows } = await reader.executeQuery<{ detail: string }>(plan)
    steps.push(...rows.map(row => row.detail))
  }
  await reader.destroy()
  return steps
}

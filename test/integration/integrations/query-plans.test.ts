import { join } from 'node:path'
import { CompiledQuery, Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { practiceStore } from '../../../src/main/integrations/practice/practice-store.ts'
import { senderStore } from '../../../src/main/integrations/senders/sender-store.ts'
import { openConnection } from '../../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../../src/main/storage/dialect.ts'
import type { Tables } from '../../../src/main/storage/tables.ts'
import type { Reader } from '../../../src/main/storage/transaction.ts'
import { openIntegrations } from './open-integrations.ts'

/** How SQLite would answer what `ask` asks. */
async function planOf(ask: (reader: Reader) => Promise<unknown>): Promise<string> {
  await using app = await openIntegrations()
  const asked: CompiledQuery[] = []
  const reader = new Kysely<Tables>({
    dialect: sqliteDialect(await openConnection(join(app.folder, 'tidings.db'), 'readonly'), 'reader'),
    log: event => void asked.push(event.query),
  })
  await ask(reader)
  const steps: string[] = []
  for (const query of asked.splice(0)) {
    const explain = CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters])
    steps.push(...(await reader.executeQuery<{ detail: string }>(explain)).rows.map(row => row.detail))
  }
  await reader.destroy()
  return steps.join('\n')
}

test('the newest page of the practice mailbox is read in order from its index', async () => {
  const plan = await planOf(reader => practiceStore.page(reader, { search: '', offset: 0, limit: 50 }))
  expect(plan).toMatch(/USING INDEX practice_messages_recent/)
  expect(plan).not.toMatch(/TEMP B-TREE/)
})

test('who has yet to open or click is found without reading the messages', async () => {
  const plan = await planOf(reader => practiceStore.expected(reader))
  expect(plan).toMatch(/USING INDEX practice_messages_open/)
  expect(plan).toMatch(/USING INDEX practice_messages_click/)
})

test('the load of the accounts is counted by index', async () => {
  const plan = await planOf(reader => senderStore.loads(reader, 1_000_000_000))
  expect(plan).toMatch(/attempts_by_sender/)
  expect(plan).toMatch(/messages_due/)
  expect(plan).not.toMatch(/SCAN [am]\b/)
})

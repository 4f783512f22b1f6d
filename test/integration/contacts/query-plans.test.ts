import { join } from 'node:path'
import { CompiledQuery, Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { complianceStore } from '../../../src/main/compliance/compliance-store.ts'
import { cardStore } from '../../../src/main/contacts/card-store.ts'
import { contactStore } from '../../../src/main/contacts/contact-store.ts'
import { contactTableStore } from '../../../src/main/contacts/contact-table-store.ts'
import { segmentStore } from '../../../src/main/segments/segment-store.ts'
import { openConnection } from '../../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../../src/main/storage/dialect.ts'
import type { Tables } from '../../../src/main/storage/tables.ts'
import type { Reader } from '../../../src/main/storage/transaction.ts'
import { Audience } from '../../../src/shared/contract/campaigns.ts'
import { openPeopleDomains } from '../../support/people-domains.ts'

const EVERYBODY = { search: '', listId: null, tagId: null }

/** How SQLite would answer what `ask` asks, a line for each step of every statement. */
async function plansOf(ask: (reader: Reader) => Promise<unknown>): Promise<readonly string[]> {
  await using domains = await openPeopleDomains()
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

test('a page in order of names skips over the index of names and looks up only its own rows', async () => {
  const order = { field: 'name', direction: 'ascending' } as const
  const plan = await plansOf(reader => contactTableStore.page(reader, EVERYBODY, order, 5000, 100))
  expect(plan.join('\n')).toMatch(/SCAN contacts USING COVERING INDEX contacts_name/)
  expect(plan.join('\n')).not.toMatch(/USE TEMP B-TREE FOR ORDER BY\n.*contacts_name/)
})

test('a page in order of creation uses its index, forwards and backwards', async () => {
  for (const direction of ['ascending', 'descending'] as const) {
    const order = { field: 'createdAt', direction } as const
    const plan = await plansOf(reader => contactTableStore.page(reader, EVERYBODY, order, 0, 100))
    expect(plan.join('\n')).toMatch(/contacts USING COVERING INDEX contacts_created/)
  }
})

test('a known e-mail address is found by its index', async () => {
  const plan = await plansOf(reader => contactStore.otherWithEmail(reader, 'ann@example.org', 'x'))
  expect(plan).toEqual([expect.stringContaining('INDEX contacts_email')])
})

test('the last look before sending seeks suppressions and consents by key', async () => {
  const people = [{ contactId: 'a', addressKey: 'ann@example.org' }]
  const plan = (await plansOf(reader => complianceStore.objections(reader, 'email', people))).join('\n')
  expect(plan).toMatch(/SEARCH suppressions USING PRIMARY KEY \(channel=\? AND address_key=\?\)/)
  expect(plan).toMatch(/SEARCH consents USING COVERING INDEX consents_by_contact/)
  expect(plan).not.toMatch(/SCAN (suppressions|consents)/)
})

test('a page of a large audience is read in order of id without sorting, and nobody is looked for by a scan', async () => {
  const audience = Audience.parse({ listIds: ['l1', 'l2'], tagIds: ['t1'], excludeListIds: ['l3'] })
  const walk = (await plansOf(reader => segmentStore.candidates(reader, audience, 'c5', 1000, -1))).join('\n')
  expect(walk).toMatch(/SEARCH c USING COVERING INDEX sqlite_autoindex_contacts_1 \(id>\?\)/)
  expect(walk).toMatch(/SEARCH m USING INDEX list_members_by_contact \(contact_no=\? AND list_no=\?\)/)
  expect(walk).toMatch(/SEARCH t USING PRIMARY KEY \(contact_no=\? AND tag_no=\?\)/)
  expect(walk).not.toMatch(/TEMP B-TREE/)
  const gathered = (await plansOf(reader => segmentStore.candidates(reader, audience, 'c5', 1000))).join('\n')
  expect(gathered).toMatch(/SEARCH list_members USING PRIMARY KEY \(list_no=\?\)/)
  expect(gathered).toMatch(/SEARCH contact_tags USING COVERING INDEX contact_tags_by_tag \(tag_no=\?\)/)
  expect(gathered).toMatch(/SEARCH c USING INTEGER PRIMARY KEY/)
  const fates = (await plansOf(reader => segmentStore.members(reader, 'email', audience, ['a', 'b']))).join('\n')
  expect(fates).toMatch(/SEARCH c USING INDEX/)
  expect(fates).not.toMatch(/SCAN (c|o|m|t|s|n)\b/)
})

test('the timeline reads only what is about the contact', async () => {
  const plan = await plansOf(async reader => {
    await cardStore.ledger(reader, 'a', 100)
    await cardStore.messages(reader, 'a', 100)
    await cardStore.notes(reader, 'a', 100)
    await cardStore.consents(reader, 'a')
    await cardStore.suppressions(reader, { id: 'a', email: 'ann@example.org', phone: null })
  })
  const steps = plan.join('\n')
  for (const index of ['ledger_by_contact', 'messages_by_contact', 'notes_by_contact', 'consents_by_contact']) {
    expect(steps).toContain(index)
  }
  expect(steps).not.toMatch(/\bSCAN\b/)
})

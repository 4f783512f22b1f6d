import { join } from 'node:path'
import { CompiledQuery, Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import type { BulkStep } from '../../../src/main/contacts/bulk/bulk-step.ts'
import { bulkStepStore } from '../../../src/main/contacts/bulk/bulk-step-store.ts'
import { journalStore } from '../../../src/main/contacts/changes/journal-store.ts'
import { restoreStore } from '../../../src/main/contacts/changes/restore-store.ts'
import { EVERYTHING_AND_BELONGINGS } from '../../../src/main/contacts/changes/snapshot.ts'
import { undoStepStore } from '../../../src/main/contacts/changes/undo-step-store.ts'
import { openConnection } from '../../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../../src/main/storage/dialect.ts'
import type { Tables } from '../../../src/main/storage/tables.ts'
import type { Tx } from '../../../src/main/storage/transaction.ts'
import { openChangesWorld } from './changes-world.ts'

/** How SQLite does what `work` does, a line for each step of every statement, with the statement. */
async function plansOf(work: (tx: Tx) => Promise<unknown>): Promise<readonly string[]> {
  await using world = await openChangesWorld()
  await world.add({ email: 'ann@example.org' })
  const connection = await openConnection(join(world.folder, 'tidings.db'), 'create')
  const asked: CompiledQuery[] = []
  const db = new Kysely<Tables>({
    dialect: sqliteDialect(connection, 'writer'),
    log: event => void asked.push(event.query),
  })
  await db.transaction().execute(work)
  const steps: string[] = []
  for (const query of asked.splice(0)) {
    if (!/^\s*(select|insert|update|delete)/i.test(query.sql)) continue
    const { rows } = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]),
    )
    steps.push(...rows.map(row => `${row.detail} — ${query.sql}`))
  }
  await db.destroy()
  return steps
}

const STEPS: readonly BulkStep[] = [
  { kind: 'set_fields', columns: [{ name: 'city', value: 'x' }], customPatch: '{}' },
  { kind: 'set_tags', add: [1], remove: [1] },
  { kind: 'add_to_lists', listNos: [1] },
  { kind: 'remove_from_lists', listNos: [1] },
  { kind: 'delete' },
]

// What grows with the workspace. Everything else is as small as a step.
const LARGE =
  /SCAN (contacts|contact_tags|list_members|notes|consents|contact_external_ids|contact_aliases|orders|contact_events|segment_members|change_contacts|suppressions|messages|c|x|h)\b/

test('no step of a change or of its undo walks through a table that grows', async () => {
  const plans = await plansOf(async tx => {
    const no = await journalStore.begin(tx, { id: 'c', kind: 'merge', title: '', actor: '', now: 1 })
    await journalStore.before(tx, no, [1], EVERYTHING_AND_BELONGINGS)
    await journalStore.before(tx, no, [1, 2], EVERYTHING_AND_BELONGINGS)
    await sql`update contacts set revision = revision + 1 where no = 1`.execute(tx)
    await journalStore.created(tx, no, [3])
    await journalStore.after(tx, no, [1])
    await journalStore.finish(tx, no)
    const step = { changeNo: no, afterNo: 0, mostRows: 10, keepChanged: true, retry: false }
    for (const one of [step, { ...step, keepChanged: false }, { ...step, retry: true }, step]) {
      await undoStepStore.take(tx, one)
      await undoStepStore.judge(tx, one)
    }
    await undoStepStore.refusers(tx)
    await restoreStore.removeCreated(tx)
    await restoreStore.restoreContacts(tx)
    await restoreStore.restoreAspects(tx, { no, madeAt: 1 })
    await restoreStore.keepUnsubscribed(tx, 1)
    await restoreStore.freeOlderChanges(tx, no + 1)
    await undoStepStore.settle(tx, no, { ...(await undoStepStore.outcome(tx)), kept: 1 })
    const bulk = { contactNos: [1], actor: '', now: 1, beforeDelete: () => Promise.resolve() }
    const next = await journalStore.begin(tx, { id: 'd', kind: 'edit', title: '', actor: '', now: 1 })
    for (const one of STEPS) await bulkStepStore.apply(tx, { ...bulk, changeNo: next, step: one })
  })
  expect(plans.length).toBeGreaterThan(100)
  expect(plans.filter(line => LARGE.test(line.split(' — ')[0] ?? ''))).toEqual([])
})

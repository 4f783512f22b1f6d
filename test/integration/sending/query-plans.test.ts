import { join } from 'node:path'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { queueStore } from '../../../src/main/sending/queue-store.ts'
import { type Connection, openConnection } from '../../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../../src/main/storage/dialect.ts'
import type { Tables } from '../../../src/main/storage/tables.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { createSendWorld } from './send-world.ts'

/** A connection that notes the plan of every statement before it runs it; another one explains, for that ends no transaction. */
function noting(connection: Connection, beside: Connection, plans: string[]): Connection {
  const note = async (sql: string, parameters: readonly unknown[]): Promise<void> => {
    if (!/^\s*(select|update|insert|with)/i.test(sql)) return
    const steps = await beside.all(`explain query plan ${sql}`, parameters)
    plans.push(steps.map(step => String(step.detail)).join(' | '))
  }
  return {
    ...connection,
    async all(sql, parameters) {
      await note(sql, parameters)
      return connection.all(sql, parameters)
    },
    async run(sql, parameters) {
      await note(sql, parameters)
      return connection.run(sql, parameters)
    },
  }
}

test('every statement of the sending loop finds its rows by an index', async () => {
  await using world = await createSendWorld()
  await world.people(20)
  const id = await world.launch()
  await world.settle()
  const [row] = await world.rows<{ id: string; contact: string }>(
    'select id, contact_id as contact from messages limit 1',
  )
  const messageId = row?.id ?? ''
  const now = world.clock.now()
  await world.close()
  const plans: string[] = []
  const file = join(world.folder, 'tidings.db')
  const beside = await openConnection(file, 'readonly')
  const connection = noting(await openConnection(file, 'create'), beside, plans)
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection, 'writer') })
  await transaction(db, async tx => {
    await queueStore.dueBySender(tx)
    await queueStore.familiesDue(tx, 'test-account', now)
    await queueStore.dueOf(tx, { senderId: 'test-account', campaignId: id, now }, [{ family: '', most: 10 }])
    await queueStore.departed(tx, [{ messageId, contactId: row?.contact ?? '', listIds: ['list'] }])
    await queueStore.begin(tx, { runId: 'r', senderId: 'test-account', now }, [messageId])
    await queueStore.skip(tx, [{ messageId, reason: 'suppressed' }], now)
    await queueStore.refusals(tx, [messageId])
    await queueStore.settle(tx, [
      {
        ...{ messageId, n: 9, outcome: 'accepted', class: null, code: null, reply: null, endedAt: now },
        ...{ state: 'accepted', reason: '', dueAt: now, providerMessageId: null },
      },
    ])
    await queueStore.startsOfSender(tx, 'test-account', now - 1000, 10)
    await queueStore.hasOpenMessages(tx, id)
  })
  await db.destroy()
  await beside.close()
  expect(plans).toHaveLength(11)
  const scans = plans.filter(plan => /SCAN (m|messages|attempts|a|l|ledger|contacts|list_members)\b/.test(plan))
  expect(scans).toEqual([])
  expect(plans[0]).toContain('messages_due (sender_id=? AND campaign_id=? AND family=?)')
  expect(plans[2]).toContain('messages_due (sender_id=? AND campaign_id=? AND family=? AND due_at<?)')
  // Messages that are named are sought by their id: an index of the account's queue would be walked from end to end.
  const named = plans.slice(4).filter(plan => /SEARCH messages\b/.test(plan) && !plan.includes('campaign_id=?'))
  expect(named).toHaveLength(3)
  for (const plan of named)
    expect(plan).toMatch(/SEARCH messages USING (COVERING )?INDEX sqlite_autoindex_messages_1 \(id=\?\)/)
})

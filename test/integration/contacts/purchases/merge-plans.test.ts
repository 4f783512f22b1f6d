import { join } from 'node:path'
import { CompiledQuery, Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { orderMergeStore } from '../../../../src/main/contacts/purchases/import/order-merge-store.ts'
import { orderTouchStore } from '../../../../src/main/contacts/purchases/import/order-touch-store.ts'
import { STAGED_ORDER_COLUMNS } from '../../../../src/main/contacts/purchases/import/stage-orders.ts'
import { figuresStore } from '../../../../src/main/contacts/scores/figures-store.ts'
import { openConnection } from '../../../../src/main/storage/connection.ts'
import { sqliteDialect } from '../../../../src/main/storage/dialect.ts'
import type { Tables } from '../../../../src/main/storage/tables.ts'
import type { Tx } from '../../../../src/main/storage/transaction.ts'
import { openScoresWorld } from '../scores/scores-world.ts'

const STEP = {
  importNo: 1,
  changeNo: 1,
  rows: 'temp.staged_orders',
  after: 0,
  mostRows: 10,
  lastRow: 3,
  source: 'shop',
  customerSource: 'shop',
  makesCustomers: true,
  hasItems: true,
  contactSource: 'orders orders.csv',
  now: 1,
  orderIds: { prefix: 'order-', start: 1 },
  contactIds: { prefix: 'contact-', start: 1 },
}

/** How SQLite does what `work` does, and how many contacts wait for their figures afterwards. */
async function explained(work: (tx: Tx) => Promise<unknown>) {
  await using world = await openScoresWorld()
  const connection = await openConnection(join(world.storage.folder, 'tidings.db'), 'create')
  const asked: CompiledQuery[] = []
  const db = new Kysely<Tables>({
    dialect: sqliteDialect(connection, 'writer'),
    log: event => void asked.push(event.query),
  })
  await db.transaction().execute(async tx => {
    await sql`insert into changes (id, kind, title, state, contacts, restored, made_by, made_at)
      values ('c', 'orders', '', 'recording', 0, 0, '', 1)`.execute(tx)
    await sql`create temp table staged_orders (${sql.raw(['k', ...STAGED_ORDER_COLUMNS].join(', '))})`.execute(tx)
    await sql`insert into temp.staged_orders (k, order_id, line, fault, email_key, first_name, last_name, at, currency,
        value_minor, status, sku, name, category, quantity, cells)
      values (1, 'A', 1, 0, 'ann@example.org', '', '', 1, 'EUR', 100, 'paid', '', 'x', '', 1, '[]'),
        (1, 'B', 2, 0, 'ann@example.org', '', '', 2, 'EUR', 200, 'paid', '', 'x', '', 1, '[]'),
        (1, 'C', 3, 0, null, '', '', 3, 'EUR', 300, 'paid', '', 'x', '', 1, '[]')`.execute(tx)
    asked.length = 0
    await work(tx)
  })
  const waiting = await figuresStore.waiting(db)
  const steps: string[] = []
  for (const query of asked.splice(0)) {
    if (!/^\s*(select|insert|update|delete)/i.test(query.sql)) continue
    const { rows } = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]),
    )
    steps.push(...rows.map(row => `${row.detail} — ${query.sql}`))
  }
  await db.destroy()
  return { steps, waiting }
}

const merge = (tx: Tx) => orderMergeStore.step(tx, STEP)

test('no step of a merge walks through a table that grows with the orders, and none marks figures to be computed', async () => {
  const { steps, waiting } = await explained(async tx => {
    await merge(tx)
  })
  expect(steps.length).toBeGreaterThan(10)
  expect(
    steps.filter(step => /^SCAN (orders|order_items|staged_orders|contacts|change_orders|o|r|c|k)\b/.test(step)),
  ).toEqual([])
  expect(steps.filter(step => step.includes('AUTOMATIC'))).toEqual([])
  expect(waiting).toBe(0)
})

test('the end of an import marks each customer once, page by page in the order of the journal', async () => {
  const { steps, waiting } = await explained(async tx => {
    await merge(tx)
    const first = await orderTouchStore.mark(tx, 1, 0, 1)
    expect(first).not.toBeNull()
    expect(await orderTouchStore.mark(tx, 1, first ?? 0, 1)).toBe((first ?? 0) + 1)
    expect(await orderTouchStore.mark(tx, 1, (first ?? 0) + 1, 1)).toBeNull()
  })
  const marking = steps.filter(step => step.includes('stale_figures'))
  expect(marking.join('\n')).toMatch(/SEARCH k USING PRIMARY KEY \(change_no=\? AND order_no>\? AND order_no<\?\)/)
  expect(marking.filter(step => /^SCAN (k|o)\b/.test(step))).toEqual([])
  expect(waiting).toBe(1)
})

test('totals of customers come from an index alone', async () => {
  const { steps } = await explained(tx => figuresStore.totals(tx, '[1]'))
  expect(steps.join('\n')).toMatch(/SEARCH o USING COVERING INDEX orders_by_contact \(contact_no=\?\)/)
})

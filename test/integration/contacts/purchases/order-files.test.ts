import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { ContactId } from '../../../../src/shared/contract/define.ts'
import { createTestApp, type TestApp } from '../../../support/create-test-app.ts'
import { importInspected, inspectFile } from './import-orders.ts'

const text = (lines: readonly string[]): Readable => Readable.from([Buffer.from(`${lines.join('\n')}\n`)])

const SHOP = [
  'Name;Email;Billing Name;Created at;Financial Status;Currency;Lineitem name;Lineitem sku;Lineitem quantity;Lineitem price',
  '#1001;eva@example.de;Eva Weiß;2026-10-02 14:03:00 +0200;paid;EUR;Espresso;ESP-1;2;19,90',
  '#1002;jon@example.de;Jon Groß;2026-10-05 09:10:00 +0200;refunded;EUR;Mühle;GR-7;1;1.249,00',
  '#1003;nobody;Max;2026-10-06;paid;EUR;Tasse;T-1;4;8,00',
  '#1001;eva@example.de;;;;EUR;Filter;FP-100;1;4,50',
  '#1004;EVA@example.de;Eva Weiß;2026-11-10 18:44:00 +0100;paid;EUR;Espresso;ESP-1;1;19,90',
  '#1005;lea@example.de;Lea;2026-11-12;pending;EUR;Tasse;T-1;1;8,00',
  '#1005;lea@example.de;;;;;Filter;FP-100;1;4,50',
]

async function customers({ client }: TestApp): Promise<Record<string, string>> {
  const { rows } = await client.contacts.page({ limit: 100 })
  return Object.fromEntries(rows.map(row => [row.email ?? row.phone ?? '', row.id]))
}

test('rows of items become orders with items, wherever they stand, and the counts add up', async () => {
  await using app = await createTestApp()
  const seen = await inspectFile(app, 'shop.csv', text(SHOP))
  expect(seen.options).toMatchObject({ currency: 'EUR', decimal: 'comma' })
  const run = await importInspected(app, seen)
  expect(run).toMatchObject({ state: 'done', rows: 7, taken: 4, rejected: 3, created: 3, customersMade: 2 })
  const ids = await customers(app)
  const eva = await app.client.purchases.ofContact({ contactId: ContactId.parse(ids['eva@example.de']) })
  expect(eva.orders.map(order => [order.externalId, order.valueMinor, order.status, order.items.length])).toEqual([
    ['#1004', 1990, 'paid', 1],
    ['#1001', 4430, 'paid', 2],
  ])
  expect(eva.totals).toMatchObject([{ currency: 'EUR', orders: 2, valueMinor: 6420, averageMinor: 3210 }])
  expect(eva.products).toEqual([
    { name: 'Espresso', quantity: 3, orders: 2 },
    { name: 'Filter', quantity: 1, orders: 1 },
  ])
  const jon = await app.client.purchases.ofContact({ contactId: ContactId.parse(ids['jon@example.de']) })
  expect(jon).toMatchObject({ totals: [], orders: [{ status: 'refunded', valueMinor: 124_900 }] })
  const { rows: rejects } = await app.client.purchases.rejects({ id: run.id })
  expect(rejects.map(({ line, field, reason }) => [line, field, reason.slice(0, 30)])).toEqual([
    [4, 'Email', 'That is not an e-mail address.'],
    [7, 'Financial Status', '“pending” is neither paid, ref'],
    [8, '', 'Another row of this order was '],
  ])

  const file = await app.client.purchases.rejectsFile({ id: run.id })
  const saved = await readFile((await app.app.files.find(file.token)).path, 'utf8')
  const corrected = saved.replace('nobody', 'max@example.de').replace('pending', 'paid')
  const second = await importInspected(app, await inspectFile(app, 'again.csv', Readable.from([corrected])))
  expect(second).toMatchObject({ rows: 3, taken: 3, rejected: 0, created: 2, customersMade: 2 })
  expect(await app.client.purchases.verify({})).toMatchObject({ ok: true })
})

test('an order that comes again is updated, and an undo puts it back', async () => {
  await using app = await createTestApp()
  const file = (value: string, status: string): Readable =>
    text(['order_id,email,date,total,status,item,qty', `1,ann@x.org,2026-01-05,${value},${status},Cup,2`])
  await importInspected(app, await inspectFile(app, 'a.csv', file('10.00', 'paid')))
  const before = await app.client.purchases.ofContact({
    contactId: ContactId.parse((await customers(app))['ann@x.org']),
  })
  const again = await importInspected(app, await inspectFile(app, 'b.csv', file('12.50', 'refunded')))
  expect(again).toMatchObject({ created: 0, updated: 1, unchanged: 0, customersMade: 0, canUndo: true })
  const contactId = ContactId.parse((await customers(app))['ann@x.org'])
  expect(await app.client.purchases.ofContact({ contactId })).toMatchObject({
    totals: [],
    orders: [{ valueMinor: 1250 }],
  })
  await app.client.purchases.undoImport({ id: again.id })
  await app.idle()
  await app.client.contactEvents.catchUp({})
  // Recency, frequency and value are computed in the background, at their own time.
  expect({ ...(await app.client.purchases.ofContact({ contactId })), rfm: before.rfm }).toEqual(before)
  expect(await app.client.purchases.verify({})).toMatchObject({ ok: true })
})

test('customers are known by e-mail, then by phone, then by their number', async () => {
  await using app = await createTestApp()
  await app.client.contacts.create({ firstName: 'Bob', phone: '+12025550123' })
  const rows = [
    'order_id,email,phone,customer_id,date,total',
    '1,ann@x.org,,K1,2026-01-01,1.00',
    '2,,(202) 555-0123,K2,2026-01-02,2.00',
    '3,,,K1,2026-01-03,4.00',
    '4,,,K9,2026-01-04,8.00',
    '5,cleo@x.org,+12025550199,,2026-01-05,16.00',
    '6,,+12025550199,,2026-01-06,32.00',
  ]
  const run = await importInspected(app, await inspectFile(app, 'c.csv', text(rows)))
  expect(run).toMatchObject({ rows: 6, taken: 5, rejected: 1, created: 5, customersMade: 2 })
  const spent: Record<string, number | undefined> = {}
  for (const [address, id] of Object.entries(await customers(app))) {
    const { totals } = await app.client.purchases.ofContact({ contactId: ContactId.parse(id) })
    spent[address] = totals[0]?.valueMinor
  }
  expect(spent).toEqual({ 'ann@x.org': 500, '+12025550123': 200, 'cleo@x.org': 4800 })
})

test('people who are no contacts are left out when that is chosen', async () => {
  await using app = await createTestApp()
  await app.client.contacts.create({ firstName: 'Ann', email: 'ann@x.org' })
  const rows = ['order_id,email,date,total', '1,ann@x.org,2026-01-01,1.00', '2,bob@x.org,2026-01-02,2.00']
  const seen = await inspectFile(app, 'd.csv', text(rows), { customers: 'leave_out' })
  expect(seen).toMatchObject({ customers: 2, knownCustomers: 1 })
  const run = await importInspected(app, seen)
  expect(run).toMatchObject({ taken: 1, rejected: 1, created: 1, customersMade: 0 })
  expect((await app.client.contacts.page({ limit: 10 })).total).toBe(1)
})

test('a file without what an order needs says what is missing', async () => {
  await using app = await createTestApp()
  const seen = await inspectFile(app, 'e.csv', text(['email,colour', 'ann@x.org,blue']))
  expect(seen.missing).toHaveLength(3)
  const { token, reading, mapping, options } = seen
  await expect(app.client.purchases.startImport({ token, reading, mapping, options })).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

test('a workbook of orders is read like a text, dates and amounts as they are', async () => {
  await using app = await createTestApp()
  const settings = await app.client.workspace.settings({})
  await app.client.workspace.saveSettings({ ...settings, timeZone: 'UTC' })
  const bytes = await writeExcelFile([
    [{ value: 'Order ID' }, { value: 'Email' }, { value: 'Date' }, { value: 'Total' }],
    [
      { value: 'A-1' },
      { value: 'ann@x.org' },
      { value: new Date(Date.UTC(2026, 1, 28)), type: Date, format: 'dd.mm.yyyy' },
      { value: 1234.56 },
    ],
  ]).toBuffer()
  const seen = await inspectFile(app, 'orders.xlsx', Readable.from([bytes]))
  const run = await importInspected(app, seen)
  expect(run).toMatchObject({ state: 'done', taken: 1, rejected: 0, created: 1 })
  const contactId = ContactId.parse((await customers(app))['ann@x.org'])
  const { orders } = await app.client.purchases.ofContact({ contactId })
  expect(orders).toMatchObject([{ externalId: 'A-1', valueMinor: 123_456, at: Date.UTC(2026, 1, 28) }])
})

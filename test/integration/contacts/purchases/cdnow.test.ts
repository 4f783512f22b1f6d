import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ContactId } from '../../../../src/shared/contract/define.ts'
import { createTestApp } from '../../../support/create-test-app.ts'
import { importInspected, inspectFile } from './import-orders.ts'

const FILE = join(import.meta.dirname, '../../../fixtures/cdnow-orders.csv')

interface Expected {
  orders: number
  cents: number
  first: string
  last: string
}

/** The figures of every customer, added up from the text of the file in whole cents. */
async function expectedFigures(): Promise<Map<string, Expected>> {
  const lines = (await readFile(FILE, 'utf8')).trim().split('\n').slice(1)
  const customers = new Map<string, Expected>()
  for (const line of lines) {
    const [, email = '', date = '', , value = ''] = line.split(',')
    const [whole = '0', fraction = ''] = value.split('.')
    const cents = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
    const known = customers.get(email)
    if (!known) customers.set(email, { orders: 1, cents, first: date, last: date })
    else {
      known.orders += 1
      known.cents += cents
      if (date < known.first) known.first = date
      if (date > known.last) known.last = date
    }
  }
  return customers
}

test('the CDNOW orders make 2,357 customers with 6,919 orders, right to the cent', async () => {
  await using app = await createTestApp()
  const settings = await app.client.workspace.settings({})
  await app.client.workspace.saveSettings({ ...settings, timeZone: 'Europe/Berlin' })
  const seen = await inspectFile(app, 'cdnow-orders.csv', createReadStream(FILE))
  expect(seen.mapping.map(({ target }) => target)).toEqual([
    'orderId',
    'email',
    'date',
    'quantity',
    'value',
    'currency',
  ])
  expect(seen).toMatchObject({ missing: [], rows: 6919, orders: 6919, customers: 2357, knownCustomers: 0, rejected: 0 })
  const run = await importInspected(app, seen)
  expect(run).toMatchObject({
    state: 'done',
    error: null,
    rows: 6919,
    taken: 6919,
    rejected: 0,
    created: 6919,
    customersMade: 2357,
  })

  const expected = await expectedFigures()
  expect(expected.size).toBe(2357)
  const { rows } = await app.client.contacts.page({ limit: 1000 })
  let checked = 0
  for (const { id, email } of rows.filter((_, index) => index % 7 === 0)) {
    const right = expected.get(email ?? '')
    if (!right) throw new Error('a customer who is not in the file')
    const { totals } = await app.client.purchases.ofContact({ contactId: ContactId.parse(id), limit: 1 })
    expect(totals).toEqual([
      {
        currency: 'USD',
        orders: right.orders,
        valueMinor: right.cents,
        averageMinor: Math.floor(right.cents / right.orders + 0.5),
        // The first moment of the day in Berlin, in winter or in summer.
        firstAt: berlin(right.first),
        lastAt: berlin(right.last),
      },
    ])
    checked += 1
  }
  expect(checked).toBeGreaterThan(100)
  expect(await app.client.purchases.verify({})).toMatchObject({ ok: true })

  await app.idle()
  const { rows: jobs } = await app.client.activity.jobs({ limit: 10 })
  const ofPurchases = jobs.filter(({ kind }) => kind.startsWith('purchases.'))
  expect(ofPurchases.map(job => [job.kind, job.state])).toEqual([
    ['purchases.rfm', 'done'],
    ['purchases.import', 'done'],
  ])

  const again = await importInspected(app, await inspectFile(app, 'cdnow-orders.csv', createReadStream(FILE)))
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 6919, customersMade: 0, canUndo: false })

  await app.client.purchases.undoImport({ id: run.id })
  await app.idle()
  expect(await app.client.purchases.getImport({ id: run.id })).toMatchObject({ state: 'undone' })
  expect((await app.client.contacts.page({ limit: 1 })).total).toBe(0)
  await app.client.contactEvents.catchUp({})
  expect(await app.client.purchases.verify({})).toMatchObject({ ok: true })
})

function berlin(day: string): number {
  // Summer time in 1997: 30 March to 26 October; in 1998 from 29 March.
  const isSummer = (day >= '1997-03-31' && day <= '1997-10-26') || day >= '1998-03-30'
  return Date.parse(`${day}T00:00:00${isSummer ? '+02:00' : '+01:00'}`)
}

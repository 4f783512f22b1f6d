import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'

const FILE = new URL('../../fixtures/district-offices.csv', import.meta.url)

test('a file goes in through the contract: looked at, imported, found among the contacts', async () => {
  await using test = await createTestApp()
  const { token } = await test.app.files.receive('offices.csv', Readable.from([await readFile(FILE)]), 2 ** 20)
  const seen = await test.client.imports.inspect({ token, options: { listName: 'Offices' } })
  expect(seen.estimate).toEqual({ created: 1300, updated: 0, unchanged: 0, duplicates: 12, rejected: 0 })
  const started = await test.client.imports.start({
    token,
    reading: seen.reading,
    mapping: seen.mapping,
    options: seen.options,
  })
  await test.idle()
  const run = await test.client.imports.get({ id: started.id })
  expect(run).toMatchObject({ state: 'done', rows: 1312, created: 1300, duplicates: 12, fractionDone: 1 })
  const page = await test.client.contacts.page({ search: 'barragan', limit: 10 })
  expect(page.rows.map(row => row.lastName)).toContain('Barragán')
  const card = await test.client.contacts.get({ id: page.rows[0]?.id ?? started.id })
  expect(card.lists.map(list => [list.name, list.status])).toEqual([['Offices', 'active']])
  expect(card.contact.tags).toEqual(['Democrat', 'representative'])
  const { rows } = await test.client.activity.jobs({})
  expect(rows.map(job => [job.kind, job.state, job.link])).toEqual([
    ['contacts.import', 'done', `/imports/${started.id}`],
  ])
  expect((await test.client.imports.list({})).total).toBe(1)
})

test('answers keep to the contract for the strangest file', async () => {
  await using test = await createTestApp()
  const wide = Array.from({ length: 100 }, (_, n) => `${'Ünïcode column '.repeat(30)}${n}\n`)
  const cells = wide.map((_, n) => (n === 7 ? 'ann@example.org' : `${'<b>"x"</b>\n'.repeat(50)}${n}`))
  const line = (texts: readonly string[]): string =>
    `${texts.map(text => `"${text.replaceAll('"', '""')}"`).join(';')}\r\n`
  const bytes = Buffer.from(`${line(wide)}${line(cells)}${line(cells.slice(0, 3))}"never closed;x\r\n`)
  const { token } = await test.app.files.receive('strange.csv', Readable.from([bytes]), 2 ** 20)
  const seen = await test.client.imports.inspect({ token })
  expect(seen.columns).toHaveLength(100)
  expect(seen.mapping[7]?.target).toBe('email')
  const started = await test.client.imports.start({
    token,
    reading: seen.reading,
    mapping: seen.mapping,
    options: seen.options,
  })
  await test.idle()
  const run = await test.client.imports.get({ id: started.id })
  expect(run).toMatchObject({ state: 'done', rows: 3, created: 1, rejected: 2 })
  const rejects = await test.client.imports.rejects({ id: started.id })
  expect(rejects.rows.map(row => row.reason)).toEqual([
    'The row has neither an e-mail address nor a phone number.',
    'A quotation mark opens on this line and never closes.',
  ])
  const saved = await test.client.imports.rejectsFile({ id: started.id })
  expect(saved.fileName).toBe('strange - rejected rows.csv')
  const [contact] = (await test.client.contacts.page({})).rows
  const card = await test.client.contacts.get({ id: contact?.id ?? started.id })
  expect(Object.keys(card.contact.custom)).toHaveLength(99)
})

import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'

const FILE = 'Email,First name\nann@example.org,Ann\nbo@example.org,Bo\nnobody,No\n'

test('a file is imported, changed in bulk and taken back, all through the contract', async () => {
  await using test = await createTestApp()
  const { client, app } = test
  const { token } = await app.files.receive('people.csv', Readable.from([Buffer.from(FILE)]), 2 ** 20)
  const { reading, mapping, options } = await client.imports.inspect({ token })
  const { id } = await client.imports.start({ token, reading, mapping, options })
  await test.idle()
  const run = await client.imports.get({ id })
  expect(run).toMatchObject({ state: 'done', stage: 'over', created: 2, rejected: 1, canUndo: true })
  await expect(client.imports.pause({ id })).rejects.toMatchObject({ code: 'conflict' })
  await expect(client.imports.resume({ id })).rejects.toMatchObject({ code: 'conflict' })

  const everybody = { kind: 'filter', filter: { search: 'example.org' }, expected: 2 } as const
  const begun = await client.contacts.bulk({
    selection: everybody,
    action: { kind: 'set_fields', fields: { city: 'Bonn' } },
  })
  expect(begun.contacts).toBe(2)
  await test.idle()
  const change = await client.changes.get({ id: begun.changeId })
  expect(change).toMatchObject({ kind: 'edit', state: 'done', contacts: 2, canUndo: true, title: 'Edit of city' })
  const asked = await client.changes.conflicts({ id: begun.changeId })
  expect(asked).toEqual({ rows: [], total: 0 })
  await client.changes.undo({ id: begun.changeId })
  await test.idle()

  await client.imports.undo({ id })
  await test.idle()
  expect(await client.imports.get({ id })).toMatchObject({ state: 'undone', canUndo: false })
  expect((await client.contacts.page({})).total).toBe(0)
  const { rows, total } = await client.changes.list({})
  expect(rows.map(row => [row.kind, row.state, row.restored])).toEqual([
    ['edit', 'undone', 2],
    ['import', 'undone', 2],
  ])
  expect(total).toBe(2)
  const { rows: trail } = await client.activity.audit({})
  expect(trail.filter(line => line.action === 'change.undone')).toHaveLength(2)
})

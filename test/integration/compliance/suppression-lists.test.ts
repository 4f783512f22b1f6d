import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ContactId } from '../../../src/shared/contract/define.ts'
import { createTestApp } from '../../support/create-test-app.ts'

const NATIONAL = {
  name: 'National list',
  reason: 'do_not_call',
  channels: ['sms', 'voice'],
  listDate: '2026-11-01',
} as const

test('a pasted list suppresses each address once, says what it could not read, and can be taken back', async () => {
  await using app = await createTestApp()
  const { client } = app
  await client.compliance.suppress({ channel: 'sms', address: '+12025550102', reason: 'do_not_call', note: 'by hand' })
  const text = 'Phone,Name\n+1 202 555 0101,Ann\n(202) 555-0102;Bea\n\n+1 202 555 0101\nann@example.org\n2026-11-01'
  const source = { kind: 'text', text } as const
  const seen = await client.suppressionLists.preview({ source, channels: ['sms', 'voice'] })
  expect(seen.lines.map(line => line.address)).toEqual([
    null,
    '+12025550101',
    '+12025550102',
    null,
    '+12025550101',
    null,
    null,
  ])
  const { id } = await client.suppressionLists.add({ source, terms: { ...NATIONAL, channels: ['sms', 'voice'] } })
  await app.idle()
  const [list] = (await client.suppressionLists.all({})).lists
  expect(list).toMatchObject({ id, state: 'done', rows: 6, added: 3, known: 3, rejected: 3, isStale: false })
  const page = await client.compliance.suppressions({ search: '0101' })
  expect(
    page.rows.map(row => [row.channel, row.reason, row.source]).sort((a, b) => String(a).localeCompare(String(b))),
  ).toEqual([
    ['sms', 'do_not_call', 'list “National list”'],
    ['voice', 'do_not_call', 'list “National list”'],
  ])
  await client.suppressionLists.undo({ id, reason: 'the wrong file' })
  const left = await client.compliance.suppressions({})
  expect(left.rows.map(row => [row.channel, row.address, row.note])).toEqual([['sms', '+12025550102', 'by hand']])
  await expect(client.suppressionLists.undo({ id, reason: 'again' })).rejects.toMatchObject({ code: 'conflict' })
})

test('an unsubscribe that comes in by a list ends memberships and stops calls with texts', async () => {
  await using app = await createTestApp()
  const { client } = app
  const contact = await client.contacts.create({ firstName: 'Ann', email: 'ann@example.org' })
  const list = await client.lists.create({ name: 'News' })
  await client.lists.addMembers({ id: list.id, contactIds: [ContactId.parse(contact.id)] })
  const text = 'ANN@example.org\n+12025550101'
  const terms = { name: 'Old system', reason: 'unsubscribe', channels: ['email', 'sms'] } as const
  await client.suppressionLists.add({
    source: { kind: 'text', text },
    terms: { ...terms, channels: [...terms.channels], validUntil: 1 },
  })
  await app.idle()
  const card = await client.contacts.get({ id: ContactId.parse(contact.id) })
  expect(card.lists.map(one => one.status)).toEqual(['unsubscribed'])
  const { rows } = await client.compliance.suppressions({})
  expect(rows.map(row => `${row.channel} ${row.address}`).sort()).toEqual([
    'email ann@example.org',
    'sms +12025550101',
    'voice +12025550101',
  ])
  expect((await client.suppressionLists.all({})).lists[0]?.isStale).toBe(true)
})

test('every suppression is exported with its reason and source', async () => {
  await using app = await createTestApp({ start: false })
  await app.client.compliance.suppress({ channel: 'email', address: 'a@example.org', reason: 'manual', note: '=1+1' })
  const file = await app.client.suppressionLists.export({})
  const text = await readFile(join(app.folder, 'files', file.token, 'bytes'), 'utf8')
  expect(text.split('\r\n')[1]).toContain('email,a@example.org,manual,')
  expect(text).not.toContain(',=1+1')
})

test('marketing by SMS or voice is not started while a required do-not-call list is missing or stale', async () => {
  await using app = await createTestApp()
  const { client } = app
  const { mustHaveFreshLists } = await import('../../../src/main/compliance/index.ts')
  const { policy } = await client.policy.get({})
  await client.policy.save({ policy: { ...policy, requiredLists: ['National list'] } })
  const { openStorage } = await import('../../../src/main/storage/database.ts')
  await client.suppressionLists.add({
    source: { kind: 'text', text: '+12025550101' },
    terms: { ...NATIONAL, channels: ['sms', 'voice'], validUntil: 1000 },
  })
  await app.idle()
  await app.close()
  const storage = await openStorage(app.folder, app.app.kernel.clock)
  const setting = async (): Promise<string | null> =>
    (
      await storage.reader
        .selectFrom('settings')
        .select('value')
        .where('key', '=', 'compliance.policy')
        .executeTakeFirst()
    )?.value ?? null
  const draft = { category: 'marketing', channel: 'sms', further: [] } as const
  const ask = (now: number, changes: object = {}) =>
    mustHaveFreshLists({ setting }, storage.reader, { ...draft, further: [], ...changes }, now)
  await expect(ask(999)).resolves.toBeUndefined()
  await expect(ask(1000)).rejects.toMatchObject({ code: 'conflict', details: { lists: ['National list'] } })
  await expect(ask(1000, { category: 'transactional' })).resolves.toBeUndefined()
  await expect(ask(1000, { channel: 'email' })).resolves.toBeUndefined()
  await storage.close()
})

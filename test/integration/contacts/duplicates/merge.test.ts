import { fc, test as property } from '@fast-check/vitest'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { ContactFields } from '../../../../src/shared/contract/contacts.ts'
import { createTestApp, type TestApp } from '../../../support/create-test-app.ts'
import { secondConnection } from '../../../support/second-connection.ts'
import { contactsOf } from '../../changes/contacts-of.ts'

const ANN: Partial<ContactFields> = {
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann.lee@gmail.com',
  phone: '+13105550100',
  city: 'Rome',
}
const ANNIE: Partial<ContactFields> = { ...ANN, email: 'annlee@googlemail.com', company: 'Acme', phone: null, city: '' }

async function duplicatesOf(app: TestApp) {
  await app.client.duplicates.find({})
  await app.idle()
  return app.client.duplicates.groups({})
}

async function undone(app: TestApp, id: string): Promise<void> {
  const { rows } = await app.client.changes.list({})
  const change = rows.find(row => row.id === id)
  if (!change) throw new Error('The merge is not among the changes')
  await app.client.changes.undo({ id: change.id })
  await app.idle()
}

test('finds a person who was written twice, says why, and does not find her again when told that they are two', async () => {
  await using app = await createTestApp()
  const { client } = app
  const ann = await client.contacts.create(ANN)
  const annie = await client.contacts.create(ANNIE)
  await client.contacts.create({ firstName: 'Bruno', lastName: 'Lee', phone: '+13105550100', city: 'Rome' })
  const found = await duplicatesOf(app)
  expect(found).toMatchObject({ total: 1, jobId: null })
  const [group] = found.rows
  expect(group?.reasons).toEqual(['same_mailbox', 'same_name'])
  expect(group?.contacts.map(({ id }) => id)).toEqual([ann.id, annie.id])
  expect(group?.suggestion).toEqual({ survivorId: ann.id, fields: { company: annie.id } })
  await client.duplicates.dismiss({ no: group?.no ?? 0 })
  expect(await duplicatesOf(app)).toMatchObject({ total: 0, rows: [] })
})

test('a merged contact has everything of both, and who refused once is not written to', async () => {
  await using app = await createTestApp()
  await using file = await secondConnection(app.folder)
  const { client } = app
  const ann = await client.contacts.create(ANN)
  const annie = await client.contacts.create(ANNIE)
  const news = await client.lists.create({ name: 'News' })
  await client.lists.addMembers({ id: news.id, contactIds: [ann.id, annie.id] })
  await client.contacts.setTags({ ids: [annie.id], add: ['vip'], remove: [] })
  await client.contacts.addNote({ id: annie.id, body: 'Likes tea' })
  await client.compliance.recordConsent({
    contactId: ann.id,
    channel: 'email',
    status: 'granted',
    basis: 'form',
    evidence: '',
  })
  await client.compliance.recordConsent({
    contactId: annie.id,
    channel: 'email',
    status: 'withdrawn',
    basis: 'mail',
    evidence: '',
  })
  await sql`update list_members set status = 'unsubscribed' where contact_no = 2`.execute(file.db)

  const merged = await client.duplicates.merge({
    survivorId: ann.id,
    otherIds: [annie.id],
    fields: { company: annie.id, email: annie.id },
  })

  expect(merged.contact).toMatchObject({ email: 'annlee@googlemail.com', company: 'Acme', city: 'Rome', tags: ['vip'] })
  const card = await client.contacts.get({ id: ann.id })
  expect(card.lists).toMatchObject([{ name: 'News', status: 'unsubscribed' }])
  expect(card.consents.find(({ channel }) => channel === 'email')).toMatchObject({ status: 'withdrawn' })
  expect(card.notes.map(({ body }) => body).sort()).toEqual([
    'Likes tea',
    'Merged with Ann Lee. Other addresses: ann.lee@gmail.com.',
  ])
  expect(await client.compliance.suppressions({})).toMatchObject({ total: 1 })
  await expect(client.contacts.get({ id: annie.id })).rejects.toThrow()
})

test('a merge that is undone leaves no trace of the refusals that it kept', async () => {
  await using app = await createTestApp()
  await using file = await secondConnection(app.folder)
  const { client } = app
  const ann = await client.contacts.create(ANN)
  const annie = await client.contacts.create(ANNIE)
  const consent = { channel: 'email' as const, basis: 'mail', evidence: '' }
  await client.compliance.recordConsent({ contactId: annie.id, status: 'withdrawn', ...consent })
  await client.compliance.suppress({ channel: 'sms', address: '+13105550100', reason: 'do_not_call' })
  const before = await contactsOf(file.db)
  const suppressed = await client.compliance.suppressions({})
  const { changeId } = await client.duplicates.merge({ survivorId: ann.id, otherIds: [annie.id], fields: {} })
  expect((await client.compliance.suppressions({})).total).toBe(2)
  await undone(app, changeId)
  expect(await contactsOf(file.db)).toEqual(before)
  expect(await client.compliance.suppressions({})).toEqual(suppressed)
})

test('who unsubscribed at an address that does not stay refuses the channel; a bounce goes with its address', async () => {
  await using app = await createTestApp()
  await using file = await secondConnection(app.folder)
  const { client } = app
  const ann = await client.contacts.create(ANN)
  const annie = await client.contacts.create(ANNIE)
  const news = await client.lists.create({ name: 'News' })
  await client.lists.addMembers({ id: news.id, contactIds: [ann.id, annie.id] })
  await sql`update list_members set status = 'bounced' where contact_no = 2`.execute(file.db)
  await client.compliance.suppress({ channel: 'email', address: 'annlee@googlemail.com', reason: 'manual' })
  await client.duplicates.merge({ survivorId: ann.id, otherIds: [annie.id], fields: {} })
  const card = await client.contacts.get({ id: ann.id })
  expect(card.lists).toMatchObject([{ name: 'News', status: 'active' }])
  expect(card.consents).toMatchObject([{ channel: 'email', status: 'withdrawn', basis: 'merge' }])
})

test('every sure group is merged at once, and one undo takes all of it back', async () => {
  await using app = await createTestApp()
  await using file = await secondConnection(app.folder)
  const { client } = app
  for (const name of ['Ann', 'Ben', 'Cleo']) {
    const mailbox = name.toLowerCase()
    await client.contacts.create({
      firstName: name,
      lastName: 'Lee',
      email: `${mailbox}.lee@gmail.com`,
      phone: '+13105550100',
    })
    await client.contacts.create({ firstName: name, lastName: 'Lee', email: `${mailbox}lee@gmail.com`, city: 'Rome' })
  }
  await duplicatesOf(app)
  const before = await contactsOf(file.db)
  const begun = await client.duplicates.mergeAll({ least: 0.9 })
  expect(begun.groups).toBe(3)
  await app.idle()
  expect((await client.contacts.page({})).total).toBe(3)
  expect(await client.duplicates.groups({})).toMatchObject({ total: 0 })
  await undone(app, begun.changeId)
  expect(await contactsOf(file.db)).toEqual(before)
})

const tagList = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))
property.prop(
  [
    fc.array(fc.record({ tags: tagList, note: fc.boolean(), city: fc.constantFrom('', 'Rome') }), {
      minLength: 2,
      maxLength: 4,
    }),
    fc.nat(3),
  ],
  {
    numRuns: 8,
  },
)('a merge that is undone leaves everything as it was', async (people, which) => {
  await using app = await createTestApp()
  await using file = await secondConnection(app.folder)
  const { client } = app
  const ids = []
  for (const [index, { tags, note, city }] of people.entries()) {
    const { id } = await client.contacts.create({ firstName: `P${index}`, email: `p${index}@example.org`, city })
    if (tags.length > 0) await client.contacts.setTags({ ids: [id], add: tags, remove: [] })
    if (note) await client.contacts.addNote({ id, body: `Note of ${index}` })
    await sql`insert into orders (id, source, external_id, contact_no, at, currency, value_minor, status)
      values (${`o${index}`}, 'shop', ${`${index}`}, ${index + 1}, 1000, 'USD', ${100 * (index + 1)}, 'paid')`.execute(
      file.db,
    )
    ids.push(id)
  }
  const survivorId = ids[which % ids.length]
  if (survivorId === undefined) throw new Error('Nobody is there')
  const before = await contactsOf(file.db)
  const orders = () => sql`select no, contact_no from orders order by no`.execute(file.db)
  const ordersBefore = await orders()
  const { changeId } = await client.duplicates.merge({
    survivorId,
    otherIds: ids.filter(id => id !== survivorId),
    fields: {},
  })
  expect((await client.contacts.page({})).total).toBe(1)
  const { rows } = await sql`select count(*) as n, sum(value_minor) as total from orders
    where contact_no = (select no from contacts)`.execute(file.db)
  expect(rows).toEqual([{ n: ids.length, total: (100 * ids.length * (ids.length + 1)) / 2 }])
  await undone(app, changeId)
  expect(await contactsOf(file.db)).toEqual(before)
  expect(await orders()).toEqual(ordersBefore)
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { type ChangesWorld, openChangesWorld } from './changes-world.ts'
import { contactsOf } from './contacts-of.ts'

const BERLIN = { latitude: 52.520006599999995, longitude: 13.404953999999975 }

/** Three contacts with something of everything. */
async function populate(world: ChangesWorld) {
  const ann = await world.add({ firstName: 'Ann', lastName: 'Berg', email: 'Ann@example.org', city: 'Köln', ...BERLIN })
  const bo = await world.add({ firstName: 'Bo', email: 'bo@example.org', phone: '+12025550123' })
  const cy = await world.add({ company: 'Çelik “&” Söhne', phone: '+12025550124', socials: { x: '@cy' } })
  const news = await world.addList('News')
  await world.lists.addMembers({ id: news, contactIds: [ann, bo] }, world.context)
  await world.contacts.setTags({ ids: [ann, cy], add: ['VIP', 'fan'], remove: [] }, world.context)
  await world.contacts.addNote({ id: ann, body: 'Met at the fair.\nCalls on Mondays.' }, world.context)
  const consent = { channel: 'email', basis: 'form', evidence: 'signed' } as const
  await world.compliance.handlers.recordConsent({ contactId: ann, status: 'granted', ...consent }, world.context)
  await world.compliance.handlers.recordConsent({ contactId: bo, status: 'denied', ...consent }, world.context)
  await sql`insert into contact_external_ids (source, external_id, contact_no)
    select 'crm', 'A-1', no from contacts where id = ${ann}`.execute(world.storage.db)
  world.clock.jump(world.clock.now() + 60_000)
  return { ann, bo, cy, news }
}

test('a deletion is taken back with everything that belonged to the contacts', async () => {
  await using world = await openChangesWorld()
  const { ann, bo, cy } = await populate(world)
  const before = await contactsOf(world.storage.reader)
  const { removed, changeId } = await world.contacts.remove({ ids: [ann, bo, cy] }, world.context)
  expect(removed).toBe(3)
  expect((await contactsOf(world.storage.reader))['contacts']).toEqual([])
  expect(await world.undo(changeId)).toMatchObject({
    state: 'undone',
    contacts: 3,
    restored: 3,
    kept: 0,
    kind: 'delete',
  })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('tags, memberships and fields are taken back exactly, and nobody else is touched', async () => {
  await using world = await openChangesWorld()
  const { ann, bo, cy, news } = await populate(world)
  const before = await contactsOf(world.storage.reader)
  const tagged = await world.contacts.setTags({ ids: [ann, bo], add: ['new'], remove: ['VIP'] }, world.context)
  const listed = await world.lists.addMembers({ id: news, contactIds: [ann, bo, cy] }, world.context)
  expect(listed.added).toBe(1)
  const off = await world.lists.removeMembers({ id: news, contactIds: [ann, bo, cy] }, world.context)
  const edited = await world.bulk.atOnce({
    ids: [ann, bo, cy],
    action: { kind: 'set_fields', fields: { city: 'Bonn', timeZone: 'Europe/Berlin' } },
    actor: world.context.actor.id,
    audit: () => ({ action: 'contact.changed', entity: 'contact', entityId: '', data: {} }),
  })
  expect(edited.changed).toBe(3)
  for (const changeId of [edited.changeId, off.changeId, listed.changeId, tagged.changeId])
    expect(await world.undo(changeId)).toMatchObject({ state: 'undone', kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('who is as wished already is left alone, and a change that changes nobody is none', async () => {
  await using world = await openChangesWorld()
  const { ann, cy } = await populate(world)
  const { changeId } = await world.contacts.setTags({ ids: [ann, cy], add: ['vip'], remove: ['none'] }, world.context)
  expect(changeId).toBeNull()
  const some = await world.contacts.setTags({ ids: [ann, cy], add: ['vip', 'x'], remove: [] }, world.context)
  expect(await world.change(some.changeId ?? '')).toMatchObject({ contacts: 2, canUndo: true })
})

test('contacts changed since are named and kept; all others come back', async () => {
  await using world = await openChangesWorld()
  const { ann, bo, cy } = await populate(world)
  const before = await contactsOf(world.storage.reader)
  const { changeId } = await world.contacts.setTags({ ids: [ann, bo, cy], add: ['spring'], remove: [] }, world.context)
  await world.contacts.update({ id: bo, changes: { city: 'Oslo' } }, world.context)
  expect(await world.conflicts(changeId ?? '')).toMatchObject([{ contactId: bo, name: 'Bo', reason: 'changed' }])
  expect(await world.undo(changeId)).toMatchObject({ state: 'undone', restored: 2, kept: 1 })
  expect(await world.conflicts(changeId ?? '')).toMatchObject([{ contactId: bo, reason: 'changed' }])
  const after = await contactsOf(world.storage.reader)
  expect(after['tags']?.length).toBe((before['tags']?.length ?? 0) + 1)
  expect(after['contacts']?.filter(row => row['id'] !== bo)).toEqual(
    before['contacts']?.filter(row => row['id'] !== bo),
  )
})

test('contacts changed since come back as well when the person says so', async () => {
  await using world = await openChangesWorld()
  const { ann, bo } = await populate(world)
  const before = await contactsOf(world.storage.reader)
  const edit = { kind: 'set_fields', fields: { city: 'Bonn' } } as const
  const audit = () => ({ action: 'contact.changed', entity: 'contact', entityId: '', data: {} })
  const { changeId } = await world.bulk.atOnce({ ids: [ann, bo], action: edit, actor: world.context.actor.id, audit })
  await world.contacts.update({ id: bo, changes: { firstName: 'Bob' } }, world.context)
  expect(await world.undo(changeId)).toMatchObject({ state: 'undone', restored: 1, kept: 1 })
  expect(await world.undo(changeId, false)).toMatchObject({ state: 'undone', restored: 2, kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('an address that somebody else has by now is reported and stops nobody else', async () => {
  await using world = await openChangesWorld()
  const { ann, bo, cy } = await populate(world)
  const { changeId } = await world.contacts.remove({ ids: [ann, bo, cy] }, world.context)
  await world.add({ firstName: 'Other', email: 'ann@example.org' })
  expect(await world.conflicts(changeId ?? '')).toMatchObject([
    { contactId: null, name: 'Ann Berg', reason: 'address_taken' },
  ])
  expect(await world.undo(changeId)).toMatchObject({ state: 'undone', restored: 2, kept: 1 })
  const { rows } = await sql<{ id: string }>`select id from contacts where id in (${bo}, ${cy})`.execute(
    world.storage.reader,
  )
  expect(rows).toHaveLength(2)
})

test('a change is undone once', async () => {
  await using world = await openChangesWorld()
  const { ann } = await populate(world)
  const { changeId } = await world.contacts.setTags({ ids: [ann], add: ['spring'], remove: [] }, world.context)
  await world.undo(changeId)
  await expect(world.undo(changeId)).rejects.toMatchObject({ code: 'conflict' })
})

test('a person who refused stays unreachable through deletion and undo', async () => {
  await using world = await openChangesWorld()
  const { bo } = await populate(world)
  const before = await contactsOf(world.storage.reader)
  const { changeId } = await world.contacts.remove({ ids: [bo] }, world.context)
  const address = [{ contactId: bo, address: 'bo@example.org' }]
  expect((await world.compliance.blocked(world.storage.reader, 'email', address)).get(bo)).toBe('unsubscribed')
  await world.undo(changeId)
  expect((await world.compliance.blocked(world.storage.reader, 'email', address)).size).toBe(1)
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('who unsubscribed while she was deleted comes back as unsubscribed', async () => {
  await using world = await openChangesWorld()
  const { ann } = await populate(world)
  const { changeId } = await world.contacts.remove({ ids: [ann] }, world.context)
  await transaction(world.storage.db, tx =>
    world.compliance.suppress(tx, {
      channel: 'email',
      address: 'ann@example.org',
      reason: 'unsubscribe',
      source: 'link',
      contactId: ann,
      campaignId: null,
      note: '',
    }),
  )
  await world.undo(changeId)
  const { lists } = await world.contacts.get({ id: ann }, world.context)
  expect(lists.map(list => list.status)).toEqual(['unsubscribed'])
})

test('a refusal recorded since outlives an undo that takes everything else back', async () => {
  await using world = await openChangesWorld()
  const { ann, cy, news } = await populate(world)
  const { changeId } = await world.lists.addMembers({ id: news, contactIds: [cy] }, world.context)
  const removal = await world.lists.removeMembers({ id: news, contactIds: [ann] }, world.context)
  const refusal = { channel: 'sms', status: 'denied', basis: 'call', evidence: 'said so' } as const
  await world.compliance.handlers.recordConsent({ contactId: cy, ...refusal }, world.context)
  await transaction(world.storage.db, tx =>
    world.compliance.suppress(tx, {
      channel: 'email',
      address: 'ann@example.org',
      reason: 'unsubscribe',
      source: 'link',
      contactId: ann,
      campaignId: null,
      note: '',
    }),
  )
  await world.undo(changeId, false)
  await world.undo(removal.changeId, false)
  const blocked = (id: string, address: string, channel: 'email' | 'sms') =>
    world.compliance.blocked(world.storage.reader, channel, [{ contactId: id, address }])
  expect((await blocked(cy, '+12025550124', 'sms')).get(cy)).toBe('consent_denied')
  expect((await blocked(ann, 'ann@example.org', 'email')).get(ann)).toBe('unsubscribed')
})

test('a single edit is a change like the others, and is taken back exactly', async () => {
  await using world = await openChangesWorld()
  const ann = await world.add({ email: 'ann@example.org', city: 'Köln' })
  const before = await contactsOf(world.storage.reader)
  const { changeId } = await world.contacts.update(
    { id: ann, changes: { city: 'Rome', email: 'a@example.org' } },
    world.context,
  )
  expect(await world.change(changeId)).toMatchObject({
    kind: 'edit',
    title: 'Edit of city, email',
    contacts: 1,
    canUndo: true,
  })
  expect(await world.undo(changeId)).toMatchObject({ state: 'undone', restored: 1, kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

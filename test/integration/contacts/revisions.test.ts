import { expect, test } from 'vitest'
import { ContactId, ListId } from '../../../src/shared/contract/define.ts'
import { openPeopleDomains } from '../../support/people-domains.ts'
import { discard, openImportWorkspace } from '../import/import-workspace.ts'

test("every change of a contact and of what belongs to her counts her revision up, and nobody else's", async () => {
  await using domains = await openPeopleDomains()
  const { contacts, lists, compliance } = domains
  const context = await domains.context()
  const ann = ContactId.parse((await contacts.create({ lastName: 'Ann', email: 'ann@example.org' }, context)).id)
  await contacts.create({ lastName: 'Bob', email: 'bob@example.org' }, context)
  const list = ListId.parse((await lists.create({ name: 'News', description: '' }, context)).id)
  const revisions = async () => {
    const rows = await domains.storage.reader.selectFrom('contacts').select('revision').orderBy('no').execute()
    return rows.map(row => row.revision)
  }
  expect(await revisions()).toEqual([1, 1])
  await contacts.update({ id: ann, changes: { city: 'Rome' } }, context)
  expect(await revisions()).toEqual([2, 1])
  await contacts.setTags({ ids: [ann], add: ['VIP', 'Press'], remove: [] }, context)
  expect(await revisions()).toEqual([3, 1])
  await contacts.addNote({ id: ann, body: 'Met in Rome' }, context)
  expect(await revisions()).toEqual([4, 1])
  await lists.addMembers({ id: list, contactIds: [ann] }, context)
  await lists.addMembers({ id: list, contactIds: [ann] }, context)
  expect(await revisions()).toEqual([5, 1])
  const consent = { channel: 'email', status: 'granted', basis: 'express', evidence: 'letter' } as const
  await compliance.handlers.recordConsent({ contactId: ann, ...consent }, context)
  expect(await revisions()).toEqual([6, 1])
  await compliance.handlers.suppress(
    { channel: 'email', address: 'ann@example.org', reason: 'unsubscribe', note: '' },
    context,
  )
  expect(await revisions()).toEqual([7, 1])
  await lists.remove({ id: list }, context)
  expect(await revisions()).toEqual([8, 1])
})

test('an import counts up whom it changed, and begins new contacts at one', async () => {
  const workspace = await openImportWorkspace()
  const revisions = async () => (await workspace.rows('contacts')).map(row => row['revision'])
  await workspace.importText('Email,City\nann@example.org,\nbob@example.org,Bonn\n')
  expect(await revisions()).toEqual([1, 1])
  await workspace.importText('Email,City\nann@example.org,Rome\nbob@example.org,Bonn\ncid@example.org,\n')
  expect(await revisions()).toEqual([2, 1, 1])
  const tagged = 'Email,Tags\nbob@example.org,VIP\ncid@example.org,\n'
  await workspace.importText(tagged)
  await workspace.importText(tagged)
  expect(await revisions()).toEqual([2, 2, 1])
  await discard(workspace)
})

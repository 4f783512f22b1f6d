import { expect, test } from 'vitest'
import { SYSTEM_ACTOR } from '../../../src/main/accounts/index.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { MemberId } from '../../../src/shared/contract/define.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'

async function memberNamed(domains: PeopleDomains, name: string) {
  const { members } = await domains.accounts.handlers.list({}, await domains.context())
  const member = members.find(one => one.name === name)
  if (!member) throw new Error(`no member ${name}`)
  return { ...member, id: MemberId.parse(member.id) }
}

test('a new workspace has an owner who acts and an approver to practise with', async () => {
  await using domains = await openPeopleDomains()
  await domains.accounts.ensureDefaults()
  const { members } = await domains.accounts.handlers.list({}, await domains.context())
  expect(members.map(member => [member.name, member.role])).toEqual([
    ['You', 'owner'],
    ['Ada Approver', 'approver'],
  ])
  const actor = await domains.accounts.currentActor()
  expect(actor.name).toBe('You')
  expect(actor.can('workspace.manage')).toBe(true)
})

test('switching changes who acts and what she may', async () => {
  await using domains = await openPeopleDomains()
  const ada = await memberNamed(domains, 'Ada Approver')
  await domains.accounts.handlers.switchTo({ id: ada.id }, await domains.context())
  const actor = await domains.accounts.currentActor()
  expect([actor.name, actor.can('campaigns.approve'), actor.can('contacts.edit')]).toEqual([
    'Ada Approver',
    true,
    false,
  ])
  expect(domains.events).toContainEqual({ kind: 'changed', entity: 'member', ids: [ada.id] })
})

test('the last owner can neither be archived nor get another role', async () => {
  await using domains = await openPeopleDomains()
  const you = await memberNamed(domains, 'You')
  const context = await domains.context()
  await expect(domains.accounts.handlers.archive({ id: you.id, heirId: null }, context)).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(
    domains.accounts.handlers.save({ id: you.id, name: 'You', email: '', role: 'analyst' }, context),
  ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('only owner') })
})

test('with a second owner the first can go, and somebody else acts', async () => {
  await using domains = await openPeopleDomains()
  const you = await memberNamed(domains, 'You')
  const context = await domains.context()
  const second = await domains.accounts.handlers.save(
    { id: null, name: ' Bo ', email: 'Bo@EXAMPLE.org', role: 'owner' },
    context,
  )
  expect(second).toMatchObject({ name: 'Bo', email: 'Bo@example.org' })
  await domains.accounts.handlers.archive({ id: you.id, heirId: null }, context)
  expect((await domains.accounts.currentActor()).name).toBe('Bo')
  await expect(domains.accounts.handlers.switchTo({ id: you.id }, await domains.context())).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a member with a broken e-mail address is refused', async () => {
  await using domains = await openPeopleDomains()
  await expect(
    domains.accounts.handlers.save({ id: null, name: 'X', email: 'x@', role: 'analyst' }, await domains.context()),
  ).rejects.toMatchObject({ code: 'invalid_input' })
})

test('settings begin with defaults and are kept as saved', async () => {
  await using domains = await openPeopleDomains()
  const { storage, accounts } = domains
  const before = await accounts.settings(storage.reader)
  expect(before).toMatchObject({ organisation: '', country: 'US', currency: 'USD' })
  await transaction(storage.db, tx => accounts.saveSettings(tx, { ...before, organisation: 'Riverside Books' }))
  expect((await accounts.settings(storage.reader)).organisation).toBe('Riverside Books')
})

test('names of members outlive them, and the application has one too', async () => {
  await using domains = await openPeopleDomains()
  const ada = await memberNamed(domains, 'Ada Approver')
  await domains.accounts.handlers.archive({ id: ada.id, heirId: null }, await domains.context())
  const { reader } = domains.storage
  expect(await domains.accounts.memberName(reader, ada.id)).toBe('Ada Approver')
  expect(await domains.accounts.memberName(reader, SYSTEM_ACTOR)).toBe('Tidings')
  const audit = await reader.selectFrom('audit').select(['action', 'entity_id']).orderBy('seq').execute()
  expect(audit).toEqual([{ action: 'member.archived', entity_id: ada.id }])
})

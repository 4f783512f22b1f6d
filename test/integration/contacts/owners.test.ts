import { expect, test } from 'vitest'
import type { MemberId } from '../../../src/shared/contract/define.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

const EVERYBODY = { search: '', listId: null, tagId: null }

async function ownersOf({ client }: TestApp): Promise<Readonly<Record<string, string>>> {
  const { rows } = await client.contacts.page({ ...EVERYBODY, limit: 100 })
  return Object.fromEntries(rows.map(row => [row.firstName, row.ownerName]))
}

async function namesWith({ client }: TestApp, operator: 'any' | 'none' | 'is_empty', ids: MemberId[]) {
  const conditions = [{ kind: 'owners' as const, operator, ids }]
  const { rows } = await client.contacts.page({ ...EVERYBODY, limit: 100, conditions })
  return rows.map(row => row.firstName).sort()
}

/** Ann and Ben are Zoe's, Cy is Bo's, Dee is nobody's. */
async function populate(app: TestApp) {
  const { client } = app
  const zoe = await client.team.save({ id: null, name: 'Zoe', email: '', role: 'creator' })
  const bo = await client.team.save({ id: null, name: 'bo', email: '', role: 'creator' })
  const add = (firstName: string, ownerId: MemberId | null) =>
    client.contacts.create({ firstName, email: `${firstName}@example.org`, ownerId })
  const people = [await add('Ann', zoe.id), await add('Ben', zoe.id), await add('Cy', bo.id), await add('Dee', null)]
  return { zoe, bo, people }
}

test('an owner is a member who is there, is shown by name, and is changed and taken away', async () => {
  await using app = await createTestApp()
  const { zoe, bo, people } = await populate(app)
  const id = people[0]?.id ?? expect.fail()
  expect((await app.client.contacts.get({ id })).contact).toMatchObject({ ownerId: zoe.id, ownerName: 'Zoe' })
  await app.client.contacts.update({ id, changes: { ownerId: bo.id } })
  expect((await app.client.contacts.get({ id })).contact.ownerName).toBe('bo')
  await app.client.contacts.update({ id, changes: { ownerId: null } })
  expect((await app.client.contacts.get({ id })).contact).toMatchObject({ ownerId: null, ownerName: '' })
  await app.client.team.archive({ id: zoe.id })
  await expect(app.client.contacts.update({ id, changes: { ownerId: zoe.id } })).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

test('the table is narrowed and sorted by owner; who has none comes last in both directions', async () => {
  await using app = await createTestApp()
  const { zoe, bo } = await populate(app)
  expect(await namesWith(app, 'any', [zoe.id])).toEqual(['Ann', 'Ben'])
  expect(await namesWith(app, 'any', [zoe.id, bo.id])).toEqual(['Ann', 'Ben', 'Cy'])
  expect(await namesWith(app, 'none', [zoe.id])).toEqual(['Cy', 'Dee'])
  expect(await namesWith(app, 'is_empty', [])).toEqual(['Dee'])
  const sorted = async (direction: 'ascending' | 'descending') => {
    const { rows } = await app.client.contacts.page({ ...EVERYBODY, sort: { field: 'ownerId', direction } })
    return rows.map(row => row.ownerName)
  }
  expect(await sorted('ascending')).toEqual(['bo', 'Zoe', 'Zoe', ''])
  expect(await sorted('descending')).toEqual(['Zoe', 'Zoe', 'bo', ''])
})

test('a selection gets an owner at once, and has the earlier ones again when that is undone', async () => {
  await using app = await createTestApp()
  const { bo, people } = await populate(app)
  const before = await ownersOf(app)
  const { changeId } = await app.client.contacts.bulk({
    selection: { kind: 'ids', ids: people.map(one => one.id) },
    action: { kind: 'set_fields', fields: { ownerId: bo.id } },
  })
  await app.idle()
  expect(await ownersOf(app)).toEqual({ Ann: 'bo', Ben: 'bo', Cy: 'bo', Dee: 'bo' })
  await app.client.changes.undo({ id: changeId })
  await app.idle()
  expect(await ownersOf(app)).toEqual(before)
})

test('segments ask who owns a contact', async () => {
  await using app = await createTestApp()
  const { zoe } = await populate(app)
  const count = async (operator: 'in' | 'not_in' | 'is_empty', values: string[]) => {
    const condition = { kind: 'text' as const, id: 'a', negated: false, field: 'owner', operator, values }
    const rule = { kind: 'group' as const, id: 'root', negated: false, match: 'all' as const, rules: [condition] }
    return (await app.client.segments.count({ rule })).people
  }
  expect(await count('in', [zoe.id])).toBe(2)
  expect(await count('not_in', [zoe.id])).toBe(2)
  expect(await count('is_empty', [])).toBe(1)
})

test('the contacts of a removed member go to the heir, or to nobody, in a change that can be undone', async () => {
  await using app = await createTestApp()
  const { zoe, bo } = await populate(app)
  await app.client.team.archive({ id: zoe.id, heirId: bo.id })
  await app.idle()
  expect(await ownersOf(app)).toEqual({ Ann: 'bo', Ben: 'bo', Cy: 'bo', Dee: '' })
  const [change] = (await app.client.changes.list({})).rows
  expect(change).toMatchObject({ kind: 'edit', contacts: 2, canUndo: true })
  await app.client.team.archive({ id: bo.id })
  await app.idle()
  expect(await ownersOf(app)).toEqual({ Ann: '', Ben: '', Cy: '', Dee: '' })
})

test('an heir must be another member who is there', async () => {
  await using app = await createTestApp()
  const { zoe, bo } = await populate(app)
  await app.client.team.archive({ id: bo.id })
  for (const heirId of [zoe.id, bo.id]) {
    await expect(app.client.team.archive({ id: zoe.id, heirId })).rejects.toMatchObject({ code: 'invalid_input' })
  }
})

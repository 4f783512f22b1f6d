import { expect, test } from 'vitest'
import type { z } from 'zod'
import { Audience } from '../../../src/shared/contract/campaigns.ts'
import { ContactId } from '../../../src/shared/contract/define.ts'
import type { Condition, RuleGroup } from '../../../src/shared/domain/segment-rule.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

/** Ann, Bob and Cid, each with an address. */
async function withPeople(): Promise<TestApp & { readonly ids: readonly ContactId[] }> {
  const world = await createTestApp()
  const ids: ContactId[] = []
  for (const firstName of ['Ann', 'Bob', 'Cid']) {
    ids.push((await world.client.contacts.create({ firstName, email: `${firstName}@example.org` })).id)
  }
  return Object.assign(world, { ids })
}

async function buys({ client }: TestApp, contactId: ContactId | undefined, currency: string): Promise<void> {
  await client.purchases.save({
    contactId: ContactId.parse(contactId),
    source: 'shop',
    externalId: `order in ${currency}`,
    at: Date.parse('2026-11-01T10:00:00Z'),
    currency,
    valueMinor: 1000,
    status: 'paid',
  })
  await client.contactEvents.catchUp({})
}

const rule = (condition: Condition): RuleGroup => ({
  kind: 'group',
  id: 'root',
  match: 'all',
  negated: false,
  rules: [condition],
})
const member = (of: 'lists' | 'tags' | 'segments', id: string): RuleGroup =>
  rule({ kind: 'membership', id: 'm', negated: false, of, operator: 'has_any', ids: [id], statuses: [] })
const named = (name: string): RuleGroup =>
  rule({ kind: 'text', id: 'n', negated: false, field: 'firstName', operator: 'equals', values: [name] })

function reached({ client }: TestApp, parts: z.input<typeof Audience>): Promise<number> {
  return client.segments.reach({ channel: 'email', audience: Audience.parse(parts) }).then(found => found.reached)
}

test('who bought in a currency that nobody paid in before is a customer at once', async () => {
  await using world = await withPeople()
  const notCustomers = { everyone: true, exclusions: { customers: true } }
  await buys(world, world.ids[0], 'EUR')
  expect(await reached(world, notCustomers)).toBe(2)
  await buys(world, world.ids[1], 'USD')
  expect(await reached(world, notCustomers)).toBe(1)
})

test('an audience that leaves out a list that is gone is refused, and so is one that asks for it', async () => {
  await using world = await withPeople()
  const { lists } = world.client
  const { id } = await lists.create({ name: 'Not these' })
  await lists.addMembers({ id, contactIds: [...world.ids.slice(0, 1)] })
  expect(await reached(world, { everyone: true, excludeListIds: [id] })).toBe(2)
  await lists.remove({ id })
  await expect(reached(world, { everyone: true, excludeListIds: [id] })).rejects.toThrow('list of the audience is gone')
  await expect(reached(world, { everyone: true, excludeTagIds: ['gone'] })).rejects.toThrow(
    'tag of the audience is gone',
  )
  await expect(reached(world, { listIds: [id], tagIds: [] })).rejects.toThrow('is gone')
  await expect(reached(world, { everyone: true, excludeRule: member('lists', id) })).rejects.toThrow('list')
  await expect(reached(world, { rule: member('tags', 'gone') })).rejects.toThrow('tags is gone')
  await expect(reached(world, { everyone: true, excludeSegmentIds: ['gone'] })).rejects.toThrow('segment')
})

test('a segment whose list is gone stops whatever uses it, also from inside other segments', async () => {
  await using world = await withPeople()
  const { lists, segments } = world.client
  const list = await lists.create({ name: 'Not these' })
  const inner = await segments.create({ name: 'Inner', rule: member('lists', list.id) })
  const outer = await segments.create({ name: 'Outer', rule: member('segments', inner.id) })
  await world.idle()
  await lists.remove({ id: list.id })
  for (const id of [inner.id, outer.id]) {
    await expect(reached(world, { everyone: true, excludeSegmentIds: [id] })).rejects.toThrow('cannot be used')
  }
})

test('a fixed segment says nobody until its people are written down', async () => {
  await using world = await createTestApp({ start: false })
  const { client } = world
  const ann = await client.contacts.create({ firstName: 'Ann', email: 'ann@example.org' })
  const { id } = await client.segments.create({ name: 'Fixed', kind: 'static', rule: named('Ann') })
  const without = { everyone: true, excludeSegmentIds: [id] }
  await expect(reached(world, without)).rejects.toThrow('being filled')
  expect((await client.segments.count({ rule: member('segments', id) })).problems).toMatchObject([
    { code: 'not_filled' },
  ])
  await expect(client.segments.snapshot({ id, name: 'Copy' })).rejects.toThrow('being filled')
  world.app.start()
  await world.idle()
  expect(await reached(world, without)).toBe(0)
  await client.contacts.update({ id: ann.id, changes: { firstName: 'Anna' } })
  expect(await reached(world, without)).toBe(0)
})

test('what the sample sent does not count for a real person who is merged with somebody of it', async () => {
  await using world = await withPeople()
  const { client } = world
  await client.workspace.loadSample({})
  const hours = { messagedWithinHours: 24 * 365 }
  const asked = (ids: readonly string[]): z.input<typeof Audience> => ({ contactIds: [...ids], exclusions: hours })
  const { rows } = await client.contacts.page({})
  const made = rows.filter(row => !world.ids.includes(row.id)).map(row => row.id)
  const [ann = ''] = world.ids
  for (const other of made.slice(0, 3))
    await client.duplicates.merge({ survivorId: ann, otherIds: [other], fields: {} })
  expect(await reached(world, asked([ann]))).toBe(1)
})

test('a lead score counts what changed in a contact a moment before', async () => {
  await using world = await withPeople()
  const { client } = world
  const settings = await client.scores.settings({})
  await client.scores.save({
    ...settings,
    rules: [
      {
        id: 'acme',
        rule: { kind: 'field', field: 'company', operator: 'equals', value: 'Acme' },
        points: 50,
        enabled: true,
      },
    ],
  })
  await world.idle()
  const hot: RuleGroup = rule({
    kind: 'score',
    id: 's',
    negated: false,
    score: 'lead',
    operator: '>=',
    value: 50,
    to: null,
  })
  for (const [n, id] of world.ids.entries()) {
    await client.contacts.update({ id, changes: { company: 'Acme' } })
    expect(await reached(world, { everyone: true, excludeRule: hot })).toBe(world.ids.length - n - 1)
  }
})

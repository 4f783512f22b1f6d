import { expect, test } from 'vitest'
import { Audience } from '../../../src/shared/contract/campaigns.ts'
import type { Client } from '../../../src/shared/contract/client.ts'
import type { Condition, RuleGroup, TextCondition } from '../../../src/shared/domain/segment-rule.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

let made = 0
const inCity = (city: string, id = `c${made++}`): TextCondition => ({
  kind: 'text',
  id,
  negated: false,
  field: 'city',
  operator: 'equals',
  values: [city],
})
const all = (...rules: RuleGroup['rules']): RuleGroup => ({
  kind: 'group',
  id: 'root',
  match: 'all',
  negated: false,
  rules,
})
const inSegment = (segmentId: string): Condition => ({
  kind: 'membership',
  id: 'member',
  negated: false,
  of: 'segments',
  operator: 'has_any',
  ids: [segmentId],
  statuses: [],
})

async function withPeople(): Promise<TestApp & { readonly ids: readonly string[] }> {
  const world = await createTestApp()
  const ids: string[] = []
  for (const [firstName, city] of [
    ['Ann', 'Rome'],
    ['Bob', 'rome'],
    ['Cid', 'Oslo'],
    ['Dot', ''],
  ] as const) {
    const contact = await world.client.contacts.create({ firstName, city, email: `${firstName}@example.org` })
    ids.push(contact.id)
  }
  return Object.assign(world, { ids })
}

async function peopleOf(client: Client, id: string): Promise<readonly string[]> {
  const { people } = await client.segments.people({ which: { kind: 'segment', id } })
  return people.map(one => one.name)
}

test('counts a rule, says what each condition does, and shows why people are in it', async () => {
  await using world = await withPeople()
  const { segments } = world.client
  const rule = all(inCity('Rome', 'rome'), {
    ...inCity('x', 'name'),
    kind: 'text',
    field: 'firstName',
    values: ['Ann'],
  })
  expect(await segments.count({ rule })).toMatchObject({ people: 1, total: 4, problems: [] })
  expect(await segments.contributions({ rule })).toEqual({
    parts: [
      { nodeId: 'rome', alone: 2, without: 1 },
      { nodeId: 'name', alone: 1, without: 2 },
    ],
  })
  const { people } = await segments.sample({ rule })
  expect(people.map(one => one.name)).toEqual(['Ann'])
  expect(people[0]?.parts.find(part => part.nodeId === 'rome')).toEqual({
    nodeId: 'rome',
    holds: true,
    seen: { kind: 'text', text: 'Rome' },
  })
  const why = await segments.explain({ which: { kind: 'rule', rule }, contactId: world.ids[2] ?? '' })
  expect(why).toMatchObject({ contactName: 'Cid', holds: false })
  expect(why.parts.find(part => part.nodeId === 'rome')).toMatchObject({ holds: false, seen: { text: 'Oslo' } })
})

test('an unfinished rule is not counted, and the condition that needs something is named', async () => {
  await using world = await withPeople()
  const rule = all({ ...inCity('', 'empty'), values: [] })
  expect(await world.client.segments.count({ rule })).toMatchObject({
    people: null,
    problems: [{ nodeId: 'empty', code: 'missing_value' }],
  })
  expect((await world.client.segments.count({ rule: all() })).problems[0]?.code).toBe('empty_group')
  await expect(world.client.segments.create({ name: 'Nobody', rule })).rejects.toThrow('Type a value')
})

test('a field that does not exist is an error, never everybody', async () => {
  await using world = await withPeople()
  const rule = all({ ...inCity('x'), field: 'custom:nothing' })
  expect((await world.client.segments.count({ rule })).problems[0]?.code).toBe('unknown_field')
})

test('a dynamic segment writes down who entered and who left, and leaves alone who stays', async () => {
  await using world = await withPeople()
  const { segments, contacts } = world.client
  const { id } = await segments.create({ name: 'Romans', rule: all(inCity('Rome')) })
  await world.idle()
  expect(await segments.get({ id })).toMatchObject({ people: 2, version: 1, kind: 'dynamic' })
  const [ann = '', bob = '', cid = ''] = world.ids
  const before = await segments.ofContact({ contactId: bob })
  await contacts.update({ id: ann, changes: { city: 'Oslo' } })
  await contacts.update({ id: cid, changes: { city: 'ROME' } })
  await segments.refreshNow({ id })
  await world.idle()
  const { moves, total } = await segments.moves({ id })
  expect(total).toBe(4)
  expect(
    moves
      .slice(0, 2)
      .map(move => `${move.name} ${move.kind}`)
      .sort(),
  ).toEqual(['Ann left', 'Cid entered'])
  expect(await peopleOf(world.client, id)).toEqual(['Bob', 'Cid'])
  expect(await segments.ofContact({ contactId: bob })).toEqual(before)
  expect((await segments.history({ id, days: 2 })).days.at(-1)).toMatchObject({ entered: 3, left: 1, people: 2 })
})

test('a fixed segment keeps its people whatever happens to them', async () => {
  await using world = await withPeople()
  const { segments, contacts } = world.client
  const dynamic = await segments.create({ name: 'Romans', rule: all(inCity('Rome')) })
  const fixed = await segments.snapshot({ id: dynamic.id, name: 'Romans of today' })
  await world.idle()
  await contacts.update({ id: world.ids[0] ?? '', changes: { city: 'Oslo' } })
  expect(await peopleOf(world.client, dynamic.id)).toEqual(['Bob'])
  expect(await peopleOf(world.client, fixed.id)).toEqual(['Ann', 'Bob'])
  expect((await segments.count({ rule: all(inSegment(fixed.id)) })).people).toBe(2)
  await expect(segments.refreshNow({ id: fixed.id })).rejects.toThrow('fixed segment')
})

test('a segment that is used cannot be deleted, and cannot ask about itself', async () => {
  await using world = await withPeople()
  const { segments, campaigns } = world.client
  const { id, version } = await segments.create({ name: 'Romans', rule: all(inCity('Rome')) })
  const campaign = await campaigns.create({ name: 'Spring', channel: 'email' })
  await campaigns.saveDraft({
    id: campaign.id,
    name: 'Spring',
    draft: { ...campaign.draft, audience: Audience.parse({ segmentIds: [id] }) },
  })
  await expect(segments.remove({ id })).rejects.toThrow('"Spring"')
  expect((await segments.usedBy({ id })).uses).toMatchObject([{ kind: 'campaign', name: 'Spring', status: 'draft' }])
  expect(await campaigns.estimate({ id: campaign.id })).toMatchObject({ audience: 2, reached: 2 })
  const own = { id, name: 'Romans', description: '', refresh: 'daily' as const, rule: all(inSegment(id)) }
  await expect(segments.save({ ...own, version })).rejects.toThrow('about itself')
  const other = await segments.create({ name: 'Other', rule: all(inSegment(id)) })
  await expect(segments.save({ ...own, version, rule: all(inSegment(other.id)) })).rejects.toThrow(/itself/)
  await expect(segments.save({ ...own, version: version + 1, rule: all(inCity('Oslo')) })).rejects.toThrow('in between')
  await segments.duplicate({ id: other.id })
  await segments.remove({ id: other.id })
})

test('the way from the chosen people to the reached ones is shown step by step, and each step has its people', async () => {
  await using world = await withPeople()
  const { segments, compliance } = world.client
  await compliance.suppress({ channel: 'email', address: 'bob@example.org', reason: 'unsubscribe' })
  const audience = Audience.parse({ everyone: true, excludeRule: all(inCity('Oslo')) })
  expect(await segments.reach({ channel: 'email', audience })).toEqual({
    chosen: 4,
    steps: [
      { step: 'excluded_rule', people: 1, left: 3 },
      { step: 'unsubscribed', people: 1, left: 2 },
    ],
    reached: 2,
  })
  const { people } = await segments.reachPeople({ channel: 'email', audience, step: 'excluded_rule' })
  expect(people.map(one => one.name)).toEqual(['Cid'])
  expect((await segments.overlap({ rule: all(inCity('Rome')) })).people).toBe(2)
})

test('pasted recipients are found by their addresses, and who is not known is named', async () => {
  await using world = await withPeople()
  const text = 'Ann Smith <ANN@example.org>, bob@example.org; bob@example.org\nnew@example.org\n+4930901820\nrubbish'
  const read = await world.client.segments.matchRecipients({ text })
  expect(read.found.map(one => one.name).sort()).toEqual(['Ann', 'Bob'])
  expect(read.unknown).toEqual([
    { address: 'new@example.org', channel: 'email' },
    { address: '+4930901820', channel: 'sms' },
  ])
  expect(read.unreadable).toEqual([{ line: 4, text: 'rubbish' }])
  expect(read.repeated).toBe(1)
})

test('suggests the most frequent values of a field', async () => {
  await using world = await withPeople()
  expect(await world.client.segments.values({ of: 'city' })).toEqual({
    values: [
      { value: 'rome', people: 2 },
      { value: 'Oslo', people: 1 },
    ],
  })
  expect((await world.client.segments.values({ of: 'city', search: 'OS' })).values).toHaveLength(1)
  const { fields } = await world.client.segments.fields({})
  expect(fields.map(field => field.name)).toContain('city')
})

import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'
import { TestClock } from '../../support/test-clock.ts'

const CONTENT = { channel: 'sms', text: 'Hello {{name}}' } as const

const open = () => createTestApp({ clock: new TestClock('2026-11-20T09:00:00Z'), start: false })

test('keeps a template, and shows it in the library with its first words', async () => {
  await using world = await open()
  const made = await world.client.templates.create({ name: 'Hello', content: CONTENT })
  const { rows } = await world.client.templates.list({ channel: 'sms' })
  expect(rows).toMatchObject([{ id: made.id, name: 'Hello', version: 1, usedBy: 0, summary: 'Hello {{name}}' }])
  expect(await world.client.templates.get({ id: made.id })).toEqual(made)
})

test('refuses to save over what somebody else saved in between', async () => {
  await using world = await open()
  const { id } = await world.client.templates.create({ name: 'Hello', content: CONTENT })
  const change = { id, name: 'Hello', category: '', content: { channel: 'sms', text: 'Two' } } as const
  expect(await world.client.templates.save({ ...change, version: 1 })).toMatchObject({ version: 2 })
  await expect(world.client.templates.save({ ...change, version: 1 })).rejects.toMatchObject({
    code: 'conflict',
    details: { version: 2 },
  })
})

test('refuses to move a template to another channel', async () => {
  await using world = await open()
  const { id } = await world.client.templates.create({ name: 'Hello', content: CONTENT })
  const content = { channel: 'email', subject: '', preheader: '', html: '', text: '' } as const
  await expect(
    world.client.templates.save({ id, version: 1, name: 'Hello', category: '', content }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
})

test('archives a template and takes it back; the library shows one or the other', async () => {
  await using world = await open()
  const { id } = await world.client.templates.create({ name: 'Hello', content: CONTENT })
  await world.client.templates.archive({ id, archived: true })
  expect((await world.client.templates.list({})).rows).toEqual([])
  expect((await world.client.templates.list({ archived: true })).rows).toHaveLength(1)
  expect(await world.client.templates.archive({ id, archived: false })).toMatchObject({ archivedAt: null })
})

test('deletes a template, but not one that a campaign uses', async () => {
  await using world = await open()
  const used = await world.client.templates.create({ name: 'Used', content: CONTENT })
  const copy = await world.client.templates.duplicate({ id: used.id })
  const campaign = await world.client.campaigns.create({ name: 'C', channel: 'sms' })
  await world.client.campaigns.saveDraft({
    id: campaign.id,
    name: 'C',
    draft: { ...campaign.draft, templateId: used.id },
  })
  await expect(world.client.templates.remove({ id: used.id })).rejects.toMatchObject({ code: 'conflict' })
  await world.client.templates.remove({ id: copy.id })
  expect((await world.client.templates.list({})).rows.map(row => [row.name, row.usedBy])).toEqual([['Used', 1]])
})

test('searches by name and category, and takes % and _ for what they are', async () => {
  await using world = await open()
  await world.client.templates.create({ name: '100% off', category: 'Offers', content: CONTENT })
  await world.client.templates.create({ name: 'Plain', content: CONTENT })
  const found = async (search: string) => (await world.client.templates.list({ search })).rows.map(row => row.name)
  expect(await found('%')).toEqual(['100% off'])
  expect(await found('offer')).toEqual(['100% off'])
  expect(await found('_')).toEqual([])
})

test('previews a template as a contact, with tags and fields of the workspace', async () => {
  await using world = await open()
  const ann = await world.client.contacts.create({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' })
  await world.client.contacts.setTags({ ids: [ann.id], add: ['vip', 'press'], remove: [] })
  const content = {
    channel: 'email',
    subject: 'For {{name}}',
    preheader: '',
    html: '<p>{{full_name}}: {{#each tags}}{{this}} {{/each}}{{company}}</p>',
    text: '',
  } as const
  const preview = await world.client.templates.preview({ content, contactId: ann.id, fallbacks: { company: 'you' } })
  expect(preview).toMatchObject({
    contactName: 'Ann Lee',
    message: { subject: 'For Ann', html: '<p>Ann Lee: press vip you</p>', text: 'Ann Lee: press vip you' },
  })
})

test('previews with a made-up contact, and says what is wrong with a source that is broken', async () => {
  await using world = await open()
  expect(await world.client.templates.preview({ content: CONTENT })).toMatchObject({
    contactName: 'Maria Lopez',
    message: { text: 'Hello Maria', measure: { alphabet: 'gsm7', segments: 1 } },
  })
  const broken = await world.client.templates.preview({ content: { channel: 'sms', text: '{{#if name}}' } })
  expect(broken.message).toBeNull()
  expect(broken.problems[0]).toMatchObject({ severity: 'error', line: 1, column: 1 })
})

test('lists fields, helpers and starters, and every starter can be previewed', async () => {
  await using world = await open()
  const { fields, helpers } = await world.client.templates.fields({})
  expect(fields.find(field => field.name === 'first_name')?.aliases).toContain('firstName')
  expect(helpers.map(helper => helper.name)).toContain('formatDate')
  for (const channel of ['email', 'sms'] as const) {
    const { starters } = await world.client.templates.starters({ channel })
    expect(starters.length).toBeGreaterThanOrEqual(3)
    for (const { content } of starters) {
      const { message } = await world.client.templates.preview({ content })
      expect(message?.channel).toBe(channel)
      expect(message?.text).not.toMatch(/\{\{|undefined|\[object/)
    }
  }
})

import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'
import { EMAIL } from './campaign-world.ts'

async function openWithCampaign() {
  const world = await createTestApp()
  const { client } = world
  const ann = await client.contacts.create({ firstName: 'Ann', company: 'Lee & Co', email: 'ann@example.com' })
  const campaign = await client.campaigns.create({ name: 'News', channel: 'email' })
  await client.campaigns.saveDraft({
    id: campaign.id,
    name: 'News',
    draft: { ...campaign.draft, audience: { everyone: true }, content: EMAIL },
  })
  return { ...world, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](), id: campaign.id, annId: ann.id }
}

test('a test message arrives, marked, filled in as a contact would see it, and is not in the ledger', async () => {
  await using world = await openWithCampaign()
  const { results } = await world.client.campaigns.testSend({ id: world.id, to: ['me@example.com', 'nonsense'] })
  expect(results).toMatchObject([
    { to: 'me@example.com', ok: true },
    { to: 'nonsense', ok: false },
  ])
  const { rows } = await world.client.practice.mailbox({})
  expect(rows).toMatchObject([{ to: 'me@example.com', subject: '[Test] News for Ann' }])
  const opened = await world.client.practice.open({ id: rows[0]?.id ?? '' })
  expect(opened.html).toContain('Dear Ann of Lee &amp; Co')
  expect(opened.text).toContain('Dear Ann of Lee & Co')
  expect(opened.headers.find(header => header.name.toLowerCase() === 'x-message-ref')?.value).toMatch(/^test-/)
  expect((await world.client.campaigns.list({})).rows).toMatchObject([{ audience: 0, sent: 0 }])
  expect((await world.client.workspace.verifyLedger({})).ok).toBe(true)
})

test('a test as a contact who is gone is refused', async () => {
  await using world = await openWithCampaign()
  await expect(
    world.client.campaigns.testSend({ id: world.id, to: ['me@example.com'], asContactId: 'nobody' }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('a message that says nothing cannot be tested', async () => {
  await using world = await openWithCampaign()
  const { draft } = await world.client.campaigns.get({ id: world.id })
  await world.client.campaigns.saveDraft({ id: world.id, name: 'News', draft: { ...draft, content: null } })
  await expect(world.client.campaigns.testSend({ id: world.id, to: ['me@example.com'] })).rejects.toMatchObject({
    code: 'conflict',
  })
})

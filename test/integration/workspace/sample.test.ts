import { expect, test } from 'vitest'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

async function sampleCampaign({ client }: TestApp) {
  const { rows } = await client.campaigns.list({})
  const row = rows.find(one => one.name === 'Autumn newsletter')
  if (!row) throw new Error('the sample has no campaign')
  return row
}

test('an empty workspace offers the sample, and one click fills it with figures that hold', async () => {
  await using app = await createTestApp()
  const { client } = app
  expect(await client.workspace.overview({})).toMatchObject({ isEmpty: true, hasSample: false, contacts: 0 })

  await client.workspace.loadSample({})

  expect(await client.workspace.overview({})).toMatchObject({
    isEmpty: false,
    hasSample: true,
    contacts: 240,
    templates: 3,
    campaigns: 1,
  })
  const report = await client.workspace.verifyLedger({})
  expect(report.checks.filter(check => !check.ok)).toEqual([])
  const home = await client.workspace.home({})
  const campaign = await sampleCampaign(app)
  expect(home.recent).toMatchObject([{ id: campaign.id, status: 'completed', audience: 200, finished: 200 }])
  expect(home.recent[0]?.sent).toBe(campaign.sent)
  expect(home.unknownMessages).toBe(0)
})

test('the figures of the sample campaign are those of its ledger', async () => {
  await using app = await createTestApp()
  await app.client.workspace.loadSample({})
  const { id } = await sampleCampaign(app)
  const report = await app.client.analytics.campaign({ campaignId: CampaignId.parse(id) })
  const { counts } = report
  expect(counts.audience).toBe(counts.sent + counts.failed + counts.skipped + counts.pending + counts.unknown)
  expect(counts).toMatchObject({ audience: 200, pending: 0, unknown: 0 })
  expect(report.opened).toBeGreaterThan(50)
  expect(report.clicked).toBeGreaterThan(10)
  expect(report.unsubscribed).toBeGreaterThan(0)
  expect(report.opened).toBeLessThanOrEqual(report.delivered)
  expect(report.overTime.length).toBeGreaterThan(1)
})

test('loading it twice changes nothing the second time', async () => {
  await using app = await createTestApp()
  await app.client.workspace.loadSample({})
  const once = await app.client.workspace.overview({})
  await app.client.workspace.loadSample({})
  expect(await app.client.workspace.overview({})).toEqual(once)
})

test('removing it takes out what was made up and leaves what she made', async () => {
  await using app = await createTestApp()
  const { client } = app
  await client.workspace.loadSample({})
  const { lists } = await client.lists.all({})
  const newsletter = lists.find(list => list.name === 'Newsletter')
  if (!newsletter) throw new Error('the sample has no newsletter list')
  const hers = await client.contacts.create({ firstName: 'Ann', email: 'ann@riverside.example' })
  await client.lists.addMembers({ id: newsletter.id, contactIds: [hers.id] })

  await client.workspace.removeSample({})
  await client.workspace.removeSample({})

  expect(await client.workspace.overview({})).toMatchObject({
    hasSample: false,
    contacts: 1,
    templates: 0,
    campaigns: 0,
  })
  expect((await client.lists.all({})).lists.map(list => [list.name, list.members])).toEqual([['Newsletter', 1]])
  expect((await client.compliance.suppressions({})).total).toBe(0)
  expect((await client.workspace.verifyLedger({})).ok).toBe(true)
  const { rows } = await client.activity.audit({})
  expect(rows.map(row => row.action)).toContain('sample.removed')

  await client.workspace.loadSample({})
  expect((await client.lists.all({})).lists.map(list => list.name)).toEqual([
    'Customers 2026',
    'Newsletter',
    'Newsletter (sample)',
  ])
  expect((await client.workspace.verifyLedger({})).ok).toBe(true)
})

test('an address that is hers already is left out of the sample', async () => {
  await using app = await createTestApp()
  await app.client.contacts.create({ firstName: 'Anna', email: 'anna.abel@example.org' })
  await app.client.workspace.loadSample({})
  expect((await app.client.workspace.overview({})).contacts).toBe(240)
  await app.client.workspace.removeSample({})
  expect((await app.client.workspace.overview({})).contacts).toBe(1)
})

test('every template of the sample can be made into a message for every contact', async () => {
  await using app = await createTestApp()
  const { client } = app
  await client.workspace.loadSample({})
  const contacts = await client.contacts.page({ limit: 240 })
  for (const { id } of (await client.templates.list({})).rows) {
    const { content } = await client.templates.get({ id })
    const { problems } = await client.templates.check({ content })
    expect(problems.filter(problem => problem.severity === 'error')).toEqual([])
    for (const contact of contacts.rows.filter((_, n) => n % 12 === 0)) {
      const preview = await client.templates.preview({ content, contactId: contact.id })
      expect(preview.message).not.toBeNull()
    }
  }
})

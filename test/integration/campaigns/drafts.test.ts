import { expect, test } from 'vitest'
import { type DraftParts, EMAIL, openCampaignWorld } from './campaign-world.ts'

test('keeps what the wizard holds, and lists it', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  const campaign = await world.client.campaigns.get({ id })
  expect(campaign).toMatchObject({ status: 'draft', approval: null, draft: { content: EMAIL, category: 'marketing' } })
  expect(await world.client.campaigns.list({ search: 'new' })).toMatchObject({
    total: 1,
    rows: [{ id, name: 'News', status: 'draft', audience: 0, sent: 0, owner: 'You' }],
  })
  expect((await world.client.campaigns.list({ status: 'running' })).total).toBe(0)
})

test('copies the content of a template that is chosen, so that the template can change', async () => {
  await using world = await openCampaignWorld()
  const template = await world.client.templates.create({ name: 'T', content: EMAIL })
  const id = await world.aCampaign({ templateId: template.id, content: null })
  await world.client.templates.save({
    id: template.id,
    version: 1,
    name: 'T',
    category: '',
    content: { ...EMAIL, subject: 'Other' },
  })
  expect((await world.client.campaigns.get({ id })).draft.content).toMatchObject({ subject: EMAIL.subject })
})

test('copies a campaign, and deletes one that sent nothing', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  const copy = await world.client.campaigns.duplicate({ id })
  expect(copy).toMatchObject({ name: 'News (copy)', status: 'draft' })
  await world.client.campaigns.remove({ id })
  await expect(world.client.campaigns.get({ id })).rejects.toMatchObject({ code: 'not_found' })
})

test('estimates who gets it, who falls out, what it costs and how long it takes', async () => {
  await using world = await openCampaignWorld()
  const settings = await world.client.workspace.settings({})
  await world.client.workspace.saveSettings({ ...settings, rates: { ...settings.rates, emailPerMessage: 79 } })
  const id = await world.aCampaign({ ratePerSecond: 0.5 })
  const estimate = await world.client.campaigns.estimate({ id })
  expect(estimate).toMatchObject({
    audience: 3,
    reached: 2,
    fallsOut: [{ reason: 'no_address', count: 1 }],
    messagesPerSecond: 0.5,
    secondsNeeded: 4,
    startsAt: world.clock.now(),
    finishesAt: world.clock.now() + 4000,
    segmentsPerMessage: null,
  })
  expect(estimate.costMinor).toBeCloseTo(1.58, 9)
})

test('estimates an SMS by the parts that it has for these recipients', async () => {
  await using world = await openCampaignWorld()
  const content = { channel: 'sms', text: `{{first_name}}${'x'.repeat(160)}` } as const
  const id = await world.aCampaign({ channel: 'sms', content })
  const settings = await world.client.workspace.settings({})
  expect(await world.client.campaigns.estimate({ id })).toMatchObject({
    reached: 1,
    segmentsPerMessage: 2,
    costMinor: (2 * settings.rates.smsPerSegment) / 100,
  })
})

test('estimates several channels: who is reached on each, and on any of them', async () => {
  await using world = await openCampaignWorld()
  const sms = { channel: 'sms', content: { channel: 'sms', text: 'Hi {{first_name}}. Reply STOP to leave' } } as const
  const id = await world.aCampaign({ mode: 'cascade', further: [sms] })
  expect(await world.client.campaigns.estimate({ id })).toMatchObject({
    audience: 3,
    reached: 3,
    fallsOut: [],
    channels: [
      { channel: 'email', reached: 2, timeoutMinutes: 1440, fallsOut: [{ reason: 'no_address', count: 1 }] },
      { channel: 'sms', reached: 1, timeoutMinutes: 15, fallsOut: [{ reason: 'no_address', count: 2 }] },
    ],
  })
  const twice = await world.aCampaign({ mode: 'all', further: [{ channel: 'email', content: EMAIL }] })
  const { checks } = await world.client.campaigns.checklist({ id: twice })
  expect(checks.find(check => check.key === 'mode')).toMatchObject({ state: 'error' })
})

test('counts the values that recipients lack', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  expect(await world.client.campaigns.missingValues({ id })).toEqual({
    recipients: 2,
    fields: [
      { field: 'first_name', missing: 0, fallback: '' },
      { field: 'company', missing: 1, fallback: 'your company' },
    ],
  })
})

test('has a checklist without errors when everything is there', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  const { checks, ready } = await world.client.campaigns.checklist({ id })
  expect(checks.filter(check => check.state === 'error')).toEqual([])
  expect(ready).toBe(true)
  expect(checks.find(check => check.key === 'falls_out')?.text).toBe('1 person of 3 will not get it.')
})

const BLOCKED: [string, DraftParts][] = [
  ['audience', { audience: {} }],
  ['message', { content: null }],
  ['message', { content: { ...EMAIL, html: '{{#if x}}' } }],
  ['message', { content: { ...EMAIL, html: '<p>Hi</p>{{postal_address}}' } }],
  ['postal_address', { content: { ...EMAIL, html: '<a href="{{unsubscribe_url}}">x</a>' } }],
  ['schedule', { schedule: { kind: 'at', local: '2026-11-20T09:59', timeZone: 'Europe/Rome' } }],
  ['schedule', { schedule: { kind: 'at', local: '2026-11-21T09:00', timeZone: 'Mars/Base' } }],
]

test.each(BLOCKED)('the checklist blocks for want of %s', async (key, draft) => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign(draft)
  const { checks, ready } = await world.client.campaigns.checklist({ id })
  expect(checks.filter(check => check.state === 'error').map(check => check.key)).toContain(key)
  expect(ready).toBe(false)
  await expect(world.client.campaigns.requestApproval({ id })).rejects.toMatchObject({ code: 'conflict' })
})

test('transactional e-mail needs no way out and no postal address', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign({ category: 'transactional', content: { ...EMAIL, html: '<p>Your order</p>' } })
  expect((await world.client.campaigns.checklist({ id })).ready).toBe(true)
})

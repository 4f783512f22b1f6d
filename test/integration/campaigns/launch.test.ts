import { expect, test } from 'vitest'
import { NOW, openCampaignWorld } from './campaign-world.ts'

test('is not possible without approval', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await expect(world.client.campaigns.launch({ id, expected: 2 })).rejects.toMatchObject({ code: 'conflict' })
  await world.client.campaigns.requestApproval({ id })
  await expect(world.client.campaigns.launch({ id, expected: 2 })).rejects.toMatchObject({ code: 'conflict' })
})

test('now: runs, with a plan that is due', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.approved(id)
  expect(await world.client.campaigns.launch({ id, expected: 2 })).toMatchObject({
    status: 'running',
    sendAt: NOW,
    startedAt: NOW,
  })
  expect(await world.app.isIdle()).toBe(false)
})

test('later: is scheduled for the instant that the local time means', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign({ schedule: { kind: 'at', local: '2026-12-01T09:00', timeZone: 'Europe/Rome' } })
  await world.approved(id)
  expect(await world.client.campaigns.launch({ id, expected: 2 })).toMatchObject({
    status: 'scheduled',
    sendAt: Date.parse('2026-12-01T08:00:00Z'),
  })
  expect(await world.app.isIdle()).toBe(true)
})

test('a schedule that is taken back leaves the campaign approved; an edit does not', async () => {
  await using world = await openCampaignWorld()
  const schedule = { kind: 'at', local: '2026-12-01T09:00', timeZone: 'Europe/Rome' } as const
  const id = await world.aCampaign({ schedule })
  await world.approved(id)
  await world.client.campaigns.launch({ id, expected: 2 })
  expect(await world.client.campaigns.withdraw({ id })).toMatchObject({ status: 'approved', sendAt: null })
  await world.client.campaigns.launch({ id, expected: 2 })
  const { draft } = await world.client.campaigns.get({ id })
  const edited = await world.client.campaigns.saveDraft({ id, name: 'Renamed', draft })
  expect(edited).toMatchObject({ status: 'draft', sendAt: null, approval: { state: 'void' } })
  world.clock.jump(Date.parse('2026-12-02T00:00:00Z'))
  expect(await world.app.isIdle()).toBe(true)
})

test('is refused when the number of recipients is not the one that was seen; both are said', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.approved(id)
  await world.client.compliance.suppress({ channel: 'email', address: 'bea@example.com', reason: 'unsubscribe' })
  await expect(world.client.campaigns.launch({ id, expected: 2 })).rejects.toMatchObject({
    code: 'conflict',
    details: { expected: 2, reached: 1 },
  })
  expect(await world.client.campaigns.get({ id })).toMatchObject({ status: 'approved' })
  expect(await world.client.campaigns.launch({ id, expected: 1 })).toMatchObject({ status: 'running' })
})

test('is refused when an address changed after approval, and the approval is void', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.approved(id)
  await world.client.contacts.update({ id: world.people[0] ?? '', changes: { email: 'other@example.com' } })
  await expect(world.client.campaigns.launch({ id, expected: 2 })).rejects.toMatchObject({
    details: { changed: ['the audience'] },
  })
  expect(await world.client.campaigns.get({ id })).toMatchObject({ status: 'draft' })
})

test('is refused when the time has passed', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign({ schedule: { kind: 'at', local: '2026-11-21T09:00', timeZone: 'Europe/Rome' } })
  await world.approved(id)
  world.clock.jump(Date.parse('2026-11-21T09:00:00Z'))
  await expect(world.client.campaigns.launch({ id, expected: 2 })).rejects.toMatchObject({ code: 'conflict' })
})

test('a running campaign can be paused, resumed and cancelled, not edited or deleted', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.approved(id)
  await world.client.campaigns.launch({ id, expected: 2 })
  const { draft } = await world.client.campaigns.get({ id })
  await expect(world.client.campaigns.saveDraft({ id, name: 'Other', draft })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(world.client.campaigns.remove({ id })).rejects.toMatchObject({ code: 'conflict' })
  expect(await world.client.campaigns.pause({ id })).toMatchObject({ status: 'paused' })
  expect(await world.client.campaigns.resume({ id })).toMatchObject({ status: 'running' })
  expect(await world.client.campaigns.cancel({ id })).toMatchObject({ status: 'cancelled', completedAt: NOW })
  await expect(world.client.campaigns.resume({ id })).rejects.toMatchObject({ code: 'conflict' })
  expect(await world.app.isIdle()).toBe(true)
})

test('an analyst may look and not touch', async () => {
  await using world = await openCampaignWorld()
  const id = await world.aCampaign()
  await world.actAs('analyst')
  expect(await world.client.campaigns.get({ id })).toMatchObject({ id })
  await expect(world.client.campaigns.requestApproval({ id })).rejects.toMatchObject({ code: 'forbidden' })
})

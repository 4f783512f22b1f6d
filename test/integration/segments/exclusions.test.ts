import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import type { Audience, ExclusionRules } from '../../../src/shared/contract/campaigns.ts'
import type { RuleGroup } from '../../../src/shared/domain/segment-rule.ts'
import { type CampaignWorld, NOW, openCampaignWorld } from '../campaigns/campaign-world.ts'

const HOUR = 3_600_000
const DELIVERED = { behaviour: 'deliver', lively: false } as const

type Exclusions = z.input<typeof ExclusionRules>

/** Ann and Bea can be reached by e-mail, Cat cannot; the practice account takes everything. */
async function openWorld(): Promise<CampaignWorld> {
  const world = await openCampaignWorld()
  world.app.start()
  await world.client.practice.setFallback(DELIVERED)
  return world
}

function audience(world: CampaignWorld, exclusions: Exclusions = {}, more: Partial<z.input<typeof Audience>> = {}) {
  return { listIds: [world.listId], exclusions, ...more }
}

/** Starts a campaign with whatever it reaches. */
async function launch(world: CampaignWorld, draft: Parameters<CampaignWorld['aCampaign']>[0]): Promise<string> {
  const id = await world.aCampaign(draft)
  await world.approved(id)
  const { reached } = await world.client.campaigns.estimate({ id })
  await world.client.campaigns.launch({ id, expected: reached })
  return id
}

/** Moves the clock in steps until something is so; the network is real and needs a moment of its own. */
async function until(world: CampaignWorld, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (await isSo()) return
    await world.clock.advance(20)
    await pause(5)
  }
  throw new Error('It did not come to pass.')
}

async function sent(world: CampaignWorld, draft: Parameters<CampaignWorld['aCampaign']>[0] = {}): Promise<string> {
  const id = await launch(world, draft)
  await until(world, async () => (await world.client.campaigns.get({ id })).status === 'completed')
  return id
}

/** Who falls out by the exclusions, and who is left, by way of both requests, which must agree. */
async function fate(world: CampaignWorld, exclusions: Exclusions) {
  const asked = { channel: 'email', audience: audience(world, exclusions) } as const
  const { steps, reached } = await world.client.segments.reach(asked)
  const estimate = await world.client.campaigns.estimateAudience(asked)
  expect(estimate.reached).toBe(reached)
  const out = steps.filter(({ step }) => step !== 'no_address')
  expect(estimate.excluded).toBe(out.reduce((sum, step) => sum + step.people, 0))
  return { out: out.map(({ step, people }) => `${step} ${people}`), reached }
}

async function messageTo(world: CampaignWorld, address: string): Promise<string> {
  const { rows } = await world.client.practice.mailbox({})
  return rows.find(row => row.to === address)?.id ?? ''
}

test('who got a message in the last hours is left alone until they have passed', async () => {
  await using world = await openWorld()
  await sent(world)
  const last = world.clock.now()
  const day = { messagedWithinHours: 24 }
  expect(await fate(world, day)).toEqual({ out: ['messaged_recently 2'], reached: 0 })
  world.clock.jump(NOW + 24 * HOUR)
  expect(await fate(world, day)).toEqual({ out: ['messaged_recently 2'], reached: 0 })
  world.clock.jump(last + 24 * HOUR + 1)
  expect(await fate(world, day)).toEqual({ out: [], reached: 2 })
  expect(await fate(world, { messagedWithinHours: 25 })).toEqual({ out: ['messaged_recently 2'], reached: 0 })
})

test('a campaign that runs keeps its people from others, and not from itself', async () => {
  await using world = await openWorld()
  const both = { inRunningCampaign: true, messagedWithinHours: 24 }
  const id = await launch(world, { audience: audience(world, both), ratePerSecond: 0.01 })
  // Ann and Bea have a message each by now, and Cat a reason; one message in a hundred seconds leaves.
  await until(world, async () => (await world.client.campaigns.list({})).rows[0]?.audience === 3)
  const running = { inRunningCampaign: true }
  expect(await fate(world, running)).toEqual({ out: ['in_running_campaign 2'], reached: 0 })
  expect(await world.client.campaigns.estimate({ id })).toMatchObject({ excluded: 0, reached: 2 })
  const own = {
    channel: 'email',
    audience: audience(world, both),
    campaignId: (await world.client.campaigns.get({ id })).id,
  } as const
  expect(await world.client.segments.reach(own)).toMatchObject({ reached: 2 })
  expect(await world.client.campaigns.estimateAudience(own)).toMatchObject({ reached: 2 })
  await world.client.campaigns.pause({ id })
  expect(await fate(world, running)).toEqual({ out: ['in_running_campaign 2'], reached: 0 })
  await world.client.campaigns.cancel({ id })
  expect(await fate(world, running)).toEqual({ out: [], reached: 2 })
})

test('of two campaigns that start at once and leave each other’s people alone, each person gets one', async () => {
  await using world = await openWorld()
  const schedule = { kind: 'at', local: '2026-11-20T11:00', timeZone: 'Europe/Rome' } as const
  const draft = { audience: audience(world, { inRunningCampaign: true }), schedule, ratePerSecond: 1 }
  const ids = [await launch(world, draft), await launch(world, draft)]
  world.clock.jump(NOW + HOUR - 1)
  await until(world, async () => {
    const all = await Promise.all(ids.map(async id => (await world.client.campaigns.get({ id })).status))
    return all.every(status => status === 'completed')
  })
  const { rows } = await world.client.campaigns.list({})
  expect(rows.reduce((sum, row) => sum + row.sent, 0)).toBe(2)
})

test('who unsubscribed from marketing is left alone at a new address too, and still gets what is no marketing', async () => {
  await using world = await openWorld()
  await sent(world)
  await world.client.practice.act({ id: await messageTo(world, 'ann@example.com'), action: 'unsubscribe' })
  const [ann = ''] = world.people
  await world.client.contacts.update({ id: ann, changes: { email: 'ann@example.net' } })
  const left = await world.client.segments.reach({
    channel: 'email',
    audience: { contactIds: [ann], exclusions: { unsubscribedFrom: 'marketing' } },
  })
  expect(left.steps).toEqual([{ step: 'unsubscribed_category', people: 1, left: 0 }])
  const other = { contactIds: [ann], exclusions: { unsubscribedFrom: 'transactional' as const } }
  expect(await world.client.segments.reach({ channel: 'email', audience: other })).toMatchObject({ reached: 1 })
})

test('what a merged contact got and refused counts for the one who stays', async () => {
  await using world = await openWorld()
  await sent(world)
  await world.client.practice.act({ id: await messageTo(world, 'bea@example.com'), action: 'unsubscribe' })
  const stays = await world.client.contacts.create({ firstName: 'Zoe', email: 'zoe@example.com' })
  const recent = { contactIds: [stays.id], exclusions: { messagedWithinHours: 24 } }
  const asked = { channel: 'email' as const, audience: recent }
  expect(await world.client.segments.reach(asked)).toMatchObject({ reached: 1 })
  const [, bea = ''] = world.people
  const merged = await world.client.duplicates.merge({ survivorId: stays.id, otherIds: [bea], fields: {} })
  expect(merged.contact.email).toBe('zoe@example.com')
  expect((await world.client.segments.reach(asked)).steps).toEqual([{ step: 'messaged_recently', people: 1, left: 0 }])
  const left = { contactIds: [stays.id], exclusions: { unsubscribedFrom: 'marketing' as const } }
  expect((await world.client.segments.reach({ channel: 'email', audience: left })).steps).toEqual([
    { step: 'unsubscribed_category', people: 1, left: 0 },
  ])
})

const OPENED: RuleGroup = {
  kind: 'group',
  id: 'root',
  match: 'all',
  negated: false,
  rules: [
    {
      kind: 'events',
      id: 'opened',
      negated: false,
      event: 'opened',
      name: '',
      campaignId: null,
      properties: [],
      window: { kind: 'ever' },
      operator: '>=',
      value: 1,
      to: null,
    },
  ],
}

test('an event a moment before the start decides who is chosen', async () => {
  await using world = await openWorld()
  await sent(world)
  const schedule = { kind: 'at', local: '2026-11-20T11:00', timeZone: 'Europe/Rome' } as const
  const id = await launch(world, { audience: audience(world, {}, { excludeRule: OPENED }), schedule })
  // Whatever the figures had still to do is done, so that only the planner can know what happens now.
  await world.clock.advance(10_000)
  world.clock.jump(NOW + HOUR - 20)
  await world.client.practice.act({ id: await messageTo(world, 'ann@example.com'), action: 'open' })
  await until(world, async () => (await world.client.campaigns.get({ id })).status === 'completed')
  const { rows } = await world.client.sending.recipients({ campaignId: (await world.client.campaigns.get({ id })).id })
  expect(rows.filter(row => row.state === 'accepted').map(row => row.address)).toEqual(['bea@example.com'])
})

test('an estimate and the reach know an event of a moment ago', async () => {
  await using world = await openWorld()
  await sent(world)
  await world.client.practice.act({ id: await messageTo(world, 'bea@example.com'), action: 'open' })
  const asked = { channel: 'email', audience: { rule: OPENED } } as const
  expect(await world.client.segments.reach(asked)).toMatchObject({ chosen: 1, reached: 1 })
  await world.client.practice.act({ id: await messageTo(world, 'ann@example.com'), action: 'open' })
  expect(await world.client.campaigns.estimateAudience(asked)).toMatchObject({ audience: 2, reached: 2 })
})

import { expect, test } from 'vitest'
import type { CampaignId } from '../../../src/shared/contract/define.ts'
import { createSendWorld, refusal, type SendWorld, UNLIMITED } from './send-world.ts'

const steer = (world: SendWorld, wish: 'pause' | 'resume' | 'cancel', id: string) =>
  world.campaigns.handlers.campaigns[wish]({ id: id as CampaignId }, world.context)

test('nothing leaves after the reply to pause, and resume sends the rest once', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, perSecond: 10 })
  await world.people(50)
  const id = await world.launch()
  await world.advance(2000)
  await steer(world, 'pause', id)
  const before = world.sent.length
  expect(before).toBeGreaterThan(0)
  await world.advance(60_000)
  expect(world.sent).toHaveLength(before)
  expect(await world.sending.handlers.progress({ campaignId: id as CampaignId }, world.context)).toMatchObject({
    status: 'paused',
    secondsLeft: null,
    holdUp: 'The campaign is paused.',
  })
  await steer(world, 'resume', id)
  await world.advance(10_000)
  expect(await world.states(id)).toEqual({ accepted: 50 })
  expect(new Set(world.sent.map(one => one.messageId)).size).toBe(50)
})

test('the reply to pause waits for what is on the wire', async () => {
  await using world = await createSendWorld()
  await world.people(20)
  const answers: (() => void)[] = []
  world.wire = envelope =>
    new Promise(resolve => {
      answers.push(() => resolve({ kind: 'accepted', providerMessageId: envelope.messageId, reply: '' }))
    })
  const id = await world.launch()
  await world.settle()
  expect(answers).toHaveLength(UNLIMITED.concurrency)
  let replied = false
  const pausing = steer(world, 'pause', id).then(() => {
    replied = true
  })
  await world.settle()
  expect(replied).toBe(false)
  for (const answer of answers) answer()
  await pausing
  expect(answers).toHaveLength(UNLIMITED.concurrency)
  expect(await world.states(id)).toEqual({ accepted: UNLIMITED.concurrency, ready: 15 })
})

test('cancel ends what waits, also what comes back refused for the time being, with a ledger row each', async () => {
  await using world = await createSendWorld()
  await world.people(20)
  const answers: (() => void)[] = []
  world.wire = () =>
    new Promise(resolve => {
      answers.push(() => resolve(refusal('deferred', 'temporary', '451 4.3.0')))
    })
  const id = await world.launch()
  await world.settle()
  const cancelling = steer(world, 'cancel', id)
  await world.settle()
  for (const answer of answers) answer()
  await cancelling
  await world.advance(3_600_000)
  expect(answers).toHaveLength(UNLIMITED.concurrency)
  expect(await world.states(id)).toEqual({ cancelled: 20 })
  expect(await world.rows(`select count(*) as n from ledger where kind = 'cancelled'`)).toEqual([{ n: 20 }])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
  expect(await world.sending.isIdle()).toBe(true)
})

test('two campaigns share an account fairly', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, perSecond: 10 })
  await world.people(100)
  const first = await world.launch()
  await world.settle()
  const second = await world.launch()
  await world.advance(10_000)
  const sent = world.sent.map(one => one.envelope.campaignId)
  expect(sent.filter(campaign => campaign === second).length).toBeGreaterThan(30)
  expect(sent.filter(campaign => campaign === first).length).toBeGreaterThan(30)
})

test('a campaign goes slower than its account when it wants to', async () => {
  await using world = await createSendWorld()
  await world.people(30)
  await world.launch({ ratePerSecond: 2 })
  await world.advance(5000)
  expect(world.sent.length).toBeGreaterThanOrEqual(10)
  expect(world.sent.length).toBeLessThanOrEqual(12)
})

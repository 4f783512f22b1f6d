import { expect, test } from 'vitest'
import type { Envelope, SendOutcome } from '../../../src/main/integrations/index.ts'
import { hours, minutes } from '../../../src/main/kernel/clock.ts'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import { fates, later, launchModes, launchPost, phones, tell } from './modes-world.ts'
import { accepted, createSendWorld, refusal, type SendWorld, type Wire } from './send-world.ts'

const by =
  (answers: Partial<Record<Envelope['channel'], SendOutcome>>): Wire =>
  async (envelope, signal) =>
    answers[envelope.channel] ?? accepted(envelope, signal)

const sentBy = (world: SendWorld) => world.sent.map(one => one.envelope.channel)

async function verified(world: SendWorld): Promise<void> {
  const report = await world.sending.verify(world.storage.reader)
  expect(report.checks.filter(check => !check.ok)).toEqual([])
}

test('all channels at once: a message each on every channel that reaches her', async () => {
  await using world = await createSendWorld()
  const [first = '', second = ''] = await world.people(2)
  await phones(world, [second])
  const id = await launchModes(world, 'all', ['email', 'sms', 'whatsapp'])
  await world.settle()
  expect(await fates(world, id)).toEqual({
    [first]: ['accepted', 'accepted', 'accepted'],
    [second]: ['accepted', 'skipped no_address', 'skipped no_address'],
  })
  expect(await world.rows('select status from campaigns where id = ?', id)).toEqual([{ status: 'completed' }])
  await verified(world)
})

test('each channel sends its own message', async () => {
  await using world = await createSendWorld()
  await world.people(1)
  await phones(world)
  await launchModes(world, 'all', ['email', 'sms', 'voice'])
  await world.settle()
  const texts = world.sent.map(one => ('text' in one.envelope ? one.envelope.text : ''))
  expect(texts).toContain('Hi by SMS')
  expect(texts).toContain('Hi by phone')
})

test('cascade: begins with the first channel that reaches her, and a refusal begins the next one', async () => {
  await using world = await createSendWorld()
  const [first = '', second = ''] = await world.people(2)
  await phones(world, [second])
  world.wire = by({ sms: refusal('rejected', 'permanent_message') })
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  expect(await fates(world, id)).toEqual({
    [first]: ['rejected permanent_message', 'accepted'],
    [second]: ['skipped no_address', 'accepted'],
  })
  expect(await world.rows(`select data from ledger where kind = 'moved'`)).toEqual([
    { data: '{"from":1,"to":2,"reason":"permanent_message"}' },
  ])
  await verified(world)
})

test('cascade: an SMS of which nothing is heard is followed after 15 minutes, and not before', async () => {
  await using world = await createSendWorld()
  const [person = ''] = await world.people(1)
  await phones(world)
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  await world.advance(minutes(15) - 1000)
  expect(await fates(world, id)).toEqual({ [person]: ['accepted', 'waiting'] })
  await world.advance(2000)
  expect(await fates(world, id)).toEqual({ [person]: ['accepted', 'accepted'] })
  expect(await world.rows(`select data ->> 'reason' as reason from ledger where kind = 'moved'`)).toEqual([
    { reason: 'timed_out' },
  ])
  await verified(world)
})

test('cascade: a delivery ends it, and the campaign is complete', async () => {
  await using world = await createSendWorld()
  const [person = ''] = await world.people(1)
  await phones(world)
  const id = await launchModes(world, 'cascade', ['sms', 'whatsapp', 'email'])
  await world.settle()
  await tell(world, id, { step: 1, kind: 'delivered', contactId: person })
  expect(await fates(world, id)).toEqual({
    [person]: ['accepted', 'skipped reached_otherwise', 'skipped reached_otherwise'],
  })
  await later(world, hours(48))
  expect(sentBy(world)).toEqual(['sms'])
  expect(await world.rows('select status from campaigns where id = ?', id)).toEqual([{ status: 'completed' }])
  await verified(world)
})

test('cascade: an e-mail that does not bounce for a day has reached her; one that bounces is followed', async () => {
  await using world = await createSendWorld()
  const [first = '', second = ''] = await world.people(2)
  await phones(world)
  const id = await launchModes(world, 'cascade', ['email', 'sms'])
  await world.settle()
  await tell(world, id, { step: 1, kind: 'bounced', contactId: second })
  await later(world, hours(24))
  expect(await fates(world, id)).toEqual({
    [first]: ['accepted', 'skipped reached_otherwise'],
    [second]: ['accepted', 'accepted'],
  })
  await verified(world)
})

test('reports what each channel did, and what it cost', async () => {
  await using world = await createSendWorld()
  await world.people(2)
  await phones(world)
  world.wire = by({ sms: refusal('rejected', 'permanent_message') })
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  const campaignId = CampaignId.parse(id)
  const report = await world.analytics.handlers.campaign({ campaignId }, world.context)
  expect(report.channels).toMatchObject([
    { step: 1, channel: 'sms', counts: { sent: 0, failed: 2 }, reached: 0, costMinor: 0 },
    { step: 2, channel: 'email', counts: { sent: 2, failed: 0 }, reached: 2, costMinor: 0.02 },
  ])
  expect(report.costMinor).toBe(0.02)
})

test('backup: only a failure begins the next channel, silence does not', async () => {
  await using world = await createSendWorld()
  const [first = '', second = ''] = await world.people(2)
  await phones(world)
  const id = await launchModes(world, 'backup', ['sms', 'email'])
  await world.settle()
  await tell(world, id, { step: 1, kind: 'failed', contactId: second })
  await later(world, hours(1))
  expect(await fates(world, id)).toEqual({
    [first]: ['accepted', 'skipped reached_otherwise'],
    [second]: ['accepted', 'accepted'],
  })
  await verified(world)
})

test('a message in doubt holds back the channels after it until a person decides', async () => {
  await using world = await createSendWorld()
  const [person = ''] = await world.people(1)
  await phones(world)
  world.wire = by({ sms: refusal('unknown', 'uncertain') })
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  await later(world, hours(48))
  expect(await fates(world, id)).toEqual({ [person]: ['unknown uncertain', 'waiting'] })
  expect(await world.rows('select status from campaigns where id = ?', id)).toEqual([{ status: 'running' }])
  const campaignId = CampaignId.parse(id)
  const input = { campaignId, messageIds: null, decision: 'treat_as_sent' } as const
  await world.sending.handlers.resolveUnknown(input, world.context)
  await world.advance(minutes(16))
  expect(sentBy(world)).toEqual(['sms', 'email'])
  await verified(world)
})

test('a temporary refusal does not begin the next channel before it is final', async () => {
  await using world = await createSendWorld()
  const [person = ''] = await world.people(1)
  await phones(world)
  world.wire = by({ sms: refusal('deferred', 'temporary', '30001') })
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await later(world, hours(2))
  expect(await fates(world, id)).toEqual({ [person]: ['ready temporary', 'waiting'] })
  world.wire = accepted
  await later(world, hours(10))
  await verified(world)
})

test('cancelling ends what waits for another channel too', async () => {
  await using world = await createSendWorld()
  const [person = ''] = await world.people(1)
  await phones(world)
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  const campaignId = CampaignId.parse(id)
  await world.campaigns.handlers.campaigns.cancel({ id: campaignId }, world.context)
  await later(world, hours(1))
  expect(await fates(world, id)).toEqual({ [person]: ['accepted', 'cancelled campaign_cancelled'] })
  expect(sentBy(world)).toEqual(['sms'])
  await verified(world)
})

test('a timeout that came while the application was closed is seen when it opens again', async () => {
  await using world = await createSendWorld()
  const [person = ''] = await world.people(1)
  await phones(world)
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  world.clock.jump(world.clock.now() + minutes(20))
  await using again = await world.kill()
  await again.settle()
  expect(await fates(again, id)).toEqual({ [person]: ['accepted', 'accepted'] })
  expect(sentBy(again)).toEqual(['email'])
  await verified(again)
})

test('a post goes once to each place, and to nobody else', async () => {
  await using world = await createSendWorld()
  await world.people(3)
  const id = await launchPost(world, ['slack-one', 'slack-two'])
  await world.settle()
  expect(await fates(world, id)).toEqual({
    'destination:slack-one': ['accepted'],
    'destination:slack-two': ['accepted'],
  })
  expect(world.sent.map(one => one.to).sort()).toEqual(['Place slack-one', 'Place slack-two'])
  expect(await world.rows('select status from campaigns where id = ?', id)).toEqual([{ status: 'completed' }])
  await verified(world)
})

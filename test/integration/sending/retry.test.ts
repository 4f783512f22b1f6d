import { expect, test } from 'vitest'
import type { SendOutcome } from '../../../src/main/integrations/index.ts'
import { hours } from '../../../src/main/kernel/clock.ts'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import { fates, later, launchModes, phones } from './modes-world.ts'
import { accepted, createSendWorld, refusal, type SendWorld } from './send-world.ts'

type Retry = Parameters<SendWorld['sending']['handlers']['retry']>[0]

const campaignOf = (id: string) => CampaignId.parse(id)

const retry = (world: SendWorld, id: string, which: Retry['which'], expected: number) =>
  world.sending.handlers.retry({ campaignId: campaignOf(id), which, expected }, world.context)

const preview = (world: SendWorld, id: string) =>
  world.sending.handlers.retryPreview({ campaignId: campaignOf(id) }, world.context)

async function verified(world: SendWorld): Promise<void> {
  const report = await world.sending.verify(world.storage.reader)
  expect(report.checks.filter(check => !check.ok)).toEqual([])
}

/** Four people: accepted, refused by the sender's fault, a bad address, in doubt; and a fifth who is unsubscribed. */
async function aMixedCampaign(world: SendWorld): Promise<{ id: string; people: readonly string[] }> {
  const people = await world.people(5)
  const outcomes: Record<string, SendOutcome> = {
    'person2@example.org': refusal('deferred', 'temporary', '451 4.3.0'),
    'person3@example.org': refusal('rejected', 'permanent_address'),
    'person4@example.org': refusal('unknown', 'uncertain'),
  }
  await world.compliance.handlers.suppress(
    { channel: 'email', address: 'person5@example.org', reason: 'manual', note: '' },
    world.context,
  )
  world.wire = async (envelope, signal) => outcomes[envelope.to] ?? accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  for (let n = 0; n < 6; n++) await later(world, hours(9))
  return { id, people }
}

test('sends again what failed for a passing reason, and nothing else', async () => {
  await using world = await createSendWorld()
  const { id, people } = await aMixedCampaign(world)
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = people
  expect(await preview(world, id)).toEqual({ failed: 1, missed: 1 })
  await expect(retry(world, id, 'failed', 2)).rejects.toThrow('You saw 2 messages, and now there are 1')
  world.wire = accepted
  const before = world.sent.length
  expect(await retry(world, id, 'failed', 1)).toEqual({ reopened: 1 })
  await world.settle()
  expect(world.sent.slice(before).map(one => one.to)).toEqual(['person2@example.org'])
  expect(await fates(world, id)).toMatchObject({
    [first]: ['accepted'],
    [second]: ['accepted'],
    [third]: ['rejected permanent_address'],
    [fourth]: ['unknown uncertain'],
    [fifth]: ['skipped suppressed'],
  })
  expect(await world.rows('select status from campaigns where id = ?', id)).toEqual([{ status: 'completed' }])
  await verified(world)
})

test('reaches those who did not get it once their obstacle is gone, and a second time they can be skipped again', async () => {
  await using world = await createSendWorld()
  const { id, people } = await aMixedCampaign(world)
  const fifth = people[4] ?? ''
  await world.storage.db.deleteFrom('suppressions').where('address_key', '=', 'person5@example.org').execute()
  expect(await preview(world, id)).toEqual({ failed: 1, missed: 2 })
  // Between the decision and the sending she unsubscribes again.
  world.wire = () => new Promise(() => undefined)
  await world.storage.db.updateTable('senders').set({ state: 'paused' }).execute()
  world.kernel.events.publish({ kind: 'changed', entity: 'sender', ids: ['test-account'] })
  expect(await retry(world, id, 'missed', 2)).toEqual({ reopened: 2 })
  await world.compliance.handlers.suppress(
    { channel: 'email', address: 'person5@example.org', reason: 'complaint', note: '' },
    world.context,
  )
  world.wire = accepted
  await world.storage.db.updateTable('senders').set({ state: 'running' }).execute()
  world.kernel.events.publish({ kind: 'changed', entity: 'sender', ids: ['test-account'] })
  await world.settle()
  await later(world, 1000)
  expect((await fates(world, id))[fifth]).toEqual(['skipped complained'])
  await verified(world)
})

test('where channels follow each other, nobody whom another channel reached is written to again', async () => {
  await using world = await createSendWorld()
  const [first = '', second = ''] = await world.people(2)
  await phones(world, [second])
  world.wire = async (envelope, signal) =>
    envelope.channel === 'sms' || envelope.to === 'person2@example.org'
      ? refusal('deferred', 'temporary')
      : accepted(envelope, signal)
  const id = await launchModes(world, 'cascade', ['sms', 'email'])
  await world.settle()
  for (let n = 0; n < 6; n++) await later(world, hours(9))
  expect(await fates(world, id)).toMatchObject({ [first]: ['rejected expired', 'accepted'] })
  for (let n = 0; n < 6; n++) await later(world, hours(9))
  expect(await fates(world, id)).toMatchObject({ [second]: ['skipped no_address', 'rejected expired'] })
  expect(await preview(world, id)).toEqual({ failed: 1, missed: 1 })
  world.wire = accepted
  const before = world.sent.length
  await retry(world, id, 'missed', 1)
  await world.settle()
  expect(world.sent.slice(before).map(one => one.to)).toEqual(['person2@example.org'])
  await verified(world)
})

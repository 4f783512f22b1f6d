import { expect, test } from 'vitest'
import type { CampaignId, MessageId } from '../../../src/shared/contract/define.ts'
import { accepted, createSendWorld, type SendWorld, UNLIMITED } from './send-world.ts'

/** A campaign that was killed with a full wire. */
async function killed(): Promise<{ world: SendWorld; id: string; lost: readonly string[] }> {
  const first = await createSendWorld()
  await first.people(30)
  let left = 12
  first.wire = (envelope, signal) => (left-- > 0 ? accepted(envelope, signal) : new Promise(() => undefined))
  const id = await first.launch()
  await first.settle()
  const lost = first.sent.slice(12).map(one => one.messageId)
  const world = await first.kill()
  await world.settle()
  return { world, id, lost }
}

const resolve = (
  world: SendWorld,
  id: string,
  decision: 'treat_as_sent' | 'send_again',
  ids: readonly string[] | null,
) =>
  world.sending.handlers.resolveUnknown(
    { campaignId: id as CampaignId, messageIds: ids === null ? null : ids.map(one => one as MessageId), decision },
    world.context,
  )

test('after a kill what was on the wire is unknown and is not sent again, and the rest goes on', async () => {
  const { world, id, lost } = await killed()
  await using _ = world
  expect(lost).toHaveLength(UNLIMITED.concurrency)
  expect(await world.states(id)).toEqual({ accepted: 25, unknown: 5 })
  expect(world.sent.some(one => lost.includes(one.messageId))).toBe(false)
  const progress = await world.sending.handlers.progress({ campaignId: id as CampaignId }, world.context)
  expect(progress).toMatchObject({ status: 'completed', counts: { audience: 30, sent: 25, unknown: 5, pending: 0 } })
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('a person can take what is unknown as sent', async () => {
  const { world, id } = await killed()
  await using _ = world
  expect(await resolve(world, id, 'treat_as_sent', null)).toEqual({ resolved: 5 })
  expect(await world.states(id)).toEqual({ accepted: 30 })
  const report = await world.analytics.handlers.campaign({ campaignId: id as CampaignId }, world.context)
  expect(report.overTime.reduce((sum, bucket) => sum + bucket.accepted, 0)).toBe(30)
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('a person can send what is unknown again, as a new attempt, and the campaign is complete once more', async () => {
  const { world, id, lost } = await killed()
  await using _ = world
  const two = lost.slice(0, 2)
  expect(await resolve(world, id, 'send_again', two)).toEqual({ resolved: 2 })
  await world.settle()
  expect(await world.states(id)).toEqual({ accepted: 27, unknown: 3 })
  const attempts = await world.rows('select n, outcome from attempts where message_id = ? order by n', two[0] ?? '')
  expect(attempts).toEqual([
    { n: 1, outcome: 'unknown' },
    { n: 2, outcome: 'accepted' },
  ])
  const progress = await world.sending.handlers.progress({ campaignId: id as CampaignId }, world.context)
  expect(progress.status).toBe('completed')
  await expect(resolve(world, id, 'send_again', two)).rejects.toThrow('None of these messages is in doubt')
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('planning goes on where it was after a kill, and nobody is planned twice', async () => {
  const first = await createSendWorld()
  await first.people(1500)
  const id = await first.launch()
  // One page is planned, then the process is gone.
  while ((await first.rows<{ n: number }>('select count(*) as n from messages'))[0]?.n === 0) {
    await new Promise(done => setImmediate(done))
  }
  await using world = await first.kill()
  await world.settle()
  const [row] = await world.rows<{ people: number; messages: number; planned: number }>(
    `select count(distinct contact_id) as people, count(*) as messages,
      (select audience_size from campaigns where id = ?) as planned from messages`,
    id,
  )
  expect(row).toEqual({ people: 1500, messages: 1500, planned: 1500 })
  const [ledger] = await world.rows(`select sum(data ->> 'count') as n from ledger where kind = 'planned'`)
  expect(ledger).toEqual({ n: 1500 })
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('limits hold across a restart', async () => {
  const first = await createSendWorld()
  await first.limits({ ...UNLIMITED, perHour: 8 })
  await first.people(20)
  await first.launch()
  await first.advance(60_000)
  expect(first.sent).toHaveLength(8)
  await using world = await first.kill()
  await world.advance(3_500_000)
  expect(world.sent).toHaveLength(0)
  await world.advance(60_000)
  expect(world.sent).toHaveLength(8)
})

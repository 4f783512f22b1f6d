import { expect, test } from 'vitest'
import { hours, minutes } from '../../../src/main/kernel/clock.ts'
import type { CampaignId } from '../../../src/shared/contract/define.ts'
import { accepted, createSendWorld, refusal, type SendWorld, UNLIMITED } from './send-world.ts'

const progressOf = (world: SendWorld, id: string) =>
  world.sending.handlers.progress({ campaignId: id as CampaignId }, world.context)

test('tries a greylisted message again after about five minutes', async () => {
  await using world = await createSendWorld()
  await world.people(1)
  world.wire = async (envelope, signal) =>
    world.sent.length === 1 ? refusal('deferred', 'temporary', '450 4.2.0') : accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  const waiting = await progressOf(world, id)
  expect(waiting).toMatchObject({ retrying: 1, counts: { pending: 1 } })
  expect(waiting.holdUp).toContain('tried again; next at 09:0')
  expect(waiting.errors).toMatchObject([{ class: 'temporary', code: '450 4.2.0', count: 1 }])
  expect(await world.sending.isIdle()).toBe(true)
  await world.advance(minutes(6))
  const [first, second] = world.sent
  const waited = (second?.at ?? 0) - (first?.at ?? 0)
  expect(waited).toBeGreaterThanOrEqual(minutes(4))
  expect(waited).toBeLessThanOrEqual(minutes(6))
  expect(await world.states(id)).toEqual({ accepted: 1 })
})

test('gives a message up after 24 hours of temporary refusals', async () => {
  await using world = await createSendWorld()
  await world.people(1)
  world.wire = async () => refusal('deferred', 'temporary', '451 4.3.0')
  const id = await world.launch()
  await world.advance(hours(30))
  expect(await world.rows('select state, reason from messages')).toEqual([{ state: 'rejected', reason: 'expired' }])
  const last = (world.sent.at(-1)?.at ?? 0) - (world.sent[0]?.at ?? 0)
  expect(last).toBeLessThan(hours(24))
  expect(world.sent.length).toBeGreaterThanOrEqual(8)
  expect((await progressOf(world, id)).status).toBe('completed')
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('lets the account rest when the server cannot be reached, loses nothing, and uses up no attempt of the schedule', async () => {
  await using world = await createSendWorld()
  await world.people(30)
  let isDown = true
  world.wire = async (envelope, signal) =>
    isDown
      ? { kind: 'throttled', fault: { class: 'transport', code: 'ECONNREFUSED', reply: 'refused' }, retryAfterMs: null }
      : accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  expect(world.sent).toHaveLength(UNLIMITED.concurrency)
  expect(await world.states(id)).toEqual({ ready: 30 })
  expect((await progressOf(world, id)).holdUp).toContain('could not take messages')
  // 30 s, then 1, 2 and 5 minutes, each with a single try.
  await world.advance(minutes(9))
  expect(world.sent).toHaveLength(UNLIMITED.concurrency + 4)
  expect(await world.sending.isIdle()).toBe(false)
  isDown = false
  await world.advance(minutes(15))
  expect(await world.states(id)).toEqual({ accepted: 30 })
  expect(await world.rows('select state, state_reason as reason from senders')).toEqual([
    { state: 'running', reason: '' },
  ])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('stops an account whose login is refused, keeps every message, and goes on when a person resumes it', async () => {
  await using world = await createSendWorld()
  await world.people(20)
  let isRight = false
  world.wire = async (envelope, signal) =>
    isRight
      ? accepted(envelope, signal)
      : { kind: 'throttled', fault: { class: 'account', code: '535 5.7.8', reply: 'bad login' }, retryAfterMs: null }
  const id = await world.launch()
  await world.advance(hours(2))
  expect(world.sent).toHaveLength(UNLIMITED.concurrency)
  expect(await world.states(id)).toEqual({ ready: 20 })
  const progress = await progressOf(world, id)
  expect(progress.holdUp).toContain('535 5.7.8')
  expect(progress.secondsLeft).toBeNull()
  isRight = true
  await world.storage.db.updateTable('senders').set({ state: 'running', state_reason: '' }).execute()
  await world.limits(UNLIMITED)
  await world.settle()
  expect(await world.states(id)).toEqual({ accepted: 20 })
})

test('pauses a campaign when too many addresses do not exist, and counts anew after a person resumed it', async () => {
  await using world = await createSendWorld()
  await world.people(400)
  let n = 0
  world.wire = async (envelope, signal) =>
    n++ % 10 === 0 ? refusal('rejected', 'permanent_address') : accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  const paused = await progressOf(world, id)
  expect(paused.status).toBe('paused')
  expect(paused.statusReason).toContain('of the addresses do not exist')
  expect(paused.counts.sent + paused.counts.failed).toBeLessThan(130)
  expect(world.events.some(event => event.kind === 'notice' && event.level === 'warning')).toBe(true)
  n = 1
  world.wire = accepted
  await world.campaigns.handlers.campaigns.resume({ id: id as CampaignId }, world.context)
  await world.settle()
  expect((await progressOf(world, id)).status).toBe('completed')
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('an answer that never came leaves the message unknown', async () => {
  await using world = await createSendWorld()
  await world.people(2)
  world.wire = async (envelope, signal) =>
    envelope.to.startsWith('person1') ? refusal('unknown', 'uncertain', '') : accepted(envelope, signal)
  const id = await world.launch()
  await world.advance(hours(48))
  expect(world.sent).toHaveLength(2)
  expect(await world.states(id)).toEqual({ accepted: 1, unknown: 1 })
})

test('a week of sending keeps to a limit of four a day', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, perDay: 4 })
  await world.people(24)
  const id = await world.launch()
  await world.advance(hours(24 * 6))
  expect(await world.states(id)).toEqual({ accepted: 24 })
  const times = world.sent.map(one => one.at)
  for (let n = 4; n < times.length; n++) expect((times[n] ?? 0) - (times[n - 4] ?? 0)).toBeGreaterThanOrEqual(hours(24))
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(hours(24 * 5) + 1000 * 6)
})

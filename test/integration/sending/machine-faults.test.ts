import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import type { SendOutcome } from '../../../src/main/integrations/index.ts'
import { days, hours, minutes, seconds } from '../../../src/main/kernel/clock.ts'
import { verifyLedger } from '../../../src/verify/verify-ledger.ts'
import { accepted, createSendWorld, type SendWorld, UNLIMITED } from './send-world.ts'

const FIVE_A_MINUTE = { ...UNLIMITED, perMinute: 5 }

/** Nobody twice, everybody once, and a ledger that holds. Returns what the program that verifies it said. */
async function expectEverybodyOnce(world: SendWorld, people: number) {
  expect(new Set(world.sent.map(one => one.to)).size).toBe(people)
  expect(world.sent).toHaveLength(people)
  const verdict = await verifyLedger(join(world.folder, 'tidings.db'), null)
  expect(verdict.checks.filter(check => !check.ok)).toEqual([])
  return verdict
}

async function pragma(world: SendWorld, statement: string): Promise<void> {
  await world.storage.db.executeQuery(CompiledQuery.raw(`pragma ${statement}`))
}

test('with a full disk nothing leaves that is not written down, and everything goes on when there is room', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, concurrency: 2 })
  await world.people(400)
  const id = await world.launch()
  // No page more than there is: what a quota or a full disk says too, with the same error of SQLite.
  const [size] = await world.rows<{ page_count: number }>('pragma page_count')
  await pragma(world, `max_page_count = ${(size?.page_count ?? 0) + 8}`)
  await world.settle()
  await world.advance(minutes(3))
  const before = world.sent.length
  expect(before).toBeLessThan(400)
  const attempts = await world.rows<{ n: number }>('select count(*) as n from attempts')
  expect(attempts[0]?.n).toBe(before)

  await pragma(world, 'max_page_count = 4294967294')
  await world.advance(minutes(30))
  expect(await world.states(id)).toEqual({ accepted: 400 })
  await expectEverybodyOnce(world, 400)
})

test('when the clock is set forward a day, nobody is written to twice and the rest goes on', async () => {
  await using world = await createSendWorld()
  await world.limits(FIVE_A_MINUTE)
  await world.people(20)
  const id = await world.launch()
  await world.settle()
  world.clock.set(days(1))
  await world.advance(minutes(10))
  expect(await world.states(id)).toEqual({ accepted: 20 })
  await expectEverybodyOnce(world, 20)
})

test('when the clock is set back a day, the rest goes on, and the program says what it cannot judge', async () => {
  await using world = await createSendWorld()
  await world.limits(FIVE_A_MINUTE)
  await world.people(20)
  const id = await world.launch()
  await world.settle()
  expect(world.sent).toHaveLength(5)
  world.clock.set(-days(1))
  await world.advance(minutes(10))
  expect(await world.states(id)).toEqual({ accepted: 20 })
  const verdict = await expectEverybodyOnce(world, 20)
  expect(verdict.setbacks).toBe(1)
})

test('after a laptop slept for a day the answer that came meanwhile counts, and the others leave once', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, concurrency: 1 })
  await world.people(6)
  let answer: (outcome: SendOutcome) => void = () => undefined
  world.wire = (envelope, signal) =>
    world.sent.length === 3
      ? new Promise(resolve => {
          answer = resolve
        })
      : accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  expect(await world.states(id)).toEqual({ accepted: 2, attempting: 1, ready: 3 })
  // Asleep: the clock goes on, no timer runs.
  world.clock.jump(world.clock.now() + days(1))
  world.wire = accepted
  answer({ kind: 'accepted', providerMessageId: '', reply: '250 ok' })
  await world.advance(seconds(10))
  expect(await world.states(id)).toEqual({ accepted: 6 })
  await expectEverybodyOnce(world, 6)
})

test('after a laptop slept for a day a connection that broke meanwhile leaves its message unknown, and only that', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, concurrency: 1 })
  await world.people(6)
  let lose: (outcome: SendOutcome) => void = () => undefined
  world.wire = (envelope, signal) =>
    world.sent.length === 3
      ? new Promise(resolve => {
          lose = resolve
        })
      : accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  world.clock.jump(world.clock.now() + days(1))
  world.wire = accepted
  lose({ kind: 'unknown', fault: { class: 'uncertain', code: '', reply: 'the connection was lost' } })
  await world.advance(hours(2))
  expect(await world.states(id)).toEqual({ accepted: 5, unknown: 1 })
  await expectEverybodyOnce(world, 6)
})

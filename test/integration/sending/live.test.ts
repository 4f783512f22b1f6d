import { expect, test } from 'vitest'
import { createSendWorld, refusal, type SendWorld, UNLIMITED } from './send-world.ts'

const live = (world: SendWorld) => world.sending.handlers.live({}, world.context)

test('says how much is left of each limit, and until when the account waits', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, perSecond: 2, perHour: 5 })
  await world.people(20)
  await world.launch()
  await world.advance(10_000)
  const { accounts, campaigns, waiting, due } = await live(world)
  expect({ waiting, due }).toEqual({ waiting: 15, due: 15 })
  const start = world.sent[0]?.at ?? 0
  expect(accounts[0]).toMatchObject({
    waiting: 15,
    onWire: 0,
    windows: [
      { window: 'second', limit: 2, used: 0, left: 2, freeAt: null },
      { window: 'hour', limit: 5, used: 5, left: 0, freeAt: start + 3_600_000 },
    ],
    hold: { kind: 'limit', until: start + 3_600_000 },
  })
  // Fifteen more at five an hour.
  expect(campaigns[0]?.finishesAt).toBeGreaterThanOrEqual(start + 3 * 3_600_000)
  expect(campaigns[0]?.finishesAt).toBeLessThanOrEqual(start + 3 * 3_600_000 + 5000)
  expect(campaigns[0]?.hold).toMatchObject({ kind: 'limit', until: start + 3_600_000 })
  expect(campaigns[0]?.hold.text).toContain('Test account: The limit of the account is reached.')
})

test('measures the rate, and groups what servers answered', async () => {
  await using world = await createSendWorld()
  world.wire = async () => refusal('deferred', 'temporary', '451 4.7.1')
  await world.people(6)
  await world.launch()
  await world.advance(1000)
  const { rate, errors, accounts } = await live(world)
  expect(rate).toEqual({ overTenSeconds: 0.6, overMinute: 0.1 })
  expect(errors).toMatchObject([{ class: 'temporary', code: '451 4.7.1', count: 6, example: 'scripted' }])
  expect(accounts[0]?.hold.kind).toBe('not_due')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { projectionStore } from '../../../../src/main/contacts/events/projection-store.ts'
import { DEFAULT_WEIGHTS, weightRows } from '../../../../src/main/contacts/scores/engagement-weights.ts'
import { scoreStore } from '../../../../src/main/contacts/scores/score-store.ts'
import { transaction } from '../../../../src/main/storage/transaction.ts'
import { ContactId } from '../../../../src/shared/contract/define.ts'
import { DAY, openScoresWorld } from './scores-world.ts'

const WEIGHTS = JSON.stringify(weightRows(DEFAULT_WEIGHTS))

test('the score counts every kind with its weight and its age', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const now = world.clock.now()
  await world.ledger([
    { kind: 'accepted', contact: 'ann', at: now - 31 * DAY },
    { kind: 'opened', contact: 'ann', at: now - 30 * DAY },
    { kind: 'clicked', contact: 'ann', at: now - 30 * DAY, data: { url: 'https://example.org' } },
    { kind: 'replied', contact: 'ann', at: now },
  ])
  await world.figures.catchUp()
  const { engagement } = await world.scores.ofContact({ contactId: ContactId.parse('ann') }, await world.context())
  // 10 today, and 5 + 1 of a half-life ago.
  expect(engagement.score).toBeCloseTo(100 * (1 - Math.exp(-13 / 20)), 9)
  expect(engagement.tier).toBe('warm')
  expect(engagement.lastAt).toBe(now)
  expect(engagement.parts.map(({ what, events, points }) => [what, events, points])).toEqual([
    ['replied', 1, 10],
    ['clicked', 1, 2.5],
    ['opened', 1, 0.5],
  ])
  expect(await world.file.all('select kind, name, properties from contact_events order by no', [])).toEqual([
    { kind: 'sent', name: '', properties: '{}' },
    { kind: 'opened', name: '', properties: '{}' },
    { kind: 'clicked', name: '', properties: '{"url":"https://example.org"}' },
    { kind: 'replied', name: '', properties: '{"channel":null}' },
  ])
})

test('a fourth open of a day counts nothing, one of the next day does', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const noon = Date.parse('2026-11-18T12:00:00Z')
  const opens = [0, 1, 2, 3, 4].map(minute => ({ kind: 'opened', contact: 'ann', at: noon + minute }))
  await world.ledger([...opens, { kind: 'opened', contact: 'ann', at: noon + DAY }])
  await world.figures.catchUp()
  const { engagement } = await world.scores.ofContact({ contactId: ContactId.parse('ann') }, await world.context())
  expect(engagement.parts).toMatchObject([{ what: 'opened', events: 6, counted: 4 }])
})

test('a complaint brings the score to nothing', async () => {
  await using world = await openScoresWorld()
  const no = await world.contact('ann')
  await world.order(no, world.clock.now(), 1000)
  await world.ledger([{ kind: 'complained', contact: 'ann', at: world.clock.now() }])
  await world.figures.catchUp()
  expect(await world.file.all('select raw, heat from engagement', [])).toEqual([{ raw: -80, heat: null }])
  const { engagement } = await world.scores.ofContact({ contactId: ContactId.parse('ann') }, await world.context())
  expect(engagement).toMatchObject({ score: 0, tier: 'cold' })
})

test('what is projected in steps equals what is projected from the beginning', async () => {
  await using world = await openScoresWorld()
  for (const id of ['ann', 'bob']) await world.contact(id)
  const now = world.clock.now()
  const line = fc.record({
    kind: fc.constantFrom('planned', 'accepted', 'delivered', 'opened', 'clicked', 'replied', 'bounced', 'complained'),
    contact: fc.constantFrom('ann', 'bob', 'nobody'),
    at: fc.integer({ min: now - 100 * DAY, max: now }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(line, { maxLength: 8 }), { maxLength: 4 }), async batches => {
      for (const batch of batches) {
        await world.ledger(batch)
        await world.figures.catchUp()
      }
      expect(await scoreStore.differences(world.storage.reader, WEIGHTS)).toSatisfy(isEqual)
      const events = () =>
        world.file.all('select contact_no, kind, at, event_key from contact_events order by event_key', [])
      const before = await events()
      await transaction(world.storage.db, tx => projectionStore.restart(tx))
      await world.figures.catchUp()
      expect(await events()).toEqual(before)
      expect(await scoreStore.differences(world.storage.reader, WEIGHTS)).toSatisfy(isEqual)
    }),
    { numRuns: 15 },
  )
})

function isEqual(checks: readonly { readonly different: number }[]): boolean {
  return checks.length === 5 && checks.every(({ different }) => different === 0)
}

test('an event is recorded once for its key, and counted at once', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const contactId = ContactId.parse('ann')
  const record = async (key: string) =>
    world.contactEvents.record({ contactId, name: 'Form', properties: { page: 'pricing' }, key }, await world.context())
  expect(await record('a')).toEqual({ recorded: true })
  expect(await record('a')).toEqual({ recorded: false })
  expect(await record('b')).toEqual({ recorded: true })
  const { events } = await world.contactEvents.ofContact({ contactId, before: null, limit: 10 }, await world.context())
  expect(events).toMatchObject([
    { kind: 'custom', name: 'Form', properties: { page: 'pricing' } },
    { kind: 'custom', name: 'Form' },
  ])
  expect(await world.contactEvents.names({}, await world.context())).toEqual({
    names: [{ name: 'Form', events: 2, contacts: 1 }],
  })
  expect(await world.file.all('select last_activity_at from contacts', [])).toEqual([
    { last_activity_at: world.clock.now() },
  ])
})

test('while messages are sent, one step is made in five seconds; afterwards the rest', async () => {
  await using world = await openScoresWorld()
  await world.contact('ann')
  const now = world.clock.now()
  await world.ledger(Array.from({ length: 1200 }, () => ({ kind: 'delivered', contact: 'ann', at: now })))
  let isBusy = true
  world.figures.start(() => Promise.resolve(isBusy))
  world.parts.scheduler.start()
  const position = async (): Promise<number> => (await projectionStore.position(world.storage.reader)).at
  await expect
    .poll(async () => {
      await world.clock.advance(2000)
      return position()
    })
    .toBeGreaterThan(0)
  expect(await position()).toBe(1000)
  isBusy = false
  await expect
    .poll(async () => {
      await world.clock.advance(5000)
      return (
        (await scoreStore.differences(world.storage.reader, WEIGHTS)).every(({ different }) => different === 0) &&
        position()
      )
    })
    .toBe(1200)
  await world.parts.scheduler.stop()
})

import { fc, test as property } from '@fast-check/vitest'
import { CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import { type RateWindow, rateWindow, windowsOf } from '../../../src/main/sending/throttle.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import type { SenderLimits } from '../../../src/shared/contract/sender-settings.ts'
import { familyOf, mailDomain } from '../../../src/shared/domain/domain-family.ts'
import { accepted, createSendWorld, refusal, type SendWorld, UNLIMITED } from './send-world.ts'

const DOMAINS = ['gmail.com', 'hotmail.com', 'yahoo.com', 'example.org', 'firm.test']
const FREE = { perSecond: null, perMinute: null, perHour: null, perDay: null }

async function write(world: SendWorld, text: string, ...parameters: (string | number)[]): Promise<void> {
  await world.storage.db.executeQuery(CompiledQuery.raw(text, parameters))
}

/** People with mailboxes at these domains in turn. */
async function peopleAt(world: SendWorld, count: number, domains: readonly string[]): Promise<void> {
  await world.people(count)
  await write(
    world,
    `update contacts set email = 'p' || no || '@' || (? ->> ('$[' || (no % ?) || ']')),
      email_key = 'p' || no || '@' || (? ->> ('$[' || (no % ?) || ']'))`,
    JSON.stringify(domains),
    domains.length,
    JSON.stringify(domains),
    domains.length,
  )
}

interface Start {
  readonly at: number
  readonly n: number
  readonly campaignId: string
  readonly senderId: string
  readonly address: string
}

function starts(world: SendWorld): Promise<Start[]> {
  return world.rows<Start>(
    `select a.started_at as at, a.n, m.campaign_id as "campaignId", a.sender_id as "senderId", m.address
     from attempts a join messages m on m.id = a.message_id order by a.started_at, m.id`,
  )
}

/** Checks from the attempts that no window ever exceeded its limit; returns the places that each attempt had to wait for. */
function expectWithin(all: readonly Start[], windows: readonly RateWindow[]): Map<Start, number> {
  const free = new Map<Start, number>()
  for (const { limit, ms } of windows) {
    for (const [i, start] of all.entries()) {
      const before = all[i - limit]
      if (before === undefined) continue
      expect(start.at - before.at).toBeGreaterThanOrEqual(ms)
      free.set(start, Math.max(free.get(start) ?? 0, before.at + ms))
    }
  }
  return free
}

function grouped(all: readonly Start[], keyOf: (start: Start) => string): Map<string, Start[]> {
  const groups = new Map<string, Start[]>()
  for (const start of all) groups.set(keyOf(start), [...(groups.get(keyOf(start)) ?? []), start])
  return groups
}

const rates = fc.record({
  perSecond: fc.option(fc.constantFrom(0.4, 1, 3, 7)),
  perMinute: fc.option(fc.integer({ min: 5, max: 40 })),
  perHour: fc.option(fc.integer({ min: 10, max: 80 })),
  perDay: fc.option(fc.integer({ min: 10, max: 80 })),
})
const limitsArbitrary: fc.Arbitrary<SenderLimits> = fc
  .tuple(
    rates,
    fc.integer({ min: 1, max: 6 }),
    fc.uniqueArray(fc.tuple(fc.constantFrom('google', 'microsoft', 'yahoo', 'other'), rates), {
      selector: ([family]) => family,
      maxLength: 3,
    }),
  )
  .map(([own, concurrency, families]) => ({
    ...own,
    concurrency,
    families: families.map(([family, limit]) => ({ family, ...limit })),
    warmUp: null,
  }))

property.prop(
  [
    limitsArbitrary,
    fc.array(fc.option(fc.constantFrom(0.5, 2, 5)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.integer({ min: 500, max: 60_000 }), { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 3, max: 12 }),
  ],
  { numRuns: 4 },
)(
  'no limit of account, family or campaign is ever exceeded, and none keeps a place unused',
  async (limits, campaigns, runs, nth) => {
    let world = await createSendWorld()
    const folders = [world]
    try {
      await world.limits(limits)
      await peopleAt(world, 40, DOMAINS)
      const rate = new Map<string, number | null>()
      for (const ratePerSecond of campaigns) rate.set(await world.launch({ ratePerSecond }), ratePerSecond)
      for (const [n, ms] of runs.entries()) {
        let answers = 0
        // Now and then a server puts a message off, or says that it does not know a mailbox.
        world.wire = async (envelope, signal) => {
          answers += 1
          if (answers % nth === 0) return refusal('deferred', 'temporary', '451 4.7.1')
          return answers % (nth + 20) === 0 ? refusal('rejected', 'permanent_message') : accepted(envelope, signal)
        }
        await world.advance(ms)
        if (n === runs.length - 1) break
        world = await world.kill()
        folders.push(world)
      }
      const all = await starts(world)
      expect(all.length).toBeGreaterThan(0)
      const waited = [expectWithin(all, windowsOf(limits))]
      for (const [campaignId, own] of grouped(all, start => start.campaignId)) {
        const perSecond = rate.get(campaignId) ?? null
        if (perSecond !== null) waited.push(expectWithin(own, [rateWindow(perSecond)]))
      }
      for (const [key, own] of grouped(all, ({ address }) => familyOf(address) || mailDomain(address))) {
        const name = DOMAINS.slice(3).includes(key) ? 'other' : key
        const limit = limits.families.find(one => one.family === name)
        if (limit !== undefined) waited.push(expectWithin(own, windowsOf(limit)))
      }
      // A first attempt, due since the launch, began at most a second after every limit had room for it.
      const launched = all[0]?.at ?? 0
      for (const start of all.filter(one => one.n === 1)) {
        const allowedAt = Math.max(launched, ...waited.map(free => free.get(start) ?? 0))
        expect(start.at - allowedAt).toBeLessThanOrEqual(1000)
      }
      expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
    } finally {
      for (const one of folders) await one[Symbol.asyncDispose]()
    }
  },
)

test('a family that must wait keeps nobody else waiting', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, families: [{ ...FREE, family: 'google', perMinute: 3 }] })
  await peopleAt(world, 200, ['gmail.com', 'gmail.com', 'gmail.com', 'example.org'])
  await world.launch()
  await world.settle()
  const families = world.sent.map(one => familyOf(one.to))
  expect(families.filter(family => family === 'google')).toHaveLength(3)
  expect(families.filter(family => family === '')).toHaveLength(50)
})

test('a limit for other domains holds for each of them', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, families: [{ ...FREE, family: 'other', perHour: 2 }] })
  await peopleAt(world, 40, ['big.test', 'big.test', 'big.test', 'small.test', 'gmail.com'])
  await world.launch()
  await world.advance(1000)
  const domains = world.sent.map(one => mailDomain(one.to)).sort()
  expect(domains).toEqual([
    'big.test',
    'big.test',
    ...Array.from({ length: 8 }, () => 'gmail.com'),
    'small.test',
    'small.test',
  ])
})

test('a family that asks for a rest rests alone, also after a restart, and is tried with one message', async () => {
  let world = await createSendWorld()
  const folders = [world]
  try {
    await peopleAt(world, 60, ['yahoo.com', 'example.org'])
    const slow = { class: 'rate_limited', code: '421 4.7.0', reply: '[TSS04] Messages temporarily deferred' } as const
    const refusing: SendWorld['wire'] = async (envelope, signal) =>
      familyOf(envelope.to) === 'yahoo'
        ? { kind: 'throttled', fault: slow, retryAfterMs: 4 * 3_600_000 }
        : accepted(envelope, signal)
    world.wire = refusing
    const id = await world.launch()
    await world.advance(60_000)
    expect(await world.states(id)).toEqual({ accepted: 30, ready: 30 })
    // Those that were on the wire together, and nobody after them.
    const refused = world.sent.filter(one => familyOf(one.to) === 'yahoo').length
    expect(refused).toBeLessThanOrEqual(5)
    const { accounts } = await world.sending.handlers.live({}, world.context)
    expect(accounts[0]?.state).toBe('running')
    expect(accounts[0]?.families.find(one => one.family === 'yahoo')?.hold.kind).toBe('family_rest')
    world = await world.kill()
    folders.push(world)
    world.wire = refusing
    await world.advance(3_600_000)
    expect(world.sent).toHaveLength(0)
    await world.advance(3 * 3_600_000)
    expect(world.sent).toHaveLength(1)
    world.wire = accepted
    await world.advance(5 * 3_600_000)
    expect(await world.states(id)).toEqual({ accepted: 60 })
  } finally {
    for (const one of folders) await one[Symbol.asyncDispose]()
  }
})

test('too many messages to one person put hers off and nobody else’s', async () => {
  await using world = await createSendWorld()
  await world.people(10)
  let first = ''
  world.wire = async (envelope, signal) => {
    first ||= envelope.to
    const isHers = envelope.to === first && world.sent.filter(one => one.to === first).length < 3
    return isHers
      ? { kind: 'throttled', fault: { class: 'rate_limited', code: '131056', reply: '' }, retryAfterMs: null }
      : accepted(envelope, signal)
  }
  const id = await world.launch()
  await world.advance(5000)
  expect(await world.states(id)).toEqual({ accepted: 9, ready: 1 })
  await world.advance(30_000)
  expect(await world.states(id)).toEqual({ accepted: 10 })
  const hers = world.sent.filter(one => one.to === first).map(one => one.at)
  expect(hers.map(at => at - (hers[0] ?? 0))).toEqual([0, 6000, 18_000])
})

test('the campaign of higher priority goes first, and the lower one says why it waits', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, perSecond: 5 })
  await world.people(40)
  const low = await world.launch({ priority: 2 })
  await world.advance(2000)
  const high = await world.launch({ priority: 4 })
  await world.advance(4000)
  const sent = world.sent.map(one => one.envelope.campaignId)
  const before = sent.indexOf(high)
  expect(sent.slice(before).every(id => id === high)).toBe(true)
  const { campaigns } = await world.sending.handlers.live({}, world.context)
  expect(campaigns.map(one => [one.id, one.hold.kind])).toEqual([
    [high, 'none'],
    [low, 'priority'],
  ])
  await world.advance(20_000)
  expect(await world.states(high)).toEqual({ accepted: 40 })
  expect(await world.states(low)).toEqual({ accepted: 40 })
  const order = world.sent.map(one => one.envelope.campaignId)
  expect(order.lastIndexOf(high)).toBe(before + 39)
})

test('a lower campaign goes on while the higher one has nothing due', async () => {
  await using world = await createSendWorld()
  await world.people(20)
  let high = ''
  world.wire = async (envelope, signal) =>
    envelope.campaignId === high && world.clock.now() < Date.parse('2026-03-02T09:01:00Z')
      ? refusal('deferred', 'temporary', '451 4.7.1')
      : accepted(envelope, signal)
  high = await world.launch({ priority: 5 })
  const low = await world.launch({ priority: 1 })
  await world.advance(5000)
  expect(await world.states(low)).toEqual({ accepted: 20 })
  expect(await world.states(high)).toEqual({ ready: 20 })
})

test('a campaign keeps its rate over all accounts together', async () => {
  await using world = await createSendWorld()
  await world.people(60)
  await write(
    world,
    `insert into senders select 'second', channel, provider, 'Second', settings, limits, state, state_reason,
      backing_off_until, 0, created_at, updated_at, archived_at from senders where id = 'test-account'`,
  )
  const id = await world.launch({ ratePerSecond: 2 })
  await world.settle()
  await write(
    world,
    `update messages set sender_id = 'second' where state = 'ready' and contact_id in
    (select id from contacts where no % 2 = 0)`,
  )
  world.kernel.events.publish({ kind: 'changed', entity: 'sender', ids: [] })
  await world.advance(30_000)
  const all = (await starts(world)).filter(one => one.campaignId === id)
  expectWithin(all, [rateWindow(2)])
  expect(all).toHaveLength(60)
  expect(new Set(all.map(one => one.senderId)).size).toBe(2)
})

test('a warm-up sends so many on each day of the workspace, then the limits hold alone', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, warmUp: { startedOn: '2026-03-02', perDay: [3, 5] } })
  await world.people(30)
  await world.launch()
  const { timeZone } = await world.accounts.settings(world.storage.reader)
  const dayOf = (at: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
  await world.advance(3 * 86_400_000)
  const days = new Map<string, number>()
  for (const { at } of world.sent) days.set(dayOf(at), (days.get(dayOf(at)) ?? 0) + 1)
  expect([...days]).toEqual([
    ['2026-03-02', 3],
    ['2026-03-03', 5],
    ['2026-03-04', 22],
  ])
})

test('a stopped template pauses its campaign, loses nothing, and goes on when it is resumed', async () => {
  await using world = await createSendWorld()
  await world.people(20)
  world.wire = async () => ({
    kind: 'rejected',
    fault: { class: 'permanent_message', code: '132015', reply: 'Template is paused' },
  })
  const id = await world.launch()
  await world.advance(1000)
  expect(await world.states(id)).toEqual({ ready: 20 })
  const [campaign] = await world.rows<{ status: string; why: string }>(
    'select status, status_reason as why from campaigns where id = ?',
    id,
  )
  expect(campaign?.status).toBe('paused')
  expect(campaign?.why).toContain('stopped the template')
  const [account] = await world.rows<{ state: string }>('select state from senders')
  expect(account?.state).toBe('running')
  world.wire = accepted
  await world.campaigns.handlers.campaigns.resume({ id: CampaignId.parse(id) }, world.context)
  await world.advance(1000)
  expect(await world.states(id)).toEqual({ accepted: 20 })
})

test('complaints pause a campaign from 0.3 % on, and a person who resumes it starts a new count', async () => {
  await using world = await createSendWorld()
  await world.limits({ ...UNLIMITED, perMinute: 150 })
  await world.people(200)
  const id = await world.launch()
  await world.advance(1000)
  expect(world.sent).toHaveLength(150)
  const entry = {
    kind: 'complained',
    campaignId: id,
    messageId: world.sent[0]?.messageId ?? '',
    contactId: null,
  } as const
  await transaction(
    world.storage.db,
    tx => world.sending.record(tx, [{ ...entry, at: world.clock.now(), eventKey: 'complaint', data: {} }]),
    { name: 'test' },
  )
  await world.advance(2000)
  const [campaign] = await world.rows<{ status: string; why: string }>(
    'select status, status_reason as why from campaigns where id = ?',
    id,
  )
  expect(campaign?.status).toBe('paused')
  expect(campaign?.why).toContain('0.67 % of the recipients reported this campaign as spam (1 of 150)')
  await world.campaigns.handlers.campaigns.resume({ id: CampaignId.parse(id) }, world.context)
  await world.advance(120_000)
  expect(await world.states(id)).toEqual({ accepted: 200 })
})

const HOUR = 3_600_000

test.each([
  ['set back an hour', -HOUR],
  ['set forward an hour', HOUR],
  ['asleep for a day', 24 * HOUR],
])('a clock that was %s neither stops an account nor lets it go over its limits', async (_name, jump) => {
  await using world = await createSendWorld()
  const limits = { ...UNLIMITED, perSecond: 2, perMinute: 20 }
  await world.limits(limits)
  await world.people(100)
  await world.launch()
  await world.advance(30_000)
  const before = world.sent.length
  expect(before).toBe(20)
  world.clock.set(jump)
  await world.advance(65_000)
  const after = world.sent.slice(before).map(one => one.at)
  // At least what a fresh minute allows went out, and by no measure more than the limits.
  expect(after.length).toBeGreaterThanOrEqual(20)
  expect(after.length).toBeLessThanOrEqual(60)
  for (const { limit, ms } of windowsOf(limits)) {
    for (let i = limit; i < after.length; i++)
      expect((after[i] ?? 0) - (after[i - limit] ?? 0)).toBeGreaterThanOrEqual(ms)
  }
})

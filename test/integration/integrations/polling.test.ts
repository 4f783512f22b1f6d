import { describe, expect, test } from 'vitest'
import { createPolling } from '../../../src/main/integrations/polling/polling.ts'
import type { Polled, Provider, ProviderEvent } from '../../../src/main/integrations/provider.ts'
import { sendgridKind } from '../../../src/main/integrations/providers/sendgrid/kind.ts'
import { days, minutes } from '../../../src/main/kernel/clock.ts'
import { providerReactions } from '../../../src/main/provider-reactions.ts'
import { SENDGRID_KEY, startSendgridFake } from '../../support/fakes/sendgrid.ts'
import { providerPorts } from '../../support/provider-ports.ts'
import { createSendWorld, type SendWorld, UNLIMITED } from '../sending/send-world.ts'

const ACCOUNT = 'test-account'

/** Makes the account one that can be asked; its messages go by the wire of the test. */
async function polled(world: SendWorld, poll: Provider['poll'], kind = 'sendgrid') {
  await world.storage.db.updateTable('senders').set({ provider: kind }).where('id', '=', ACCOUNT).execute()
  const provider: Provider = { send: () => Promise.reject(new Error('not here')), close: async () => undefined }
  const polling = createPolling({
    ...world,
    open: async () => (poll === undefined ? provider : { ...provider, poll }),
  })
  const integrations = { account: async () => ({ channel: 'email' as const, provider: kind }) }
  polling.onEvents(providerReactions({ ...world, integrations }))
  world.scheduler.wake()
  return polling
}

function event(changes: Partial<ProviderEvent>): ProviderEvent {
  return {
    kind: 'delivered',
    messageId: null,
    providerMessageId: null,
    address: '',
    at: Date.parse('2026-03-02T09:01:00Z'),
    eventId: 'e1',
    class: null,
    detail: '',
    costMinor: null,
    ...changes,
  }
}

/** A provider that tells the same again and again. */
function telling(events: readonly ProviderEvent[]): NonNullable<Provider['poll']> {
  return async () => ({ kind: 'events', events, cursor: 'c', isMore: false })
}

async function sentTo(world: SendWorld, count: number): Promise<readonly string[]> {
  await world.people(count)
  await world.launch()
  await world.settle()
  return world.sent.map(one => one.messageId)
}

function told(world: SendWorld) {
  return world.rows<{ kind: string; message_id: string; data: string }>(
    "select kind, message_id, data from ledger where event_key like 'provider:%' order by seq",
  )
}

function suppressed(world: SendWorld) {
  return world.rows<{ address: string; reason: string; source: string }>(
    'select address_key as address, reason, source from suppressions order by address_key',
  )
}

describe('what a provider tells', () => {
  test('is written once, whatever the order and however often it comes', async () => {
    await using world = await createSendWorld()
    const [first = '', second = ''] = await sentTo(world, 2)
    const events = [
      event({ kind: 'clicked', messageId: first, eventId: 'e2', detail: 'https://example.org/x' }),
      event({ kind: 'delivered', messageId: first, eventId: 'e1', costMinor: 3 }),
      event({ kind: 'delivered', messageId: second, eventId: 'e3' }),
    ]
    await polled(world, telling([...events, ...events].reverse()))
    await world.settle()
    await world.advance(minutes(16))
    expect((await told(world)).map(({ kind, message_id }) => [kind, message_id])).toEqual([
      ['delivered', second],
      ['delivered', first],
      ['clicked', first],
    ])
    expect((await told(world)).map(({ data }) => JSON.parse(data))).toEqual([
      {},
      { costMinor: 3 },
      { url: 'https://example.org/x' },
    ])
    expect(await suppressed(world)).toEqual([])
  })

  test('finds its message by address and time where it names no id', async () => {
    await using world = await createSendWorld()
    const [id] = await sentTo(world, 1)
    await polled(
      world,
      telling([
        event({ kind: 'bounced', address: 'PERSON1@example.org', class: 'permanent_address', eventId: 'now' }),
        event({
          kind: 'opened',
          address: 'person1@example.org',
          eventId: 'long after',
          at: world.clock.now() + days(20),
        }),
        event({ kind: 'opened', address: 'stranger@example.org', eventId: 'stranger' }),
        event({ kind: 'opened', messageId: 'of another system', eventId: 'other' }),
      ]),
    )
    await world.settle()
    expect((await told(world)).map(({ kind, message_id }) => [kind, message_id])).toEqual([['bounced', id]])
  })

  test('suppresses for a bad address, a complaint and an unsubscribe, and for nothing else', async () => {
    await using world = await createSendWorld()
    await sentTo(world, 6)
    const at = (n: number): string => `person${n}@example.org`
    await polled(
      world,
      telling([
        event({ kind: 'bounced', address: at(1), class: 'permanent_address', eventId: '1' }),
        event({ kind: 'bounced', address: at(2), class: 'temporary', eventId: '2' }),
        event({ kind: 'bounced', address: at(3), class: 'policy_sender', eventId: '3' }),
        event({ kind: 'complained', address: at(4), eventId: '4' }),
        event({ kind: 'unsubscribed', address: at(5), eventId: '5' }),
        event({ kind: 'failed', address: at(6), class: 'permanent_message', eventId: '6' }),
        event({ kind: 'complained', address: 'of-another-system@example.org', eventId: '7' }),
        event({ kind: 'bounced', address: 'never an address', class: 'permanent_address', eventId: '8' }),
      ]),
    )
    await world.settle()
    expect((await suppressed(world)).map(({ address, reason }) => [address, reason])).toEqual([
      ['of-another-system@example.org', 'complaint'],
      [at(1), 'hard_bounce'],
      [at(4), 'complaint'],
      [at(5), 'unsubscribe'],
    ])
    const next = await world.launch()
    await world.settle()
    expect(await world.states(next)).toMatchObject({ skipped: 3 })
  })

  test('is told again when it could not be written', async () => {
    await using world = await createSendWorld()
    const [id = ''] = await sentTo(world, 1)
    let tries = 0
    const polling = createPolling({
      ...world,
      open: async () => ({
        send: () => Promise.reject(new Error('not here')),
        close: async () => undefined,
        poll: async cursor => ({
          kind: 'events',
          events: [event({ messageId: id })],
          cursor: `${cursor}+`,
          isMore: false,
        }),
      }),
    })
    await world.storage.db.updateTable('senders').set({ provider: 'sendgrid' }).execute()
    polling.onEvents(async () => {
      tries += 1
      if (tries === 1) throw new Error('the disk is full')
    })
    world.scheduler.wake()
    await world.settle()
    const cursors = (): Promise<{ cursor: string; problem: string }[]> =>
      world.rows('select cursor, problem from poll_cursors')
    expect(await cursors()).toEqual([{ cursor: '', problem: 'What the provider told could not be kept' }])
    await world.advance(minutes(6))
    expect(tries).toBe(2)
    expect(await cursors()).toEqual([{ cursor: '+', problem: '' }])
  })
})

describe('asking', () => {
  function counted(answer: (n: number) => Polled) {
    const at: number[] = []
    return {
      at,
      poll:
        (world: SendWorld): NonNullable<Provider['poll']> =>
        async () => {
          at.push(world.clock.now())
          return answer(at.length)
        },
    }
  }
  const nothing: Polled = { kind: 'events', events: [], cursor: 'c', isMore: false }
  const down: Polled = {
    kind: 'failed',
    fault: { class: 'transport', code: 'ECONNREFUSED', reply: 'x' },
    retryAfterMs: null,
  }

  test('goes on every five minutes while there were messages in the last days, and then stops', async () => {
    await using world = await createSendWorld()
    const asked = counted(() => nothing)
    await polled(world, asked.poll(world))
    await world.settle()
    expect(asked.at).toHaveLength(0)
    await sentTo(world, 1)
    await world.advance(minutes(31))
    expect(asked.at.length).toBeGreaterThanOrEqual(6)
    expect(asked.at.length).toBeLessThanOrEqual(8)
    world.clock.jump(world.clock.now() + days(6))
    await world.advance(minutes(2))
    const before = asked.at.length
    await world.advance(minutes(30))
    expect(asked.at).toHaveLength(before)
  })

  test('becomes rarer while it fails, says why, and is as before when it works', async () => {
    await using world = await createSendWorld()
    const asked = counted(n => (n <= 4 ? down : nothing))
    await sentTo(world, 1)
    await polled(world, asked.poll(world))
    await world.settle()
    expect(await world.rows('select problem from poll_cursors')).toEqual([{ problem: 'ECONNREFUSED x' }])
    await world.advance(minutes(80))
    const gaps = asked.at.slice(1).map((at, n) => Math.round((at - (asked.at[n] ?? 0)) / minutes(1)))
    expect(gaps.slice(0, 4)).toEqual([5, 10, 20, 40])
    expect(await world.rows('select problem from poll_cursors')).toEqual([{ problem: '' }])
  })

  test('waits as long as the provider wishes', async () => {
    await using world = await createSendWorld()
    const asked = counted(n => (n === 1 ? { ...down, retryAfterMs: minutes(30) } : nothing))
    await sentTo(world, 1)
    await polled(world, asked.poll(world))
    await world.settle()
    await world.advance(minutes(29))
    expect(asked.at).toHaveLength(1)
    await world.advance(minutes(2))
    expect(asked.at).toHaveLength(2)
  })

  test('leaves alone what has nothing to tell', async () => {
    await using world = await createSendWorld()
    await sentTo(world, 1)
    await polled(world, undefined)
    await world.advance(minutes(20))
    expect(await world.rows('select count(*) as n from poll_cursors')).toEqual([{ n: 0 }])
  })

  test('never concerns the practice account', async () => {
    await using world = await createSendWorld()
    const asked = counted(() => nothing)
    await sentTo(world, 1)
    await polled(world, asked.poll(world), 'practice')
    await world.advance(minutes(20))
    expect(asked.at).toHaveLength(0)
  })

  test('goes on after a restart where it was', async () => {
    await using world = await createSendWorld()
    const cursors: string[] = []
    const poll: Provider['poll'] = async cursor => {
      cursors.push(cursor)
      return { kind: 'events', events: [], cursor: `${cursor}+`, isMore: cursors.length === 1 }
    }
    await sentTo(world, 1)
    await polled(world, poll)
    await world.settle()
    const again = await world.kill()
    await polled(again, poll)
    await again.advance(minutes(6))
    expect(cursors).toEqual(['', '+', '++'])
    await again.close()
  })
})

test('SendGrid’s own lists end up as suppressions, and nobody is written to again', async () => {
  await using world = await createSendWorld()
  const fake = await startSendgridFake()
  const settings = {
    provider: 'sendgrid' as const,
    region: 'global' as const,
    fromName: '',
    fromAddress: 'news@example.com',
    replyTo: '',
    apiBase: fake.url,
  }
  const account = {
    id: ACCOUNT,
    channel: 'email' as const,
    settings,
    limits: UNLIMITED,
    secret: async () => SENDGRID_KEY,
  }
  const provider = await sendgridKind.open(account, providerPorts(world.clock))
  await sentTo(world, 3)
  const created = Math.floor(world.clock.now() / 1000)
  fake.suppress('bounces', { email: 'person1@example.org', created, status: '5.1.1', reason: '550 user unknown' })
  fake.suppress('spam_reports', { email: 'person2@example.org', created, reason: '' })
  await polled(world, provider.poll)
  await world.settle()
  expect((await suppressed(world)).map(({ reason, source }) => [reason, source])).toEqual([
    ['hard_bounce', 'provider'],
    ['complaint', 'provider'],
  ])
  expect((await told(world)).map(({ kind }) => kind)).toEqual(['bounced', 'complained'])
  const next = await world.launch()
  await world.settle()
  expect(await world.states(next)).toMatchObject({ skipped: 2 })
  await provider.close()
  await fake.close()
})

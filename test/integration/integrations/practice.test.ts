import { once } from 'node:events'
import { createConnection } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { SendOutcome } from '../../../src/main/integrations/provider.ts'
import { systemClock } from '../../../src/main/kernel/clock.ts'
import { SenderId } from '../../../src/shared/contract/define.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'
import { type OpenIntegrations, openIntegrations } from './open-integrations.ts'

const signal = new AbortController().signal
const everything = { search: '', offset: 0, limit: 100 }

/** A clock that can be put forward, so that nobody waits for recipients. */
function movableClock(skip: { ms: number }) {
  const real = systemClock()
  return { now: () => real.now() + skip.ms, after: (ms: number, run: () => void) => real.after(ms, run) }
}

async function send(app: OpenIntegrations, to: string, changes = {}): Promise<SendOutcome> {
  const provider = await app.integrations.provider('practice-email')
  return provider.send(anEnvelope({ to, ...changes }), signal)
}

async function plain(app: OpenIntegrations): Promise<void> {
  await app.practice.setFallback({ behaviour: 'deliver', lively: false }, app.context)
}

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise(resolve => setTimeout(resolve, 5))
}

describe('the practice mailbox', () => {
  test('captures a message and shows it as the recipient sees it', async () => {
    await using app = await openIntegrations()
    await plain(app)
    const outcome = await send(app, 'Ann@example.com', {
      subject: 'Grüße aus Köln',
      html: '<p>Hällo <a href="https://example.com/?a=1&amp;b=2">here</a></p>',
      text: 'Hällo',
    })
    expect(outcome).toMatchObject({ kind: 'accepted' })
    const { rows, total } = await app.practice.mailbox(everything, app.context)
    expect(total).toBe(1)
    expect(rows[0]).toMatchObject({
      channel: 'email',
      to: 'Ann@example.com',
      subject: 'Grüße aus Köln',
      behaviour: 'deliver',
    })
    const opened = await app.practice.open({ id: rows[0]?.id ?? '' }, app.context)
    expect(opened.html).toContain('Hällo')
    expect(opened.text.trim()).toBe('Hällo')
    expect(opened.headers).toContainEqual({ name: 'X-Message-Ref', value: anEnvelope().messageId })
    expect(opened.source).toMatch(/^From: /)
    expect(opened.bytes).toBeGreaterThan(500)
  })

  test.each([
    ['bounce_hard', { kind: 'rejected', fault: { class: 'permanent_address', code: '550 5.1.1' } }],
    ['bounce_soft', { kind: 'deferred', fault: { class: 'temporary', code: '452 4.2.2' } }],
    ['delay', { kind: 'deferred', fault: { class: 'temporary', code: '450 4.7.1' } }],
  ] as const)('an address that is told to %s does', async (behaviour, expected) => {
    await using app = await openIntegrations()
    await plain(app)
    await app.practice.setRule({ address: 'Ann@Example.com', behaviour }, app.context)
    expect(await send(app, 'ann@example.com')).toMatchObject(expected)
    expect((await send(app, 'ann@example.com')).kind).toBe(behaviour === 'delay' ? 'accepted' : expected.kind)
    expect(await send(app, 'bob@example.com')).toMatchObject({ kind: 'accepted' })
  })

  test('a rule can be taken back', async () => {
    await using app = await openIntegrations()
    await plain(app)
    await app.practice.setRule({ address: 'ann@example.com', behaviour: 'bounce_hard' }, app.context)
    expect((await app.practice.rules({}, app.context)).rules).toEqual([
      { address: 'ann@example.com', behaviour: 'bounce_hard' },
    ])
    await app.practice.setRule({ address: 'ann@example.com', behaviour: null }, app.context)
    expect(await send(app, 'ann@example.com')).toMatchObject({ kind: 'accepted' })
    await expect(app.practice.setRule({ address: 'who?', behaviour: 'open' }, app.context)).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test('recipients open and click by themselves after a few seconds', async () => {
    const skip = { ms: 0 }
    await using app = await openIntegrations({ clock: movableClock(skip) })
    await plain(app)
    await app.integrations.start()
    await app.practice.setRule({ address: 'ann@example.com', behaviour: 'open' }, app.context)
    await app.practice.setRule({ address: 'bob@example.com', behaviour: 'click' }, app.context)
    await app.practice.setRule({ address: 'cyd@example.com', behaviour: 'click' }, app.context)
    const html = '<a href="mailto:x@y.example">no</a><a href="https://example.com/?a=1&amp;b=2">yes</a>'
    await send(app, 'ann@example.com', { messageId: 'm-ann' })
    await send(app, 'bob@example.com', { messageId: 'm-bob', html })
    await send(app, 'cyd@example.com', { messageId: 'm-cyd' })
    expect(app.events).toEqual([])
    skip.ms = 60_000
    app.parts.scheduler.wake()
    const clickedRow = async () => (await app.practice.mailbox({ ...everything, search: 'bob' }, app.context)).rows[0]
    await until(async () => (await clickedRow())?.clickedAt !== null)
    expect(app.events.map(event => `${event.messageId} ${event.kind} ${event.url}`).sort()).toEqual([
      'm-ann opened ',
      'm-bob clicked https://example.com/?a=1&b=2',
      'm-bob opened ',
      'm-cyd opened ',
    ])
  })

  test('who had yet to open when the application was closed opens after the next start', async () => {
    const skip = { ms: 0 }
    const first = await openIntegrations({ clock: movableClock(skip) })
    await plain(first)
    await first.practice.setRule({ address: 'ann@example.com', behaviour: 'open' }, first.context)
    await send(first, 'ann@example.com')
    await first.close()
    expect(first.events).toEqual([])
    skip.ms = 60_000
    await using again = await openIntegrations({ clock: movableClock(skip), folder: first.folder })
    await again.integrations.start()
    await until(() => again.events.length > 0)
    expect(again.events).toMatchObject([{ kind: 'opened', messageId: anEnvelope().messageId }])
  })

  test('a person can open, click and unsubscribe as the recipient', async () => {
    await using app = await openIntegrations()
    await plain(app)
    await send(app, 'ann@example.com', { text: 'See https://example.com/x.', html: '' })
    const id = (await app.practice.mailbox(everything, app.context)).rows[0]?.id ?? ''
    await app.practice.act({ id, action: 'click' }, app.context)
    await app.practice.act({ id, action: 'unsubscribe' }, app.context)
    expect(app.events.map(event => event.kind)).toEqual(['opened', 'clicked', 'unsubscribed'])
    const [row] = (await app.practice.mailbox(everything, app.context)).rows
    expect(row?.openedAt).not.toBeNull()
    expect(row?.clickedAt).not.toBeNull()
  })

  test('takes many messages at once, finds them by address and can be emptied', async () => {
    await using app = await openIntegrations()
    await plain(app)
    const people = Array.from({ length: 60 }, (_, n) => `person${n}@example.com`)
    const outcomes = await Promise.all(people.map((to, n) => send(app, to, { messageId: `m${n}` })))
    expect(outcomes.every(outcome => outcome.kind === 'accepted')).toBe(true)
    expect(await app.practice.mailbox({ search: 'person4', offset: 2, limit: 5 }, app.context)).toMatchObject({
      total: 11,
      rows: { length: 5 },
    })
    await app.practice.clear({}, app.context)
    expect((await app.practice.mailbox(everything, app.context)).total).toBe(0)
  })

  test('takes SMS, by the same rules', async () => {
    await using app = await openIntegrations()
    await plain(app)
    await app.practice.setRule({ address: '+1 555 010 0001', behaviour: 'bounce_hard' }, app.context)
    const provider = await app.integrations.provider('practice-sms')
    const { messageId, campaignId, from, at } = anEnvelope()
    const sms = { messageId, campaignId, from, at, channel: 'sms', text: 'Hi 🎉' } as const
    expect(await provider.send({ ...sms, to: '+15550100001' }, signal)).toMatchObject({
      kind: 'rejected',
      fault: { class: 'permanent_address' },
    })
    expect(await provider.send({ ...sms, to: '+15550100002' }, signal)).toMatchObject({ kind: 'accepted' })
    const [row] = (await app.practice.mailbox(everything, app.context)).rows
    expect(row).toMatchObject({ channel: 'sms', to: '+15550100002' })
    expect((await app.practice.open({ id: row?.id ?? '' }, app.context)).text).toBe('Hi 🎉')
  })

  test('lets nobody in who does not know the password of this start', async () => {
    await using app = await openIntegrations()
    await app.integrations.start()
    const { steps } = await app.senders.test(
      {
        sender: {
          id: SenderId.parse('practice-email'),
          channel: 'email',
          name: 'Practice',
          settings: { provider: 'practice', fromName: '', fromAddress: 'a@practice.example', replyTo: '' },
          limits: {
            perSecond: 1,
            perMinute: null,
            perHour: null,
            perDay: null,
            concurrency: 1,
            families: [],
            warmUp: null,
          },
          secrets: {},
        },
      },
      app.context,
    )
    const port = Number(/port (\d+)/.exec(steps[1]?.detail ?? '')?.[1])
    const socket = createConnection(port, '127.0.0.1')
    let said = ''
    socket.on('data', chunk => {
      said += String(chunk)
    })
    await once(socket, 'data')
    socket.write('EHLO x\r\nMAIL FROM:<a@b.example>\r\n')
    await until(() => said.includes('530'))
    socket.write(`AUTH PLAIN ${Buffer.from('\0practice\0guess').toString('base64')}\r\n`)
    await until(() => said.includes('535'))
    socket.destroy()
  })
})

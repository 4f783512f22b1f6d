import { afterEach, describe, expect, test } from 'vitest'
import type { Provider, ProviderEvent } from '../../../../src/main/integrations/provider.ts'
import { mailgunKind } from '../../../../src/main/integrations/providers/mailgun/kind.ts'
import { sendgridKind } from '../../../../src/main/integrations/providers/sendgrid/kind.ts'
import { sesKind } from '../../../../src/main/integrations/providers/ses/kind.ts'
import { hours, minutes } from '../../../../src/main/kernel/clock.ts'
import type { HttpFake } from '../../../support/fakes/http-fake.ts'
import { MAILGUN_KEY, startMailgunFake } from '../../../support/fakes/mailgun.ts'
import { SENDGRID_KEY, startSendgridFake } from '../../../support/fakes/sendgrid.ts'
import { SES_USER, startSesFake } from '../../../support/fakes/ses.ts'
import { providerPorts } from '../../../support/provider-ports.ts'
import { TestClock } from '../../../support/test-clock.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const from = { fromName: '', fromAddress: 'news@example.com', replyTo: '' }
const limits = {
  perSecond: null,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 1,
  families: [],
  warmUp: null,
}

const head = { id: 'a1', channel: 'email' as const, limits }

async function ses(fake: HttpFake, clock: TestClock): Promise<Provider> {
  const settings = {
    provider: 'ses' as const,
    region: 'eu-central-1',
    accessKeyId: SES_USER.accessKeyId,
    configurationSet: '',
    ...from,
    apiBase: fake.url,
  }
  return sesKind.open({ ...head, settings, secret: async () => SES_USER.secretAccessKey }, providerPorts(clock))
}

async function sendgrid(fake: HttpFake, clock: TestClock, key = SENDGRID_KEY): Promise<Provider> {
  const settings = { provider: 'sendgrid' as const, region: 'global' as const, ...from, apiBase: fake.url }
  return sendgridKind.open({ ...head, settings, secret: async () => key }, providerPorts(clock))
}

async function mailgun(fake: HttpFake, clock: TestClock): Promise<Provider> {
  const settings = {
    provider: 'mailgun' as const,
    region: 'us' as const,
    domain: 'mg.example.com',
    ...from,
    apiBase: fake.url,
  }
  return mailgunKind.open({ ...head, settings, secret: async () => MAILGUN_KEY }, providerPorts(clock))
}

/** Asks until there is nothing more, as the job does. */
async function whole(
  provider: Provider,
  cursor: string,
): Promise<{ events: ProviderEvent[]; cursor: string; pages: number }> {
  const events: ProviderEvent[] = []
  for (let pages = 1; ; pages++) {
    const polled = await provider.poll?.(cursor, new AbortController().signal)
    if (polled?.kind !== 'events') throw new Error(`not polled: ${JSON.stringify(polled)}`)
    events.push(...polled.events)
    cursor = polled.cursor
    if (!polled.isMore) return { events, cursor, pages }
  }
}

describe('Amazon SES', () => {
  test('tells who is on its suppression list, page by page, and later only what is new', async () => {
    const clock = new TestClock(NOW)
    const fake = await startSesFake('eu-central-1')
    const provider = await ses(fake, clock)
    closing.push(fake.close, () => provider.close())
    fake.suppress('long-ago@example.org', 'BOUNCE', NOW - hours(24 * 9))
    for (let n = 0; n < 5; n++) fake.suppress(`gone${n}@example.org`, 'BOUNCE', NOW - hours(5 - n))
    fake.suppress('angry@example.org', 'COMPLAINT', NOW - minutes(30))
    const first = await whole(provider, '')
    expect(first.pages).toBe(3)
    expect(first.events.map(event => `${event.kind} ${event.address} ${event.class}`)).toEqual([
      ...[0, 1, 2, 3, 4].map(n => `bounced gone${n}@example.org permanent_address`),
      'complained angry@example.org null',
    ])
    fake.suppress('new@example.org', 'BOUNCE', NOW + minutes(3))
    const second = await whole(provider, first.cursor)
    expect(second.events.map(event => event.address)).toEqual(
      ['angry@example.org', 'new@example.org'].slice(-second.events.length),
    )
    expect(second.events.at(-1)?.address).toBe('new@example.org')
  })
})

describe('SendGrid', () => {
  test('tells all five lists, and only an address that does not exist is a bad one', async () => {
    const clock = new TestClock(NOW)
    const fake = await startSendgridFake()
    const provider = await sendgrid(fake, clock)
    closing.push(fake.close, () => provider.close())
    const created = Math.floor(NOW / 1000) - 60
    fake.suppress('bounces', { email: 'gone@example.org', created, status: '5.1.1', reason: '550 5.1.1 user unknown' })
    fake.suppress('bounces', { email: 'full@example.org', created, status: '5.2.2', reason: '552 5.2.2 mailbox full' })
    fake.suppress('bounces', {
      email: 'spam@example.org',
      created,
      status: '5.7.1',
      reason: '550 5.7.1 blocked as spam',
    })
    fake.suppress('invalid_emails', {
      email: 'no@such',
      created,
      reason: 'Mail domain mentioned in email address is unknown',
    })
    fake.suppress('blocks', { email: 'blocked@example.org', created, status: '4.0.0', reason: 'blocked' })
    fake.suppress('spam_reports', { email: 'angry@example.org', created, reason: '' })
    fake.suppress('unsubscribes', { email: 'enough@example.org', created, reason: '' })
    const { events, cursor } = await whole(provider, '')
    expect(events.map(event => `${event.kind} ${event.address} ${event.class}`)).toEqual([
      'bounced gone@example.org permanent_address',
      'bounced full@example.org temporary',
      'bounced spam@example.org policy_sender',
      'bounced no@such permanent_address',
      'bounced blocked@example.org policy_sender',
      'complained angry@example.org null',
      'unsubscribed enough@example.org null',
    ])
    // What comes again has the same id.
    const again = await whole(provider, cursor)
    expect(again.events.map(event => event.eventId)).toEqual(events.map(event => event.eventId))
  })

  test('reads a list that is longer than a page', async () => {
    const clock = new TestClock(NOW)
    const fake = await startSendgridFake()
    const provider = await sendgrid(fake, clock)
    closing.push(fake.close, () => provider.close())
    const created = Math.floor(NOW / 1000)
    for (let n = 0; n < 1100; n++) fake.suppress('bounces', { email: `p${n}@example.org`, created, reason: '' })
    const { events } = await whole(provider, '')
    expect(new Set(events.map(event => event.address)).size).toBe(1100)
  })
})

describe('Mailgun', () => {
  test('tells what happened by our own id, and goes on from there', async () => {
    const clock = new TestClock(NOW)
    const fake = await startMailgunFake()
    const provider = await mailgun(fake, clock)
    closing.push(fake.close, () => provider.close())
    const at = NOW / 1000 - 60
    const ours = { recipient: 'ann@example.org', 'user-variables': { 'message-id': 'm1' } }
    fake.happened({ id: 'e1', event: 'delivered', timestamp: at, ...ours })
    fake.happened({ id: 'e2', event: 'failed', severity: 'temporary', timestamp: at + 1, ...ours })
    fake.happened({
      id: 'e3',
      event: 'failed',
      severity: 'permanent',
      reason: 'bounce',
      timestamp: at + 2,
      'delivery-status': { code: 550, message: '5.1.1 user unknown' },
      ...ours,
    })
    fake.happened({ id: 'e4', event: 'clicked', url: 'https://example.org/x', timestamp: at + 3, ...ours })
    fake.happened({ id: 'e5', event: 'something new', timestamp: at + 4 })
    const first = await whole(provider, '')
    expect(first.events.map(({ kind, messageId, class: why, detail }) => [kind, messageId, why, detail])).toEqual([
      ['delivered', 'm1', null, ''],
      ['bounced', 'm1', 'permanent_address', '550 5.1.1 user unknown'],
      ['clicked', 'm1', null, 'https://example.org/x'],
    ])
    fake.happened({ id: 'e6', event: 'complained', timestamp: at + 120, ...ours })
    expect((await whole(provider, first.cursor)).events.map(event => event.eventId)).toContain('e6')
    // The key goes to the account's own server only, whatever a page names as the next one.
    expect(fake.requests.every(request => request.headers.authorization?.startsWith('Basic '))).toBe(true)
  })
})

describe('a provider that cannot be asked', () => {
  test.each([
    ['says so when the key is wrong', 'wrong', [], 'account', null],
    [
      'says when it may be asked again',
      SENDGRID_KEY,
      [{ status: 429, headers: { 'retry-after': '90' } }],
      'rate_limited',
      90_000,
    ],
    ['is asked again after an answer that makes no sense', SENDGRID_KEY, ['garbage'], 'temporary', null],
    ['is asked again after an answer that never came', SENDGRID_KEY, ['drop'], 'transport', null],
  ] as const)('%s', async (_name, key, troubles, why, wait) => {
    const clock = new TestClock(NOW)
    const fake = await startSendgridFake()
    const provider = await sendgrid(fake, clock, key)
    closing.push(fake.close, () => provider.close())
    fake.trouble(...troubles)
    expect(await provider.poll?.('', new AbortController().signal)).toMatchObject({
      kind: 'failed',
      fault: { class: why },
      retryAfterMs: wait,
    })
  })

  test('begins anew when another version wrote the cursor', async () => {
    const clock = new TestClock(NOW)
    const fake = await startSendgridFake()
    const provider = await sendgrid(fake, clock)
    closing.push(fake.close, () => provider.close())
    for (const cursor of ['rubbish', '{"x":1}', 'null']) {
      expect(await provider.poll?.(cursor, new AbortController().signal)).toMatchObject({ kind: 'events' })
    }
  })
})

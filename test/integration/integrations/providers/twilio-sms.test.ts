import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SmsEnvelope } from '../../../../src/main/integrations/provider.ts'
import { laterStatus } from '../../../../src/main/integrations/providers/twilio-sms/message-status.ts'
import { anAccount, failedStepOf } from '../../../support/fakes/open-account.ts'
import { testTroubles } from '../../../support/fakes/troubles.ts'
import { startTwilioFake, type TwilioFake } from '../../../support/fakes/twilio.ts'
import { TestClock } from '../../../support/test-clock.ts'

const signal = new AbortController().signal
const clock = new TestClock('2026-11-20T10:00:00Z')
let fake: TwilioFake

beforeAll(async () => {
  fake = await startTwilioFake(() => clock.now())
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.messages.length = 0
})

const SETTINGS = {
  provider: 'twilio_sms',
  accountSid: `AC${'a1'.repeat(16)}`,
  apiKeySid: '',
  messagingServiceSid: '',
  smartEncoding: true,
  fromName: '',
  fromAddress: '+1 (501) 712-2661',
  replyTo: '',
  apiBase: '',
} as const

function account(settings: object = {}, secrets: Record<string, string> = { authToken: 'token-of-the-fake' }) {
  return anAccount('sms', { ...SETTINGS, apiBase: fake.url, ...settings }, secrets, clock)
}

function anSms(changes: Partial<SmsEnvelope> = {}): SmsEnvelope {
  return {
    channel: 'sms',
    messageId: 'm1',
    campaignId: 'c1',
    to: '+15558675310',
    from: { name: '', address: '+15017122661' },
    at: clock.now(),
    text: 'Hello',
    ...changes,
  }
}

describe('Twilio SMS', () => {
  test('sends the form that is documented, and keeps the SID', async () => {
    const provider = await account().open()
    const outcome = await provider.send(anSms({ text: '“Don’t miss it” & more' }), signal)
    expect(outcome).toMatchObject({ kind: 'accepted', providerMessageId: fake.messages[0]?.sid })
    expect(fake.messages[0]?.form).toEqual({
      To: '+15558675310',
      From: '+15017122661',
      Body: '"Don\'t miss it" & more',
      SmartEncoded: 'true',
    })
    await provider.close()
  })

  test('lets a messaging service choose the number, and leaves the text alone where smart encoding is off', async () => {
    const messagingServiceSid = `MG${'b2'.repeat(16)}`
    const provider = await account({ messagingServiceSid, fromAddress: '', smartEncoding: false }).open()
    await provider.send(anSms({ text: 'Don’t' }), signal)
    expect(fake.messages[0]?.form).toEqual({
      To: '+15558675310',
      MessagingServiceSid: messagingServiceSid,
      Body: 'Don’t',
      SmartEncoded: 'false',
    })
    await provider.close()
  })

  test.each([
    ['+15005550001', { kind: 'rejected', fault: { class: 'permanent_address', code: '21211' } }],
    ['+15005550009', { kind: 'rejected', fault: { class: 'permanent_address', code: '21614' } }],
    ['+15005550013', { kind: 'rejected', fault: { class: 'permanent_address', code: '21635' } }],
    ['+15005550004', { kind: 'rejected', optedOut: true, fault: { code: '21610' } }],
    ['+15005550002', { kind: 'rejected', isPersonal: true, fault: { class: 'policy_sender', code: '21612' } }],
    ['+15005550003', { kind: 'rejected', isPersonal: true, fault: { class: 'policy_sender', code: '21408' } }],
    ['+15005550010', { kind: 'throttled', fault: { class: 'account', code: '21606' } }],
    ['+15005550011', { kind: 'throttled', retryAfterMs: 60_000, fault: { class: 'rate_limited', code: '21611' } }],
    ['+15005550012', { kind: 'throttled', fault: { class: 'policy_sender', code: '30034' } }],
  ])('what Twilio says of %s becomes the right outcome', async (to, outcome) => {
    const provider = await account().open()
    expect(await provider.send(anSms({ to }), signal)).toMatchObject(outcome)
    expect(fake.messages).toHaveLength(0)
    await provider.close()
  })

  test('refuses by itself what Twilio never takes', async () => {
    const provider = await account().open()
    const before = fake.requests.length
    for (const text of [' ', 'x'.repeat(1601)]) {
      expect(await provider.send(anSms({ text }), signal)).toMatchObject({
        kind: 'rejected',
        fault: { class: 'permanent_message' },
      })
    }
    expect(fake.requests).toHaveLength(before)
    await provider.close()
  })

  test('a missing secret stops the account without a request', async () => {
    const provider = await account({}, {}).open()
    expect(await provider.send(anSms(), signal)).toMatchObject({ kind: 'throttled', fault: { class: 'account' } })
    await provider.close()
  })

  test('tells what became of messages, what they cost, and who wants no more', async () => {
    const provider = await account().open()
    for (const n of [1, 2, 3, 4]) await provider.send(anSms({ to: `+1555867531${n}` }), signal)
    const [one, two, three] = fake.messages
    Object.assign(one ?? {}, { status: 'delivered', price: '-0.00790' })
    Object.assign(two ?? {}, { status: 'undelivered', error_code: 30005 })
    Object.assign(three ?? {}, { status: 'undelivered', error_code: 30007 })
    const at = 'Fri, 20 Nov 2026 09:59:00 GMT'
    fake.receive({ from: '+15558675319', body: 'Stop!', at })
    fake.receive({ from: '+15558675318', body: 'Thanks', at })
    const polled = await provider.poll?.('', signal)
    const events = polled?.kind === 'events' ? polled.events : []
    expect(events.map(event => [event.kind, event.address, event.class, event.detail, event.costMinor])).toEqual([
      ['replied', '+15558675318', null, '', null],
      ['unsubscribed', '+15558675319', null, 'stop', null],
      ['failed', '', 'policy_sender', '30007', null],
      ['bounced', '', 'permanent_address', '30005', null],
      ['delivered', '', null, '', 0.79],
    ])
    expect(fake.requests.at(-1)?.query.get('DateSent>')).toBe('2026-11-17')
    await provider.close()
  })

  test('reads the list page by page, and goes on at the page where it was', async () => {
    const provider = await account().open()
    for (let n = 0; n < 1001; n++)
      fake.receive({ from: '+15558675310', body: 'hi', at: 'Fri, 20 Nov 2026 09:59:00 GMT' })
    const first = await provider.poll?.('', signal)
    expect(first).toMatchObject({ kind: 'events', isMore: true })
    const second = await provider.poll?.(first?.kind === 'events' ? first.cursor : '', signal)
    expect(second).toMatchObject({ kind: 'events', isMore: false })
    expect(second?.kind === 'events' && second.events).toHaveLength(1)
    await provider.poll?.(second?.kind === 'events' ? second.cursor : '', signal)
    // The last days were just read: now today is enough.
    expect(fake.requests.at(-1)?.query.get('DateSent>')).toBe('2026-11-20')
    await provider.close()
  })

  test('a poll that fails says why and when to come again', async () => {
    const provider = await account().open()
    fake.trouble({ status: 429, headers: { 'retry-after': '3' }, body: { code: 20429, message: 'Too Many Requests' } })
    expect(await provider.poll?.('not a cursor', signal)).toMatchObject({
      kind: 'failed',
      retryAfterMs: 3000,
      fault: { class: 'rate_limited' },
    })
    await provider.close()
  })

  test('finds a message whose answer was lost by its number, time and words', async () => {
    const provider = await account().open()
    fake.trouble(null, 'drop')
    await provider.send(anSms({ text: 'Something else' }), signal)
    const startedAt = clock.now()
    expect(await provider.send(anSms({ text: 'Don’t go' }), signal)).toMatchObject({ kind: 'unknown' })
    const question = { messageId: 'm1', to: '+15558675310', text: 'Don’t go', startedAt }
    expect(await provider.lookUp?.(question, signal)).toEqual({ kind: 'absent' })
    await provider.send(anSms({ text: 'Don’t go' }), signal)
    expect(await provider.lookUp?.(question, signal)).toEqual({
      kind: 'taken',
      providerMessageId: fake.messages[1]?.sid,
    })
    expect(await provider.lookUp?.({ ...question, text: null }, signal)).toMatchObject({ kind: 'unclear' })
    await provider.send(anSms({ text: 'Don’t go' }), signal)
    expect(await provider.lookUp?.(question, signal)).toMatchObject({ kind: 'unclear' })
    await provider.close()
  })

  test('trying the account names the step that fails and what to do', async () => {
    expect(failedStepOf(await account().diagnose())).toBeNull()
    expect(failedStepOf(await account({}, { authToken: 'wrong' }).diagnose())).toMatchObject({
      step: 'login',
      remedy: expect.stringContaining('auth token'),
    })
    expect(failedStepOf(await account({ fromAddress: '+15550000000' }).diagnose())).toMatchObject({ step: 'sender' })
    fake.accountStatus = 'suspended'
    expect(failedStepOf(await account().diagnose())).toMatchObject({ step: 'login' })
    fake.accountStatus = 'active'
    expect(failedStepOf(await account({}, {}).diagnose())).toMatchObject({ step: 'login' })
    expect(fake.messages).toHaveLength(0)
  })

  test('settings that cannot work are named', () => {
    expect(() => account({ accountSid: 'SKnope' })).toThrow('settings.accountSid')
    expect(() => account({ fromAddress: 'A name that is too long' })).toThrow('settings.fromAddress')
    expect(() => account({ apiBase: 'http://example.com' })).toThrow('settings.apiBase')
  })

  test('a later status is never taken back by an earlier one', () => {
    expect(['sent', 'delivered', 'sending', 'read', 'queued', 'mystery'].reduce(laterStatus)).toBe('read')
    expect(laterStatus('failed', 'sent')).toBe('failed')
  })

  describe('when the network or the service fails', () => {
    testTroubles({
      open: (url, troubled) => anAccount('sms', { ...SETTINGS, apiBase: url }, { authToken: 'x' }, troubled).open(),
      envelope: anSms(),
      lost: 'unknown',
    })
  })
})

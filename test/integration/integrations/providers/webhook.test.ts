import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SocialEnvelope } from '../../../../src/main/integrations/provider.ts'
import { addressProblem } from '../../../../src/main/integrations/providers/webhook/address.ts'
import { signWebhook, webhookKey } from '../../../../src/main/integrations/providers/webhook/signature.ts'
import { type HttpFake, startHttpFake } from '../../../support/fakes/http-fake.ts'
import { anAccount, failedStepOf } from '../../../support/fakes/open-account.ts'
import { testTroubles } from '../../../support/fakes/troubles.ts'
import { TestClock } from '../../../support/test-clock.ts'

const signal = new AbortController().signal
const clock = new TestClock('2026-11-20T10:00:00Z')
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OTHER = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const POST: SocialEnvelope = {
  channel: 'social',
  messageId: 'm1',
  campaignId: 'c1',
  to: 'page',
  from: { name: '', address: '' },
  at: Date.parse('2026-11-20T09:00:00Z'),
  text: 'Hello',
  link: '',
  imageLink: '',
}

let fake: HttpFake
beforeAll(async () => {
  fake = await startHttpFake(request => (request.method === 'POST' ? { status: 204 } : { status: 405 }))
})
afterAll(() => fake.close())

function account(changes: { url?: string; secret?: string; allowLocal?: boolean; clock?: TestClock } = {}) {
  const { url = `${fake.url}/hook`, secret = SECRET, allowLocal = true } = changes
  const settings = { provider: 'webhook', url, allowLocal, fromName: '', fromAddress: '', replyTo: '' } as const
  return anAccount('social', settings, { secret }, changes.clock ?? clock)
}

async function delivered(changes: Parameters<typeof account>[0] = {}, post: SocialEnvelope = POST) {
  const provider = await account(changes).open()
  const outcome = await provider.send(post, signal)
  await provider.close()
  return outcome
}

describe('the signed webhook', () => {
  test('signs as Standard Webhooks shows', () => {
    const key = webhookKey(SECRET)
    if (key === null) throw new Error('no key')
    const delivery = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }
    expect(signWebhook(key, delivery)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  test.each(['', 'secret', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${Buffer.alloc(65).toString('base64')}`, 'whsec_%%%'])(
    'takes %j for no secret',
    secret => {
      expect(webhookKey(secret)).toBeNull()
    },
  )

  test('a receiver can check what it got, with the old key and the new one', async () => {
    const before = fake.requests.length
    expect(await delivered({ secret: `${OTHER} ${SECRET}` })).toMatchObject({ kind: 'accepted' })
    const request = fake.requests[before]
    const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures = '' } = request?.headers ?? {}
    expect([id, at]).toEqual(['m1', String(clock.now() / 1000)])
    const expected = [OTHER, SECRET].map(secret => {
      const key = Buffer.from(secret.slice(6), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${at}.${request?.body}`).digest('base64')}`
    })
    expect(signatures.split(' ')).toEqual(expected)
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'campaign.message',
      timestamp: '2026-11-20T09:00:00.000Z',
      data: {
        messageId: 'm1',
        campaignId: 'c1',
        channel: 'social',
        to: 'page',
        text: 'Hello',
        link: '',
        imageLink: '',
      },
    })
  })

  test('the id stays the same for each try, so that a receiver can tell repeats', async () => {
    fake.trouble({ status: 503 })
    const from = fake.requests.length
    expect(await delivered()).toMatchObject({ kind: 'deferred', fault: { class: 'temporary' } })
    await clock.advance(5000)
    expect(await delivered()).toMatchObject({ kind: 'accepted' })
    const ids = z.array(z.string()).parse(fake.requests.slice(from).map(one => one.headers['webhook-id']))
    expect(ids).toEqual(['m1', 'm1'])
  })

  test.each([
    [410, { kind: 'throttled', fault: { class: 'account', code: '410' } }],
    [302, { kind: 'throttled', fault: { class: 'account' } }],
    [429, { kind: 'throttled', fault: { class: 'rate_limited' } }],
    [502, { kind: 'throttled', fault: { class: 'rate_limited' } }],
    [500, { kind: 'deferred', fault: { class: 'temporary' } }],
    [422, { kind: 'rejected', fault: { class: 'permanent_message' } }],
  ])('status %i becomes the right outcome', async (status, outcome) => {
    fake.trouble({ status, headers: status === 302 ? { location: '/elsewhere' } : {} })
    expect(await delivered()).toMatchObject(outcome)
  })

  test.each([
    'http://example.com/hook',
    'ftp://example.com/',
    'https://user:pass@example.com/',
    'https://localhost/hook',
    'https://127.0.0.1/hook',
    'https://2130706433/hook',
    'https://0x7f.1/hook',
    'https://10.1.2.3/hook',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/hook',
    'https://[fd00::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://0.0.0.0/',
    'not an address',
  ])('%s is no address for deliveries', url => {
    expect(addressProblem(url, false)).not.toBeNull()
    expect(() => account({ url, allowLocal: false })).toThrow('settings.url')
  })

  test('an outside address may be used, a local one where a person allows it', () => {
    expect(addressProblem('https://example.com/hook', false)).toBeNull()
    expect(addressProblem('https://192.168.1.1/', true)).toBeNull()
    expect(addressProblem('http://192.168.1.1/', true)).not.toBeNull()
  })

  test('a name that leads to this machine is refused when it is looked up, before anything is sent', async () => {
    // `localhost.` with its dot passes as a name, and every resolver takes it to this machine.
    const url = `https://localhost.:${new URL(fake.url).port}/hook`
    const before = fake.requests.length
    expect(await delivered({ url, allowLocal: false })).toMatchObject({ kind: 'throttled' })
    expect(fake.requests).toHaveLength(before)
  })

  test('what is too long or badly signed is not sent', async () => {
    const before = fake.requests.length
    expect(await delivered({}, { ...POST, text: 'x'.repeat(21_000) })).toMatchObject({ kind: 'rejected' })
    expect(await delivered({ secret: 'nonsense' })).toMatchObject({ kind: 'throttled', fault: { class: 'account' } })
    expect(fake.requests).toHaveLength(before)
  })

  test('trying the account delivers nothing', async () => {
    const before = fake.requests.length
    expect(failedStepOf(await account().diagnose())).toBeNull()
    expect(failedStepOf(await account({ secret: 'x' }).diagnose())).toMatchObject({ step: 'login' })
    expect(fake.requests.slice(before).every(request => request.method === 'GET')).toBe(true)
  })

  describe('when the network or the receiver fails', () => {
    testTroubles({
      open: (url, troubled) => account({ url, clock: troubled }).open(),
      envelope: POST,
      lost: 'deferred',
      garbage: 'accepted',
    })
  })
})

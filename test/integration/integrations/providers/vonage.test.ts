import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SmsEnvelope } from '../../../../src/main/integrations/provider.ts'
import { anAccount, failedStepOf } from '../../../support/fakes/open-account.ts'
import { testTroubles } from '../../../support/fakes/troubles.ts'
import { startVonageFake, type VonageFake } from '../../../support/fakes/vonage.ts'
import { TestClock } from '../../../support/test-clock.ts'

const signal = new AbortController().signal
const clock = new TestClock('2026-11-20T10:00:00Z')
const SETTINGS = {
  provider: 'vonage',
  apiKey: 'abcd1234',
  smartEncoding: true,
  fromName: '',
  fromAddress: '+447700900000',
  replyTo: '',
  apiBase: '',
} as const
const SMS: SmsEnvelope = {
  channel: 'sms',
  messageId: 'm1',
  campaignId: 'c1',
  to: '+447700900123',
  from: { name: '', address: '' },
  at: 0,
  text: 'It’s time',
}

let fake: VonageFake
beforeAll(async () => {
  fake = await startVonageFake()
})
afterAll(() => fake.close())

const account = (secret = 'secret') =>
  anAccount('sms', { ...SETTINGS, apiBase: fake.url }, { apiSecret: secret }, clock)

describe('Vonage SMS', () => {
  test('sends the form that is documented; what needs Unicode is called so', async () => {
    const provider = await account().open()
    expect(await provider.send(SMS, signal)).toMatchObject({ kind: 'accepted', providerMessageId: 'id-1-0' })
    await provider.send({ ...SMS, text: 'Olá 😀' }, signal)
    const base = {
      api_key: 'abcd1234',
      api_secret: 'secret',
      from: '447700900000',
      to: '447700900123',
      'client-ref': 'm1',
    }
    expect(fake.sent).toEqual([
      { ...base, text: "It's time" },
      { ...base, text: 'Olá 😀', type: 'unicode' },
    ])
    await provider.close()
  })

  test.each([
    ['1', { kind: 'throttled', fault: { class: 'rate_limited' } }],
    ['2', { kind: 'rejected', fault: { class: 'permanent_message' } }],
    ['3', { kind: 'rejected', fault: { class: 'permanent_message' } }],
    ['4', { kind: 'throttled', fault: { class: 'account' } }],
    ['5', { kind: 'deferred', fault: { class: 'temporary' } }],
    ['6', { kind: 'rejected', fault: { class: 'permanent_message' } }],
    ['7', { kind: 'rejected', fault: { class: 'permanent_address' } }],
    ['8', { kind: 'throttled', fault: { class: 'account' } }],
    ['9', { kind: 'throttled', fault: { class: 'account' } }],
    ['29', { kind: 'rejected', isPersonal: true }],
  ])('status %s becomes the right outcome', async (status, outcome) => {
    const provider = await account().open()
    fake.nextStatuses.push(status)
    expect(await provider.send(SMS, signal)).toMatchObject(outcome)
    await provider.close()
  })

  test('a message of which one part went is not sent again', async () => {
    const provider = await account().open()
    fake.nextStatuses.push('0', '1')
    expect(await provider.send(SMS, signal)).toMatchObject({ kind: 'accepted' })
    await provider.close()
  })

  test('trying the account names the step that fails', async () => {
    expect(failedStepOf(await account().diagnose())).toBeNull()
    expect(failedStepOf(await account('wrong').diagnose())).toMatchObject({ step: 'login' })
    fake.credit = 0
    expect(failedStepOf(await account().diagnose())).toMatchObject({ remedy: expect.stringContaining('Add credit') })
  })

  describe('when the network or the service fails', () => {
    testTroubles({
      open: (url, troubled) => anAccount('sms', { ...SETTINGS, apiBase: url }, { apiSecret: 'x' }, troubled).open(),
      envelope: SMS,
      lost: 'unknown',
    })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SendOutcome, VoiceEnvelope } from '../../../../src/main/integrations/provider.ts'
import { twimlOf } from '../../../../src/main/integrations/providers/twilio-voice/twiml.ts'
import { anAccount, failedStepOf } from '../../../support/fakes/open-account.ts'
import { testTroubles } from '../../../support/fakes/troubles.ts'
import { startTwilioFake, type TwilioFake } from '../../../support/fakes/twilio.ts'
import { TestClock } from '../../../support/test-clock.ts'

const clock = new TestClock('2026-11-20T10:00:00Z')
const SETTINGS = {
  provider: 'twilio_voice',
  accountSid: `AC${'a1'.repeat(16)}`,
  apiKeySid: '',
  machineDetection: true,
  fromName: '',
  fromAddress: '+15017122661',
  replyTo: '',
  apiBase: '',
} as const
const CALL: VoiceEnvelope = {
  channel: 'voice',
  messageId: 'm1',
  campaignId: 'c1',
  to: '+15558675310',
  from: { name: '', address: '' },
  at: 0,
  text: 'Hello from Riverside',
  voice: 'Polly.Joanna',
  language: 'en-US',
}

let fake: TwilioFake
beforeAll(async () => {
  fake = await startTwilioFake(() => clock.now())
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.calls.length = 0
  fake.callScript.length = 0
})

const account = (settings: object = {}) =>
  anAccount('voice', { ...SETTINGS, apiBase: fake.url, ...settings }, { authToken: 'token-of-the-fake' }, clock)

/** Places a call and lets time pass until it has ended. */
async function called(
  statuses: string[],
  options: { answeredBy?: string; envelope?: Partial<VoiceEnvelope>; abort?: AbortController } = {},
): Promise<SendOutcome> {
  const provider = await account().open()
  fake.callScript.push({ statuses, ...(options.answeredBy ? { answeredBy: options.answeredBy } : {}) })
  const signal = options.abort?.signal ?? new AbortController().signal
  let isOver = false
  const sent = provider.send({ ...CALL, ...options.envelope }, signal).finally(() => {
    isOver = true
  })
  const before = fake.requests.length
  while (!isOver) {
    await clock.advance(4000)
    await new Promise(resolve => setImmediate(resolve))
    if (fake.requests.length >= before + 3) options.abort?.abort()
  }
  await provider.close()
  return sent
}

describe('Twilio Voice', () => {
  test('reads the words out that go along, escaped, and waits until the call has ended', async () => {
    const outcome = await called(['ringing', 'in-progress', 'completed'], {
      answeredBy: 'human',
      envelope: { text: 'Fish & <Chips> "today"' },
    })
    expect(outcome).toMatchObject({
      kind: 'accepted',
      providerMessageId: fake.calls[0]?.sid,
      reply: 'answered by a person',
    })
    expect(fake.calls[0]?.form).toEqual({
      To: '+15558675310',
      From: '+15017122661',
      Twiml:
        '<Response><Pause length="1"/><Say voice="Polly.Joanna" language="en-US">Fish &amp; &lt;Chips&gt; &quot;today&quot;</Say></Response>',
      Timeout: '30',
      MachineDetection: 'DetectMessageEnd',
    })
  })

  test.each([
    [['completed'], 'machine_end_beep', { kind: 'accepted', reply: 'left on a mailbox' }],
    [['completed'], 'fax', { kind: 'rejected', fault: { class: 'permanent_address' } }],
    [['ringing', 'busy'], '', { kind: 'deferred', retry: { leastWaitMs: 7_200_000, mostRetries: 2 } }],
    [['ringing', 'no-answer'], '', { kind: 'deferred', retry: { leastWaitMs: 7_200_000, mostRetries: 2 } }],
    [['failed'], '', { kind: 'deferred', retry: { leastWaitMs: 7_200_000, mostRetries: 1 } }],
    [['canceled'], '', { kind: 'rejected', isPersonal: true }],
  ])('a call that goes %j with %j becomes the right outcome', async (statuses, answeredBy, outcome) => {
    expect(await called(statuses, { answeredBy })).toMatchObject(outcome)
  })

  test('a call that goes on when Tidings stops counts as made', async () => {
    expect(await called([], { abort: new AbortController() })).toMatchObject({
      kind: 'accepted',
      providerMessageId: fake.calls[0]?.sid,
    })
  })

  test('a call of which nothing is heard any more counts as made', async () => {
    expect(await called(['ringing'])).toMatchObject({ kind: 'accepted', reply: expect.stringContaining('not known') })
  })

  test('refuses a script that is too long or empty before anything is sent', async () => {
    const provider = await account().open()
    const before = fake.requests.length
    for (const text of ['', 'x'.repeat(3950), '&'.repeat(900)]) {
      expect(await provider.send({ ...CALL, text }, new AbortController().signal)).toMatchObject({
        kind: 'rejected',
        fault: { class: 'permanent_message' },
      })
    }
    expect(fake.requests).toHaveLength(before)
    await provider.close()
  })

  test('finds a call whose answer was lost', async () => {
    const provider = await account().open()
    const signal = new AbortController().signal
    const question = { messageId: 'm1', to: CALL.to, text: null, startedAt: clock.now() }
    expect(await provider.lookUp?.(question, signal)).toEqual({ kind: 'absent' })
    await called(['completed'])
    expect(await provider.lookUp?.({ ...question, startedAt: clock.now() }, signal)).toMatchObject({ kind: 'taken' })
    await provider.close()
  })

  test('leaves out what XML cannot hold', () => {
    expect(twimlOf({ text: 'a\u0000b\ud800c\u000bd', voice: '', language: '' })).toBe(
      '<Response><Pause length="1"/><Say>abcd</Say></Response>',
    )
  })

  test('trying the account asks whether the number can call', async () => {
    expect(failedStepOf(await account().diagnose())).toBeNull()
    expect(failedStepOf(await account({ fromAddress: '+15550000000' }).diagnose())).toMatchObject({ step: 'sender' })
    expect(fake.calls).toHaveLength(0)
  })

  describe('when the network or the service fails', () => {
    testTroubles({
      open: (url, troubled) => anAccount('voice', { ...SETTINGS, apiBase: url }, { authToken: 'x' }, troubled).open(),
      envelope: CALL,
      lost: 'unknown',
    })
  })
})

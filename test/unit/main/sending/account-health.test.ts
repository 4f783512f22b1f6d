import { expect, test } from 'vitest'
import type { SendingAccount } from '../../../../src/main/integrations/index.ts'
import { createAccountHealth } from '../../../../src/main/sending/account-health.ts'
import type { Verdict } from '../../../../src/main/sending/verdict.ts'

const account: SendingAccount = {
  id: 'a',
  channel: 'email',
  provider: 'smtp',
  name: 'Office',
  fromName: '',
  fromAddress: 'a@b.test',
  replyTo: '',
  limits: { perSecond: null, perMinute: null, perHour: null, perDay: null, concurrency: 5, families: [], warmUp: null },
  state: 'running',
  stateReason: '',
  backingOffUntil: null,
}
const resting: SendingAccount = { ...account, state: 'backing_off', backingOffUntil: 0 }
const ok: Verdict = { kind: 'accepted', providerMessageId: '' }
const held: Verdict = {
  kind: 'held',
  fault: { class: 'transport', code: 'ETIMEDOUT', reply: '' },
  retryAfterMs: null,
  scope: 'account',
}

test('takes those that were on the wire together for one failure, and rests longer after each further one', () => {
  const health = createAccountHealth()
  expect(health.observe(account, held, 100, 200)?.until).toBe(200 + 30_000)
  expect(health.observe(account, held, 110, 210)?.until).toBe(210 + 30_000)
  expect(health.observe(resting, held, 31_000, 32_000)?.until).toBe(32_000 + 60_000)
})

test('runs again after an answer to an attempt that began after the rest, not to an earlier one', () => {
  const health = createAccountHealth()
  health.observe(account, held, 100, 200)
  expect(health.observe(resting, ok, 150, 300)).toBeNull()
  expect(health.observe(resting, ok, 40_000, 41_000)).toEqual({ state: 'running', reason: '', until: null })
  expect(health.observe(account, held, 50_000, 50_001)?.until).toBe(50_001 + 30_000)
})

test('stops at a refused login and says what to do', () => {
  const verdict: Verdict = { kind: 'tripped', fault: { class: 'account', code: '535 5.7.8', reply: 'no' } }
  expect(createAccountHealth().observe(account, verdict, 1, 2)).toMatchObject({
    state: 'tripped',
    reason: 'The server refused the login (535 5.7.8 no). Check user and password of the account, then resume it.',
  })
})

test('lets an attempt that we ended ourselves say nothing about the account', () => {
  const aborted: Verdict = {
    kind: 'held',
    fault: { class: 'transport', code: 'aborted', reply: '' },
    retryAfterMs: null,
    scope: 'account',
  }
  expect(createAccountHealth().observe(account, aborted, 0, 1)).toBeNull()
})

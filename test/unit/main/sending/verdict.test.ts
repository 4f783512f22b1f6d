import { expect, test } from 'vitest'
import type { FaultClass, SendOutcome } from '../../../../src/main/integrations/index.ts'
import { accountBreaker, campaignBreaker } from '../../../../src/main/sending/breaker.ts'
import { type Verdict, verdictOf } from '../../../../src/main/sending/verdict.ts'

const fault = (name: FaultClass) => ({ class: name, code: '550', reply: 'no' })
const rejected = (name: FaultClass): Verdict => verdictOf({ kind: 'rejected', fault: fault(name) })
const ok: Verdict = { kind: 'accepted', providerMessageId: '1' }

test('suppresses only a bad address', () => {
  expect(rejected('permanent_address')).toMatchObject({ kind: 'rejected', suppress: true })
  expect(rejected('permanent_message')).toMatchObject({ kind: 'rejected', suppress: false })
  expect(rejected('policy_sender')).toMatchObject({ kind: 'rejected', suppress: false })
})

test('never counts the trouble of an account against a message', () => {
  const kinds: ('rejected' | 'deferred')[] = ['rejected', 'deferred']
  for (const kind of kinds) {
    expect(verdictOf({ kind, fault: fault('account') }).kind).toBe('tripped')
    expect(verdictOf({ kind, fault: fault('rate_limited') }).kind).toBe('held')
    expect(verdictOf({ kind, fault: fault('transport') }).kind).toBe('held')
  }
  const throttled: SendOutcome = { kind: 'throttled', fault: fault('temporary'), retryAfterMs: 7 }
  expect(verdictOf(throttled)).toMatchObject({ kind: 'held', retryAfterMs: 7 })
})

test('keeps what is not known unknown, whatever its class', () => {
  expect(verdictOf({ kind: 'unknown', fault: fault('account') }).kind).toBe('unknown')
})

test('pauses a campaign when more than 5 % bounce after the first hundred answers', () => {
  const breaker = campaignBreaker(0, 0)
  const verdicts = Array.from({ length: 100 }, (_, n) => (n < 6 ? rejected('permanent_address') : ok))
  expect(verdicts.map(verdict => breaker.observe(verdict)).every(reason => reason === null)).toBe(true)
  expect(breaker.observe(ok)).toContain('5.9 % of the addresses do not exist (6 of 101)')
})

test('pauses a campaign whose message is refused more than five times in a row', () => {
  const breaker = campaignBreaker(0, 0)
  const reasons = Array.from({ length: 6 }, () => breaker.observe(rejected('permanent_message')))
  expect(reasons.slice(0, 5)).toEqual([null, null, null, null, null])
  expect(reasons[5]).toContain('refused more than 5 times in a row')
  const other = campaignBreaker(0, 0)
  for (let n = 0; n < 20; n++) {
    expect(other.observe(rejected('permanent_message'))).toBeNull()
    expect(other.observe(ok)).toBeNull()
  }
})

test('stops an account that is refused as a sender five times in a row', () => {
  const breaker = accountBreaker()
  const reasons = Array.from({ length: 5 }, () => breaker.observe(rejected('policy_sender')))
  expect(reasons.slice(0, 4)).toEqual([null, null, null, null])
  expect(reasons[4]).toContain('SPF')
})

test('suppresses who opted out with the provider, and holds it against neither message nor list', () => {
  const verdict = verdictOf({ kind: 'rejected', fault: fault('permanent_message'), optedOut: true })
  expect(verdict).toMatchObject({ kind: 'rejected', suppress: true, optedOut: true })
  const breaker = campaignBreaker(0, 0)
  for (let n = 0; n < 20; n++) expect(breaker.observe(verdict)).toBeNull()
})

test('hands on what the provider says of the next try', () => {
  const retry = { leastWaitMs: 1000, mostRetries: 2 }
  expect(verdictOf({ kind: 'deferred', fault: fault('temporary'), retry })).toMatchObject({ kind: 'deferred', retry })
})

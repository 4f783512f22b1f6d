import { expect, test } from 'vitest'
import { verdictOf } from '../../../../src/main/sending/verdict.ts'

const throttled = (code: string, reply: string) =>
  ({ kind: 'throttled', fault: { class: 'rate_limited', code, reply }, retryAfterMs: null }) as const

test.each([
  ['421 4.7.0', '[TSS04] Messages temporarily deferred due to user complaints', 'a@yahoo.com', 'family'],
  ['421 4.7.28', 'Our system has detected an unusual rate', 'a@gmail.com', 'family'],
  ['421 4.7.28', 'Our system has detected an unusual rate', 'a@example.org', 'account'],
  ['451 4.7.650', 'The mail server has been temporarily rate limited', 'a@hotmail.com', 'family'],
  ['450', 'excessive volume', 'a@icloud.com', 'family'],
  ['454', 'Throttling failure: Maximum sending rate exceeded', 'a@gmail.com', 'account'],
  ['429', 'Too many requests', 'a@gmail.com', 'account'],
  ['130429', 'Rate limit hit', '+15555550100', 'account'],
  ['131056', 'Pair rate limit hit', '+15555550100', 'recipient'],
])('%s %s to %s holds back the right thing', (code, reply, address, scope) => {
  expect(verdictOf(throttled(code, reply), address)).toMatchObject({ kind: 'held', scope })
})

test('what a provider says itself goes first, and only mail has families', () => {
  expect(verdictOf({ ...throttled('429', ''), scope: 'recipient' }, 'a@gmail.com')).toMatchObject({
    scope: 'recipient',
  })
  expect(verdictOf({ ...throttled('429', ''), scope: 'family' }, '+15555550100')).toMatchObject({ scope: 'account' })
})

test('a stopped template holds the campaign back whatever it is called, and loses nobody', () => {
  const fault = { class: 'permanent_message', code: '132016', reply: 'Template disabled' } as const
  expect(verdictOf({ kind: 'rejected', fault }, '+15555550100')).toMatchObject({ kind: 'held', scope: 'campaign' })
})

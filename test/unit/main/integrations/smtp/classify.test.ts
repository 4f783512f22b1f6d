import { describe, expect, test } from 'vitest'
import { classify, textKind } from '../../../../../src/main/integrations/smtp/classify.ts'
import { outcomeOf } from '../../../../../src/main/integrations/smtp/outcome.ts'
import { replyOf } from '../../../../../src/main/integrations/smtp/reply.ts'
import type { Stage } from '../../../../../src/main/integrations/smtp/stage.ts'

function refusal(line: string, stage: Stage) {
  const { code, enhanced, text } = replyOf(Number(line.slice(0, 3)), [line.slice(4)])
  return { kind: 'refused', stage, code, enhanced, text } as const
}

describe('the text of a reply, codes left aside (standards.md section 11)', () => {
  test.each([
    ['The email account that you tried to reach does not exist', 'user'],
    ['The recipient’s inbox is out of storage space', 'full'],
    ['Our system has detected an unusual rate of mail', 'rate'],
    ['message rejected as spam', 'content'],
    ['Greylisted, try again later', 'greylist'],
    ['Host or domain name not found', 'domain'],
    ['[TSS04] Messages temporarily deferred due to unexpected volume', 'rate'],
    ['This mail is unauthenticated', 'auth'],
    ['Client host blocked using zen.spamhaus.org', 'reputation'],
    ['mailbox full message rejected', 'full'],
    ['Recipient not found', 'user'],
    ['Something else altogether', null],
  ])('%s -> %s', (text, kind) => {
    expect(textKind(text)).toBe(kind)
  })
})

describe('a refusal', () => {
  test.each<[string, Stage, string, string]>([
    // Enhanced codes
    [
      '550 5.1.1 The email account that you tried to reach does not exist',
      'recipient',
      'permanent_address',
      'rejected',
    ],
    ['550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'recipient', 'permanent_address', 'rejected'],
    ['556 5.1.10 Recipient address has null MX', 'recipient', 'permanent_address', 'rejected'],
    ['550 5.1.6 recipient no longer on server', 'recipient', 'permanent_address', 'rejected'],
    ['550 5.1.2 Host unknown', 'recipient', 'temporary', 'deferred'],
    ['550 5.4.310 DNS domain does not exist', 'recipient', 'temporary', 'deferred'],
    ['553 5.1.7 The sender address is not valid', 'sender', 'policy_sender', 'throttled'],
    ['550 5.2.1 The account is disabled', 'recipient', 'permanent_address', 'rejected'],
    [
      '450 4.2.1 The user you are trying to contact is receiving mail too quickly',
      'recipient',
      'rate_limited',
      'deferred',
    ],
    ['450 4.2.1 Mailbox busy', 'recipient', 'temporary', 'deferred'],
    ['452 4.2.2 The recipient inbox is out of storage space', 'recipient', 'temporary', 'deferred'],
    ['552 5.2.2 Mailbox over quota', 'recipient', 'temporary', 'deferred'],
    ['552 5.2.2 The account is over quota and inactive', 'recipient', 'permanent_address', 'rejected'],
    ['554 5.2.2 Submission quota exceeded', 'end', 'rate_limited', 'throttled'],
    ['552 5.3.4 Message size exceeds fixed limit', 'end', 'permanent_message', 'rejected'],
    ['452 4.3.1 Insufficient system resources', 'data', 'temporary', 'deferred'],
    ['554 5.4.14 Hop count exceeded', 'end', 'permanent_message', 'rejected'],
    ['550 5.4.5 Daily user sending limit exceeded', 'end', 'rate_limited', 'throttled'],
    ['550 5.6.0 Bad content', 'end', 'permanent_message', 'rejected'],
    ['550 5.6.7 Address needs SMTPUTF8', 'recipient', 'permanent_message', 'rejected'],
    ['550 5.7.1 Message rejected as spam', 'end', 'policy_sender', 'rejected'],
    ['550 5.7.1 Relaying denied', 'recipient', 'policy_sender', 'rejected'],
    ['550 5.7.26 This mail is unauthenticated', 'end', 'policy_sender', 'rejected'],
    [
      '550 5.7.515 Access denied, sending domain does not meet the required authentication level',
      'end',
      'policy_sender',
      'rejected',
    ],
    ['550 5.7.606 Access denied, banned sending IP', 'sender', 'policy_sender', 'throttled'],
    ['421 4.7.28 Our system has detected an unusual rate of unsolicited mail', 'end', 'rate_limited', 'throttled'],
    [
      '421 4.7.0 Our system has detected a very low reputation of the sending domain',
      'end',
      'policy_sender',
      'deferred',
    ],
    ['451 4.7.500 Server busy. Please try again later', 'recipient', 'rate_limited', 'throttled'],
    ['451 4.7.650 The mail server has been temporarily rate limited', 'recipient', 'rate_limited', 'throttled'],
    ['450 4.7.1 Greylisted, please come back later', 'recipient', 'temporary', 'deferred'],
    // The same code, another stage
    ['550 5.7.30 DKIM is required for bulk senders', 'end', 'policy_sender', 'rejected'],
    ['550 5.7.30 Basic authentication is disabled', 'login', 'account', 'throttled'],
    // Login
    ['535 5.7.8 Username and Password not accepted', 'login', 'account', 'throttled'],
    ['534 5.7.9 Application-specific password required', 'login', 'account', 'throttled'],
    ['454 4.7.0 Too many login attempts, please try again later', 'login', 'account', 'throttled'],
    ['451 4.3.0 Cannot look up the user now', 'login', 'transport', 'throttled'],
    ['530 5.7.0 Must issue a STARTTLS command first', 'sender', 'account', 'throttled'],
    ['530 Authentication required', 'sender', 'account', 'throttled'],
    // Reply codes alone
    ['421 Service not available', 'greeting', 'transport', 'throttled'],
    ['421 Too many connections from your host', 'greeting', 'rate_limited', 'throttled'],
    ['554 Your address is on a block list', 'greeting', 'policy_sender', 'throttled'],
    ['421 Max message per connection reached', 'sender', 'rate_limited', 'throttled'],
    ['421 Closing', 'recipient', 'temporary', 'deferred'],
    ['450 Mailbox unavailable', 'recipient', 'temporary', 'deferred'],
    ['451 Local error', 'end', 'temporary', 'deferred'],
    ['452 Too many recipients', 'recipient', 'temporary', 'deferred'],
    ['454 Throttling failure: Maximum sending rate exceeded', 'end', 'rate_limited', 'throttled'],
    ['500 Line too long', 'data', 'permanent_message', 'rejected'],
    ['521 Host does not accept mail', 'recipient', 'permanent_address', 'rejected'],
    ['550 User unknown', 'recipient', 'permanent_address', 'rejected'],
    ['550 No', 'recipient', 'permanent_address', 'rejected'],
    ['550 No', 'end', 'permanent_message', 'rejected'],
    ['552 Message too large', 'end', 'permanent_message', 'rejected'],
    ['552 Mailbox full', 'recipient', 'temporary', 'deferred'],
    ['554 mailbox full, message rejected', 'end', 'temporary', 'deferred'],
    ['554 Message rejected as spam', 'end', 'permanent_message', 'rejected'],
    ['554 Client host blocked using zen.spamhaus.org', 'recipient', 'policy_sender', 'rejected'],
    ['555 Parameters not recognised', 'sender', 'permanent_message', 'throttled'],
    // Providers
    [
      '421 4.7.0 [TSS04] Messages temporarily deferred due to unexpected volume or user complaints',
      'sender',
      'rate_limited',
      'throttled',
    ],
    ['553 5.7.1 [BL21] Connections will not be accepted', 'sender', 'policy_sender', 'throttled'],
    ['421 4.7.1 [TSS09] All messages will be permanently deferred', 'sender', 'policy_sender', 'throttled'],
    ["554 delivery error: dd This user doesn't have a yahoo.com account", 'end', 'permanent_address', 'rejected'],
    [
      '550 5.7.1 Unfortunately, part of their network is on our block list (S3150)',
      'sender',
      'policy_sender',
      'throttled',
    ],
  ])('%s at %s is %s', (line, stage, expected, kind) => {
    const refused = refusal(line, stage)
    expect(classify(refused)).toBe(expected)
    expect(outcomeOf(refused).kind).toBe(kind)
  })

  test('never gives up an address because of what the sender is accused of', () => {
    for (const text of ['spam', 'blocked using spamhaus', 'DMARC policy', 'poor reputation', 'relay denied']) {
      for (const code of [550, 553, 554]) {
        for (const enhanced of ['', '5.7.1 ', '5.7.26 ']) {
          const refused = refusal(`${code} ${enhanced}${text}`, 'recipient')
          if (text === 'relay denied' && enhanced === '' && code !== 554) continue
          expect(classify(refused), `${code} ${enhanced}${text}`).not.toBe('permanent_address')
        }
      }
    }
  })
})

describe('an outcome', () => {
  test('keeps the reply without addresses', () => {
    const outcome = outcomeOf(refusal('550 5.1.1 <ann@example.com>: user unknown', 'recipient'))
    expect(outcome).toMatchObject({ fault: { code: '550 5.1.1', reply: '<[address]>: user unknown' } })
  })

  test.each([
    ['Ok: queued as 4F2C81A0', '4F2C81A0'],
    ['OK id=1tXyZ-0001Ab-Cd', '1tXyZ-0001Ab-Cd'],
    ['Ok 0100019381f2-abcdef-000000', '0100019381f2-abcdef-000000'],
    ['Thanks', ''],
  ])('finds the id in %s', (text, id) => {
    expect(outcomeOf({ kind: 'taken', code: 250, enhanced: '2.0.0', text })).toMatchObject({
      kind: 'accepted',
      providerMessageId: id,
    })
  })

  test('of a single mailbox that gets too much is not a trouble of the account', () => {
    const outcome = outcomeOf(refusal('450 4.2.1 This user is receiving mail too quickly', 'recipient'))
    expect(outcome).toMatchObject({ kind: 'deferred', fault: { class: 'temporary' } })
  })

  test('tells how long to wait where the provider is known to want it', () => {
    expect(outcomeOf(refusal('421 4.7.0 [TSS04] later', 'sender'))).toMatchObject({ retryAfterMs: 4 * 3_600_000 })
    expect(outcomeOf(refusal('550 5.4.5 Daily user sending limit exceeded', 'end'))).toMatchObject({
      retryAfterMs: 3_600_000,
    })
    expect(outcomeOf(refusal('421 4.7.28 unusual rate', 'end'))).toMatchObject({ retryAfterMs: null })
  })

  test.each<[Stage, string, string]>([
    ['resolve', 'throttled', 'transport'],
    ['connect', 'throttled', 'transport'],
    ['tls', 'throttled', 'transport'],
    ['sender', 'throttled', 'transport'],
    ['data', 'throttled', 'transport'],
    ['end', 'unknown', 'uncertain'],
  ])('a line lost at %s is %s', (stage, kind, why) => {
    expect(outcomeOf({ kind: 'lost', stage, cause: 'ECONNRESET', text: 'reset' })).toMatchObject({
      kind,
      fault: { class: why, code: 'ECONNRESET' },
    })
  })
})

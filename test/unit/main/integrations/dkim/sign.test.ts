import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { assert, property, stringMatching } from 'fast-check'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { createDkimSigner, type DkimKey } from '../../../../../src/main/integrations/dkim/sign.ts'
import { verifyDkim } from '../../../../support/dkim-verifier.ts'

// RFC 8463 appendix A: one message, signed by both algorithms.
const RFC_ED25519_SECRET = 'nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A='
const RFC_ED25519_PUBLIC = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='
const RFC_RSA_PUBLIC =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC' +
  'DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB'
const RFC_KEYS = {
  'brisbane._domainkey.football.example.com': `v=DKIM1; k=ed25519; p=${RFC_ED25519_PUBLIC}`,
  'test._domainkey.football.example.com': `v=DKIM1; k=rsa; p=${RFC_RSA_PUBLIC}`,
}
const RFC_MESSAGE = [
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
].join('\r\n')
const RFC_SIGNATURES = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
  ' date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
  ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
  ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
].join('\r\n')

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
const KEYS = {
  'news._domainkey.example.com': `v=DKIM1; k=rsa; p=${rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')}`,
  'ed._domainkey.example.com': `v=DKIM1; k=ed25519; p=${RFC_ED25519_PUBLIC}`,
}
const RSA: DkimKey = { domain: 'example.com', selector: 'news', algorithm: 'rsa-sha256', privateKey: pem }
const ED25519: DkimKey = {
  domain: 'example.com',
  selector: 'ed',
  algorithm: 'ed25519-sha256',
  privateKey: createPrivateKey({
    key: Buffer.concat([
      Buffer.from('302e020100300506032b657004220420', 'hex'),
      Buffer.from(RFC_ED25519_SECRET, 'base64'),
    ]),
    format: 'der',
    type: 'pkcs8',
  })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString(),
}

function signed(message: string, keys: readonly DkimKey[]): string {
  const bytes = Buffer.from(message)
  return createDkimSigner(keys)(bytes, 1_528_637_909_000) + bytes.toString('latin1')
}

test('the verifier of these tests accepts the signatures of RFC 8463 and refuses a changed word', () => {
  const message = `${RFC_SIGNATURES}\r\n${RFC_MESSAGE}`
  expect(verifyDkim(message, RFC_KEYS).map(one => one.result)).toEqual(['pass', 'pass'])
  const changed = message.replace('We lost', 'We won')
  expect(verifyDkim(changed, RFC_KEYS).map(one => one.result)).toEqual(['bad body', 'bad body'])
  const renamed = message.replace('Is dinner ready?', 'Is lunch ready?')
  expect(verifyDkim(renamed, RFC_KEYS).map(one => one.result)).toEqual(['bad signature', 'bad signature'])
})

test('the verifier of these tests accepts what nodemailer signs', async () => {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    dkim: { domainName: 'example.com', keySelector: 'news', privateKey: pem },
  })
  const { message } = await transport.sendMail({
    from: 'news@example.com',
    to: 'ann@example.org',
    subject: 'Grüße an alle',
    html: '<p>Guten  Tag</p>',
    text: 'Guten  Tag \n\n',
  })
  expect(Buffer.isBuffer(message) && verifyDkim(message.toString('latin1'), KEYS).map(one => one.result)).toEqual([
    'pass',
  ])
})

test('a message is signed twice, by RSA and by Ed25519, and both signatures hold', () => {
  const verdicts = verifyDkim(signed(RFC_MESSAGE, [RSA, ED25519]), KEYS)
  expect(verdicts.map(one => [one.algorithm, one.selector, one.result])).toEqual([
    ['rsa-sha256', 'news', 'pass'],
    ['ed25519-sha256', 'ed', 'pass'],
  ])
})

test('the fields that one-click unsubscribing needs are covered, and only those that are there', () => {
  const message = `List-Unsubscribe: <https://a.test/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n${RFC_MESSAGE}`
  const [verdict] = verifyDkim(signed(message, [RSA]), KEYS)
  expect(verdict?.result).toBe('pass')
  expect(verdict?.signedHeaders).toEqual([
    'from',
    'to',
    'subject',
    'date',
    'message-id',
    'list-unsubscribe',
    'list-unsubscribe-post',
  ])
})

test('blanks, folds and empty lines of any kind verify, also after a server has changed them', () => {
  const line = stringMatching(/^[ \ta-z.=]{0,12}$/)
  assert(
    property(line, line, line, (a, b, c) => {
      const message = `From: a@example.com\r\nSubject: x${a}\r\n y${b}\r\n\r\n${a}\r\n${b} \r\n\r\n${c}`
      const bytes = signed(message, [ED25519])
      expect(verifyDkim(bytes, KEYS)[0]?.result).toBe('pass')
      const split = bytes.indexOf('\r\n\r\n')
      const relayed = bytes.slice(0, split) + bytes.slice(split).replace(/ +/g, '  ').replaceAll('\t', ' ')
      expect(verifyDkim(`${relayed.replace(/(\r\n)*$/, '')}\r\n\r\n`, KEYS)[0]?.result).toBe('pass')
    }),
    { numRuns: 200 },
  )
})

test('an empty body, and a message without one, are signed as RFC 6376 has it', () => {
  for (const body of ['', '\r\n', '\r\n\r\n \r\n']) {
    expect(verifyDkim(signed(`From: a@example.com\r\n\r\n${body}`, [RSA]), KEYS)[0]?.result).toBe('pass')
  }
})

test('no line of a signature is longer than 78 characters', () => {
  const field = createDkimSigner([RSA, ED25519])(Buffer.from(RFC_MESSAGE), 0)
  for (const line of field.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
  expect(createPublicKey(rsa.privateKey).asymmetricKeyType).toBe('rsa')
})

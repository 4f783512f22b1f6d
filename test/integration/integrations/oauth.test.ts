import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import type { OpenedAccount } from '../../../src/main/integrations/providers/kind.ts'
import { smtpKind } from '../../../src/main/integrations/providers/smtp/kind.ts'
import type { SmtpSettings } from '../../../src/shared/contract/sender-settings.ts'
import { startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { TestClock } from '../../support/test-clock.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'

const signal = new AbortController().signal
const EHLO = '250-scripted.test\r\n250-PIPELINING\r\n250 AUTH PLAIN XOAUTH2\r\n'
const NOW = Date.UTC(2026, 10, 20)

interface TokenServer extends AsyncDisposable {
  readonly url: string
  readonly asked: URLSearchParams[]
  answer: { status: number; body: string }
}

/** The token endpoint of RFC 6749 section 6, as far as a refresh token goes. */
async function tokenServer(): Promise<TokenServer> {
  const asked: URLSearchParams[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += String(chunk)
    })
    request.on('end', () => {
      asked.push(new URLSearchParams(body))
      const text = fake.answer.body.replace('TOKEN', `token-${asked.length}`)
      response.writeHead(fake.answer.status, { 'Content-Type': 'application/json' }).end(text)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const fake: TokenServer = {
    url: `http://127.0.0.1:${port}/token`,
    asked,
    answer: { status: 200, body: '{"access_token":"TOKEN","expires_in":3600,"token_type":"Bearer"}' },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return fake
}

function anAccount(port: number, tokenUrl: string, concurrency = 3): OpenedAccount<SmtpSettings> {
  return {
    id: 'a1',
    channel: 'email',
    settings: {
      provider: 'smtp',
      host: '127.0.0.1',
      port,
      security: 'none',
      auth: 'xoauth2',
      user: 'ann@example.com',
      oauthClientId: 'client-1',
      oauthTokenUrl: tokenUrl,
      fromName: '',
      fromAddress: 'ann@example.com',
      replyTo: '',
      bounceAddress: '',
      allowInvalidCertificate: false,
    },
    limits: { perSecond: null, perMinute: null, perHour: null, perDay: null, concurrency, families: [], warmUp: null },
    secret: async name => (name === 'refreshToken' ? 'refresh-1' : 'secret-1'),
  }
}

const noPractice = () => Promise.reject(new Error('not in this test'))

function world(port: number, tokenUrl: string, concurrency = 3) {
  const clock = new TestClock(NOW)
  const ports = {
    clock,
    compose: createComposer(),
    practice: { connection: noPractice, textProvider: noPractice },
  }
  return { clock, account: anAccount(port, tokenUrl, concurrency), ports }
}

test('one token is asked for, for all connections, and is sent as XOAUTH2', async () => {
  await using tokens = await tokenServer()
  await using server = await startScriptedSmtp(moment => (moment === 'EHLO' ? { say: EHLO } : undefined))
  const { account, ports } = world(server.port, tokens.url)
  const provider = await smtpKind.open(account, ports)
  const outcomes = await Promise.all([1, 2, 3].map(() => provider.send(anEnvelope(), signal)))
  await provider.close()
  expect(outcomes.map(one => one.kind)).toEqual(['accepted', 'accepted', 'accepted'])
  expect(tokens.asked.map(one => Object.fromEntries(one))).toEqual([
    { grant_type: 'refresh_token', client_id: 'client-1', client_secret: 'secret-1', refresh_token: 'refresh-1' },
  ])
  const login = server.heard.flat().find(line => line.startsWith('AUTH'))
  expect(Buffer.from(login?.split(' ')[2] ?? '', 'base64').toString()).toBe(
    'user=ann@example.com\u0001auth=Bearer token-1\u0001\u0001',
  )
})

test('a token is renewed before it ends, and one that the server refuses is not used again', async () => {
  await using tokens = await tokenServer()
  let refuses = false
  await using server = await startScriptedSmtp(moment => {
    if (moment === 'EHLO') return { say: EHLO }
    // What Google says: a challenge that has to be answered by an empty line, and then the refusal.
    return moment === 'AUTH' && refuses
      ? { say: '334 eyJzdGF0dXMiOiI0MDEifQ==\r\n535 5.7.8 Not accepted\r\n' }
      : undefined
  })
  const { clock, account, ports } = world(server.port, tokens.url)
  const once = async () => {
    const provider = await smtpKind.open(account, ports)
    const outcome = await provider.send(anEnvelope(), signal)
    await provider.close()
    return outcome
  }
  const provider = await smtpKind.open(account, ports)
  await provider.send(anEnvelope(), signal)
  await clock.advance(3_590_000)
  await provider.send(anEnvelope(), signal)
  await provider.close()
  expect(tokens.asked).toHaveLength(2)

  refuses = true
  const refused = await once()
  expect(refused.kind === 'throttled' && refused.fault.class).toBe('account')
})

test('a sign-in that has ended stops the account and says what to do; a server that is away does not', async () => {
  await using tokens = await tokenServer()
  await using server = await startScriptedSmtp(moment => (moment === 'EHLO' ? { say: EHLO } : undefined))
  const { account, ports } = world(server.port, tokens.url)
  tokens.answer = { status: 400, body: '{"error":"invalid_grant"}' }
  const provider = await smtpKind.open(account, ports)
  const ended = await provider.send(anEnvelope(), signal)
  tokens.answer = { status: 503, body: '' }
  const away = await provider.send(anEnvelope(), signal)
  tokens.answer = { status: 400, body: '{"error":"invalid_grant"}' }
  const diagnosis = await smtpKind.diagnose(account, ports, signal)
  await provider.close()
  expect(ended.kind === 'throttled' && [ended.fault.class, ended.fault.code]).toEqual([
    'account',
    'oauth_invalid_grant',
  ])
  expect(away.kind === 'throttled' && away.fault.class).toBe('transport')
  const login = diagnosis.steps.find(step => step.step === 'login')
  expect(login).toMatchObject({ state: 'failed' })
  expect(login?.remedy).toContain('sign in again')
  expect(server.contents).toEqual([])
})

test('OAuth wants a user, a client and an https address', () => {
  const { account } = world(25, 'http://login.example.com/token')
  const checked = smtpKind.check('email', { ...account.settings, user: '', oauthClientId: '' })
  const paths = 'issues' in checked ? checked.issues.map(one => one.path) : []
  expect(paths).toEqual(['settings.user', 'settings.oauthClientId', 'settings.oauthTokenUrl'])
})

import { afterEach, describe, expect, test } from 'vitest'
import type { Provider } from '../../../../src/main/integrations/provider.ts'
import type { Kind, OpenedAccount } from '../../../../src/main/integrations/providers/kind.ts'
import { kindOf } from '../../../../src/main/integrations/providers/kinds.ts'
import type { SenderSettings } from '../../../../src/shared/contract/sender-settings.ts'
import type { FakeAnswer, HttpFake } from '../../../support/fakes/http-fake.ts'
import { MAILGUN_KEY, startMailgunFake } from '../../../support/fakes/mailgun.ts'
import { POSTMARK_TOKEN, wrong as postmarkWrong, startPostmarkFake } from '../../../support/fakes/postmark.ts'
import { SENDGRID_KEY, wrong as sendgridWrong, startSendgridFake } from '../../../support/fakes/sendgrid.ts'
import { SES_USER, problem as sesProblem, startSesFake } from '../../../support/fakes/ses.ts'
import { providerPorts } from '../../../support/provider-ports.ts'
import { TestClock } from '../../../support/test-clock.ts'
import { anEnvelope } from '../../../unit/main/integrations/mime/an-envelope.ts'

const FROM = { fromName: 'Tidings, the paper', fromAddress: 'news@example.com', replyTo: 'office@example.com' }
const LIMITS = {
  perSecond: null,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 2,
  families: [],
  warmUp: null,
}
const REGION = 'eu-central-1'

interface Service {
  readonly start: () => Promise<HttpFake & { readonly messages: readonly unknown[] }>
  readonly settings: (apiBase: string) => SenderSettings
  readonly secrets: Readonly<Record<string, string>>
  readonly tooFast: FakeAnswer
  readonly badAddress: FakeAnswer
  readonly badSender: FakeAnswer
  readonly unavailable: 'unknown' | 'throttled'
}

const SERVICES: Readonly<Record<string, Service>> = {
  ses: {
    start: () => startSesFake(REGION),
    settings: apiBase => ({
      provider: 'ses',
      region: REGION,
      accessKeyId: SES_USER.accessKeyId,
      configurationSet: 'tidings',
      ...FROM,
      apiBase,
    }),
    secrets: { secretAccessKey: SES_USER.secretAccessKey },
    tooFast: sesProblem(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.'),
    badAddress: sesProblem(400, 'BadRequestException', "Illegal address 'ann..x@example.org'"),
    badSender: sesProblem(400, 'MessageRejected', 'Email address is not verified. The following identities failed'),
    unavailable: 'throttled',
  },
  sendgrid: {
    start: startSendgridFake,
    settings: apiBase => ({ provider: 'sendgrid', region: 'global', ...FROM, apiBase }),
    secrets: { apiKey: SENDGRID_KEY },
    tooFast: sendgridWrong(429, 'too many requests'),
    badAddress: sendgridWrong(400, 'Does not contain a valid address.', 'personalizations.0.to.0.email'),
    badSender: sendgridWrong(403, 'The from address does not match a verified Sender Identity.', 'from'),
    unavailable: 'throttled',
  },
  mailgun: {
    start: startMailgunFake,
    settings: apiBase => ({ provider: 'mailgun', region: 'eu', domain: 'mg.example.com', ...FROM, apiBase }),
    secrets: { apiKey: MAILGUN_KEY },
    tooFast: { status: 429, body: { message: 'Too many requests' } },
    badAddress: { status: 400, body: { message: "'to' parameter is not a valid address. please check documentation" } },
    badSender: { status: 403, body: { message: 'Domain mg.example.com is not allowed to send: unverified' } },
    unavailable: 'unknown',
  },
  postmark: {
    start: startPostmarkFake,
    settings: apiBase => ({ provider: 'postmark', messageStream: 'broadcast', ...FROM, apiBase }),
    secrets: { serverToken: POSTMARK_TOKEN },
    tooFast: postmarkWrong(429, 0, 'Rate limit exceeded'),
    badAddress: postmarkWrong(422, 406, 'You tried to send to a recipient that has been marked as inactive.'),
    badSender: postmarkWrong(422, 401, 'The sender signature is not confirmed.'),
    unavailable: 'throttled',
  },
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const clock = new TestClock('2026-11-20T12:00:00Z')

function accountOf(service: Service, apiBase: string, secrets = service.secrets): OpenedAccount<SenderSettings> {
  const secret = async (name: string): Promise<string> => secrets[name] ?? ''
  return { id: 'a1', channel: 'email', settings: service.settings(apiBase), limits: LIMITS, secret }
}

const ports = providerPorts(clock)

function kindFor(service: Service): Kind {
  return kindOf(service.settings(''))
}

async function opened(
  service: Service,
  secrets = service.secrets,
): Promise<{ fake: Awaited<ReturnType<Service['start']>>; provider: Provider }> {
  const fake = await service.start()
  const provider = await kindFor(service).open(accountOf(service, fake.url, secrets), ports)
  closing.push(fake.close, () => provider.close())
  return { fake, provider }
}

const mail = anEnvelope({
  to: 'ann@example.org',
  from: { name: FROM.fromName, address: FROM.fromAddress },
  replyTo: FROM.replyTo,
  subject: 'Grüße',
})

function send(provider: Provider) {
  return provider.send(mail, new AbortController().signal)
}

describe.each(Object.entries(SERVICES))('%s', (_name, service) => {
  test('takes a message as its API has it, and gives an id', async () => {
    const { fake, provider } = await opened(service)
    const outcome = await send(provider)
    expect(outcome).toMatchObject({ kind: 'accepted' })
    expect(outcome.kind === 'accepted' && outcome.providerMessageId).not.toBe('')
    expect(fake.messages).toHaveLength(1)
    const taken = JSON.stringify(fake.messages[0])
    for (const part of [mail.messageId, 'ann@example.org', 'List-Unsubscribe', 'office@example.com', 'X-Message-Ref']) {
      expect(taken).toContain(part)
    }
  })

  test('names the one-click address where there is one, and leaves signing to the service', async () => {
    const fake = await service.start()
    const style = {
      dkim: [],
      bounceAddress: '',
      unsubscribeBaseUrl: 'https://u.example.com',
      tokenKey: 'ab'.repeat(32),
    }
    const withStyle = { ...ports, mailStyle: async () => style }
    const provider = await kindFor(service).open(accountOf(service, fake.url), withStyle)
    closing.push(fake.close, () => provider.close())
    expect(await send(provider)).toMatchObject({ kind: 'accepted' })
    expect(JSON.stringify(fake.messages[0])).toMatch(/https:\/\/u\.example\.com\/u\/[A-Za-z0-9]+/)
    expect(JSON.stringify(fake.messages[0])).toContain('List-Unsubscribe=One-Click')
  })

  test('rests the account, as long as asked, when it is too fast', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble({ ...service.tooFast, headers: { ...service.tooFast.headers, 'retry-after': '7' } })
    expect(await send(provider)).toMatchObject({
      kind: 'throttled',
      fault: { class: 'rate_limited' },
      retryAfterMs: 7000,
    })
    expect(fake.messages).toHaveLength(0)
  })

  test('fails the message when the address is bad', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble(service.badAddress)
    expect(await send(provider)).toMatchObject({ kind: 'rejected', fault: { class: 'permanent_address' } })
  })

  test('stops the account, and keeps the message, when the sender may not send', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble(service.badSender)
    expect(await send(provider)).toMatchObject({ kind: 'throttled', fault: { class: 'policy_sender' } })
  })

  test('stops the account when the key is wrong', async () => {
    const wrongKeys = Object.fromEntries(Object.keys(service.secrets).map(name => [name, 'wrong-key']))
    const { fake, provider } = await opened(service, wrongKeys)
    const outcome = await send(provider)
    expect(outcome).toMatchObject({ kind: 'throttled', fault: { class: 'account' } })
    expect(JSON.stringify(outcome)).not.toContain('wrong-key')
    expect(fake.messages).toHaveLength(0)
  })

  test('stops the account when there is no key, and asks nothing', async () => {
    const { fake, provider } = await opened(service, {})
    expect(await send(provider)).toMatchObject({ kind: 'throttled', fault: { class: 'account', code: 'no_key' } })
    expect(fake.requests).toHaveLength(0)
  })

  test('leaves open what a 500 says, and goes by its word about a 503', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble({ status: 500 }, { status: 502, body: '<html>Bad Gateway</html>' }, { status: 503 })
    expect(await send(provider)).toMatchObject({ kind: 'unknown', fault: { class: 'uncertain' } })
    expect(await send(provider)).toMatchObject({ kind: 'unknown' })
    expect(await send(provider)).toMatchObject({ kind: service.unavailable })
  })

  test('leaves open what became of a message whose answer is lost, cut off, or makes no sense', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble('drop', 'half_answer', 'garbage', 'huge')
    for (let n = 0; n < 4; n++)
      expect(await send(provider)).toMatchObject({ kind: 'unknown', fault: { class: 'uncertain' } })
    expect(fake.requests).toHaveLength(4)
  })

  test('leaves open what became of a message that nobody answers', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble('silence')
    const outcome = send(provider)
    await fake.reached(1)
    await clock.advance(60_000)
    expect(await outcome).toMatchObject({ kind: 'unknown', fault: { code: 'timeout' } })
  })

  test('keeps a message that was provably not sent', async () => {
    const { fake, provider } = await opened(service)
    await fake.close()
    closing.splice(0, 1)
    expect(await send(provider)).toMatchObject({
      kind: 'throttled',
      fault: { class: 'transport', code: 'ECONNREFUSED' },
    })
  })

  test('stops the account when it is led elsewhere', async () => {
    const { fake, provider } = await opened(service)
    fake.trouble('redirect')
    expect(await send(provider)).toMatchObject({ kind: 'throttled', fault: { class: 'account' } })
  })

  test('never shows addresses in what is kept of a refusal', async () => {
    const { fake, provider } = await opened(service)
    const text = 'Address ann@example.org is bad'
    fake.trouble({
      status: 400,
      body: { message: text, Message: text, ErrorCode: 300, errors: [{ message: text, field: null }] },
    })
    expect(JSON.stringify(await send(provider))).not.toContain('ann@example.org')
  })

  test('is found to be right step by step, without sending anything', async () => {
    const fake = await service.start()
    closing.push(fake.close)
    const signal = new AbortController().signal
    const diagnosis = await kindFor(service).diagnose(accountOf(service, fake.url), ports, signal)
    expect(diagnosis.steps.map(step => `${step.step} ${step.state}`)).toEqual([
      'dns ok',
      'tcp ok',
      'tls ok',
      'login ok',
      'sender ok',
    ])
    expect(fake.messages).toHaveLength(0)
    expect(fake.requests.every(request => request.method === 'GET')).toBe(true)
  })

  test('names the step that fails and the remedy', async () => {
    const fake = await service.start()
    const signal = new AbortController().signal
    const kind = kindFor(service)
    const wrongKeys = Object.fromEntries(Object.keys(service.secrets).map(name => [name, 'wrong-key']))
    const tried = await kind.diagnose(accountOf(service, fake.url, wrongKeys), ports, signal)
    const failed = tried.steps.find(step => step.state === 'failed')
    expect(failed?.step).toBe('login')
    expect(failed?.remedy).not.toBe('')
    await fake.close()
    const away = await kind.diagnose(accountOf(service, fake.url), ports, signal)
    expect(away.steps.find(step => step.state === 'failed')?.step).toBe('tcp')
  })

  test('says exactly what is wrong with its settings', () => {
    const kind = kindFor(service)
    expect(kind.check('email', service.settings(''))).toHaveProperty('settings')
    const bad = { ...service.settings('http://elsewhere.example'), fromAddress: 'nobody' }
    const checked = kind.check('email', bad)
    expect('issues' in checked && checked.issues.map(issue => issue.path).sort()).toEqual([
      'settings.apiBase',
      'settings.fromAddress',
    ])
  })

  test('describes its form: each field is a setting or a secret, with a hint', () => {
    const { view } = kindFor(service)
    const names = view?.fields.map(field => field.name) ?? []
    expect(names).toEqual(expect.arrayContaining(Object.keys(service.secrets)))
    for (const field of view?.fields ?? []) {
      expect(field.hint).not.toBe('')
      expect(field.name in (view?.settings ?? {}) || field.name in service.secrets).toBe(true)
    }
  })
})

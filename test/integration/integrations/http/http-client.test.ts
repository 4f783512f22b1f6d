import { createServer as createTcpServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpClient, type HttpClient } from '../../../../src/main/integrations/http/http-client.ts'
import { systemClock } from '../../../../src/main/kernel/clock.ts'
import { type HttpFake, startHttpFake } from '../../../support/fakes/http-fake.ts'
import { TestClock } from '../../../support/test-clock.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function aFake(): Promise<HttpFake> {
  const fake = await startHttpFake(request => ({ status: 200, body: { path: request.path } }))
  closing.push(fake.close)
  return fake
}

function aClient(overrides: Partial<Parameters<typeof createHttpClient>[0]> = {}): HttpClient {
  return createHttpClient({
    clock: systemClock(),
    concurrency: 2,
    timeLimitMs: 30_000,
    allowLocal: true,
    ...overrides,
  })
}

function post(client: HttpClient, url: string, signal = new AbortController().signal) {
  return client.request({ method: 'POST', url, headers: { authorization: 'Bearer s3cret' }, body: '{}' }, signal)
}

describe('an answer', () => {
  test('comes with status, headers and body, and the request as it was written', async () => {
    const fake = await aFake()
    const outcome = await post(aClient(), `${fake.url}/v1/send?x=1`)
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, body: '{"path":"/v1/send"}', isComplete: true })
    expect(outcome.kind === 'answered' && outcome.headers['content-type']).toBe('application/json')
    expect(fake.requests[0]).toMatchObject({ method: 'POST', path: '/v1/send', body: '{}' })
    expect(fake.requests[0]?.headers).toMatchObject({ authorization: 'Bearer s3cret', 'content-length': '2' })
  })

  test('comes by connections that are kept', async () => {
    const fake = await aFake()
    const client = aClient()
    for (let n = 0; n < 10; n++) await post(client, fake.url)
    expect(new Set(fake.requests.map(request => request.connection)).size).toBeLessThanOrEqual(2)
  })

  test('is waited for by no more requests at once than the account allows', async () => {
    const fake = await aFake()
    fake.trouble('silence', 'silence')
    const abort = new AbortController()
    const client = aClient({ concurrency: 2 })
    const all = Array.from({ length: 6 }, () => post(client, fake.url, abort.signal))
    await fake.reached(2)
    expect(fake.requests).toHaveLength(2)
    abort.abort()
    const outcomes = await Promise.all(all)
    expect(outcomes.map(one => one.kind)).toEqual(['lost', 'lost', 'refused', 'refused', 'refused', 'refused'])
    // Those that waited are not sent when a connection becomes free.
    await post(client, fake.url)
    expect(fake.requests).toHaveLength(3)
  })

  test('that leads elsewhere is handed over as it is', async () => {
    const fake = await aFake()
    fake.trouble('redirect')
    expect(await post(aClient(), fake.url)).toMatchObject({ kind: 'answered', status: 302 })
    expect(fake.requests).toHaveLength(1)
  })

  test('that is too long, or breaks off, keeps its status and is not complete', async () => {
    const fake = await aFake()
    fake.trouble('huge', 'half_answer')
    expect(await post(aClient(), fake.url)).toMatchObject({ kind: 'answered', status: 200, isComplete: false })
    expect(await post(aClient(), fake.url)).toMatchObject({ kind: 'answered', status: 200, isComplete: false })
  })
})

describe('a request that was written', () => {
  test('is lost when the connection ends without an answer, and is not sent again', async () => {
    const fake = await aFake()
    const client = aClient({ concurrency: 1 })
    await post(client, fake.url)
    fake.trouble('drop')
    expect(await post(client, fake.url)).toMatchObject({ kind: 'lost' })
    expect(fake.requests).toHaveLength(2)
  })

  test('is lost when no answer comes within the time limit', async () => {
    const fake = await aFake()
    const clock = new TestClock('2026-11-20T12:00:00Z')
    fake.trouble('silence')
    const outcome = post(aClient({ clock, timeLimitMs: 30_000 }), fake.url)
    await fake.reached(1)
    await clock.advance(30_000)
    expect(await outcome).toMatchObject({ kind: 'lost', code: 'timeout' })
  })

  test('is lost when it is stopped', async () => {
    const fake = await aFake()
    const abort = new AbortController()
    fake.trouble('silence')
    const outcome = post(aClient(), fake.url, abort.signal)
    await fake.reached(1)
    abort.abort()
    expect(await outcome).toMatchObject({ kind: 'lost', code: 'aborted' })
  })

  test('never shows its key in what is said of it', async () => {
    const fake = await aFake()
    fake.trouble('drop')
    expect(JSON.stringify(await post(aClient(), `${fake.url}/send?key=s3cret`))).not.toContain('s3cret')
  })
})

describe('a request of which nothing was sent', () => {
  test('says that the name was not found', async () => {
    expect(await post(aClient(), 'https://nowhere.invalid/send?key=s3cret')).toMatchObject({
      kind: 'refused',
      stage: 'dns',
      text: 'The name nowhere.invalid was not found',
    })
  })

  test('says that nobody listens', async () => {
    const fake = await aFake()
    await fake.close()
    closing.splice(0)
    expect(await post(aClient(), fake.url)).toMatchObject({ kind: 'refused', stage: 'tcp', code: 'ECONNREFUSED' })
  })

  test.each([
    [
      'answers no TLS',
      () => createTcpServer(socket => socket.on('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n'))),
    ],
    ['hangs up', () => createTcpServer(socket => socket.on('data', () => socket.destroy()))],
    ['has no certificate', () => createTlsServer({})],
  ])('says that there is no safe connection when the server %s', async (_name, create) => {
    const server = create()
    server.on('error', () => undefined)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
    const address = server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const outcome = await post(aClient(), `https://127.0.0.1:${port}/`)
    expect(outcome.kind).toBe('refused')
    expect(['tls', 'tcp']).toContain(outcome.kind === 'refused' ? outcome.stage : '')
    server.close()
  })

  test.each([
    ['http://example.com/', 'insecure'],
    ['ftp://example.com/', 'bad_address'],
    ['not an address', 'bad_address'],
  ])('%s is refused as %s', async (url, code) => {
    expect(await post(aClient(), url)).toMatchObject({ kind: 'refused', stage: 'request', code })
  })

  test.each(['https://127.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/', 'https://localhost/'])(
    '%s is refused where local addresses are not allowed',
    async url => {
      expect(await post(aClient({ allowLocal: false }), url)).toMatchObject({ kind: 'refused', code: 'LOCAL_ADDRESS' })
    },
  )

  test('is one whose headers cannot be written', async () => {
    const fake = await aFake()
    const outcome = await aClient().request(
      { method: 'GET', url: fake.url, headers: { authorization: 'Bearer a\r\nb' }, body: null },
      new AbortController().signal,
    )
    expect(outcome).toMatchObject({ kind: 'refused', stage: 'request' })
    expect(fake.requests).toHaveLength(0)
  })
})

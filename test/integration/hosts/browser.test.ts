import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { type RunningHost, startHost } from './running-host.ts'

let running: RunningHost
let origin: string

beforeEach(async () => {
  running = await startHost()
  origin = `http://127.0.0.1:${running.host.port}`
})

const json = { 'content-type': 'application/json' }

/** A request as the page makes it, with something about it changed. */
async function fromPage(changes: Readonly<Record<string, string>> = {}, body = '{"json":{}}') {
  const cookie = await running.session()
  const headers = { ...json, origin, cookie, 'sec-fetch-site': 'same-origin', ...changes }
  return running.ask({ method: 'POST', path: '/rpc/workspace/overview', headers, body })
}

test('the page exchanges the token of its address for a cookie that scripts cannot read, and is answered', async () => {
  const token = new URL(running.host.address()).hash.replace('#token=', '')
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  const exchanged = await running.ask({
    method: 'POST',
    path: '/session',
    headers: { ...json, origin },
    body: JSON.stringify({ token }),
  })
  expect(exchanged.status).toBe(200)
  expect(exchanged.headers['set-cookie']?.[0]).toMatch(
    /^tidings_session=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  )
  const answer = await fromPage()
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body)).toMatchObject({ json: { isEmpty: true } })
})

test('the token works once', async () => {
  const token = new URL(running.host.address()).hash.replace('#token=', '')
  const exchange = () =>
    running.ask({ method: 'POST', path: '/session', headers: { ...json, origin }, body: JSON.stringify({ token }) })
  expect((await exchange()).status).toBe(200)
  const second = await exchange()
  expect(second.status).toBe(403)
  expect(second.headers['set-cookie']).toBeUndefined()
})

test('two hosts have different ports and tokens', async () => {
  const other = await startHost(2)
  expect(other.host.port).not.toBe(running.host.port)
  expect(new URL(other.host.address()).hash).not.toBe(new URL(running.host.address()).hash)
})

test.each([
  ['a name that leads here (DNS rebinding)', 'tidings.example'],
  ['another port', '127.0.0.1:1'],
  ['localhost', 'localhost'],
])('a request for another host is refused: %s', async (_name, host) => {
  expect((await fromPage({ host })).status).toBe(421)
  expect((await running.ask({ path: '/', headers: { host } })).status).toBe(421)
})

test.each(['http://example.com', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
  'a request from another origin is refused: %s',
  async foreign => {
    expect((await fromPage({ origin: foreign })).status).toBe(403)
  },
)

test('a request that another site makes the browser send is refused', async () => {
  expect((await fromPage({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await fromPage({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
})

test('a POST that does not say where it comes from is refused', async () => {
  const cookie = await running.session()
  const headers = { ...json, cookie }
  const answer = await running.ask({ method: 'POST', path: '/rpc/workspace/overview', headers, body: '{"json":{}}' })
  expect(answer.status).toBe(403)
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
  'what a form of another page could send is refused: %s',
  async type => {
    expect((await fromPage({ 'content-type': type })).status).toBe(415)
  },
)

test.each(['', 'tidings_session=', `tidings_session=${'a'.repeat(43)}`, 'other=1'])(
  'without a session nothing is answered: %s',
  async cookie => {
    const refused = await fromPage({ cookie })
    expect(refused.status).toBe(401)
    expect(refused.body).toContain('no longer connected')
    expect((await running.ask({ path: '/files/aaaaaaaaaaaaaaaaaaaaaaaa', headers: { cookie } })).status).toBe(401)
  },
)

test('the token of the command line opens requests without a cookie, a wrong one does not', async () => {
  const { token } = JSON.parse(await readFile(join(running.test.folder, 'endpoint.json'), 'utf8'))
  const ask = (authorization: string) =>
    running.ask({
      method: 'POST',
      path: '/rpc/workspace/overview',
      headers: { ...json, authorization },
      body: '{"json":{}}',
    })
  expect((await ask(`Bearer ${token}`)).status).toBe(200)
  expect((await ask(`Bearer ${'a'.repeat(43)}`)).status).toBe(403)
})

test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])(
  '%s is refused, so that no preflight is ever granted',
  async method => {
    const answer = await running.ask({ method, path: '/rpc/workspace/overview', headers: { origin } })
    expect(answer.status).toBe(405)
    expect(Object.keys(answer.headers).filter(name => name.startsWith('access-control'))).toEqual([])
  },
)

test('a GET never makes a request of the contract', async () => {
  const cookie = await running.session()
  const path = `/rpc/workspace/overview?data=${encodeURIComponent('{"json":{}}')}`
  expect((await running.ask({ path, headers: { cookie } })).status).toBe(404)
})

test.each(['/', '/campaigns', '/index.js.map', '/files/x', '/rpc/x'])(
  'every answer carries the policy and the hardening headers: %s',
  async path => {
    const { headers } = await running.ask({ path })
    const policy = String(headers['content-security-policy'])
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "frame-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ]) {
      expect(policy.split('; ')).toContain(part)
    }
    expect(policy).not.toContain('unsafe-eval')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect(Object.keys(headers).filter(name => name.startsWith('access-control'))).toEqual([])
  },
)

test.each([
  '/../endpoint.json',
  '/..%2fendpoint.json',
  '/%2e%2e/endpoint.json',
  '/index.js.map',
  '/./../tidings.db.json',
])('nothing outside the renderer is served: %s', async path => {
  expect((await running.ask({ path })).status).toBe(404)
})

test('nobody is answered on another interface than 127.0.0.1', async () => {
  const others = Object.values(networkInterfaces())
    .flat()
    .filter(found => found?.family === 'IPv4' && !found.internal)
    .map(found => found?.address ?? '')
  for (const host of others) {
    const outcome = await new Promise(resolve => {
      const socket = connect({ host, port: running.host.port })
      socket.once('connect', () => resolve('connected'))
      socket.once('error', () => resolve('refused'))
    })
    expect(outcome).toBe('refused')
  }
})

test('a file goes in under a token and comes out under its own name', async () => {
  const cookie = await running.session()
  const upload = await running.ask({
    method: 'POST',
    path: `/files?name=${encodeURIComponent('../Büro "1".csv')}`,
    headers: { cookie, origin, 'content-type': 'application/octet-stream' },
    body: Buffer.from('a;b\n1;2\n'),
  })
  expect(upload.status).toBe(200)
  const { token, name, bytes } = JSON.parse(upload.body)
  expect([name, bytes]).toEqual(['Büro 1.csv', 8])
  const download = await running.ask({ path: `/files/${token}`, headers: { cookie } })
  expect(download.body).toBe('a;b\n1;2\n')
  expect(download.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-length': '8',
    'content-disposition': `attachment; filename="B_ro 1.csv"; filename*=UTF-8''B%C3%BCro%201.csv`,
    'cache-control': 'no-store',
  })
})

test('a file that is not there is said to be not there', async () => {
  const cookie = await running.session()
  const answer = await running.ask({ path: '/files/aaaaaaaaaaaaaaaaaaaaaaaa', headers: { cookie } })
  expect(answer.status).toBe(404)
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'not_found' })
})

test('a body that is not JSON is refused, and the next request is answered', async () => {
  expect((await fromPage({}, '{{{')).status).toBe(400)
  expect((await fromPage()).status).toBe(200)
})

test('closing ends open event streams and takes the word for the command line back', async () => {
  const cookie = await running.session()
  const stream = running.ask({
    method: 'POST',
    path: '/rpc/events/stream',
    headers: { ...json, origin, cookie },
    body: '{"json":{}}',
  })
  const ended = stream.then(
    () => 'ended',
    () => 'ended',
  )
  await fromPage()
  await running.host.close()
  expect(await ended).toBe('ended')
  await expect(readFile(join(running.test.folder, 'endpoint.json'))).rejects.toThrow(/ENOENT/)
})

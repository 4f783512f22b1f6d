import { afterEach, describe, expect, test } from 'vitest'
import type { SmsEnvelope } from '../../../../src/main/integrations/provider.ts'
import { gatewayKind } from '../../../../src/main/integrations/providers/gateway/kind.ts'
import type { GatewaySettings } from '../../../../src/shared/contract/sender-settings.ts'
import { GATEWAY_KEY, startGatewayFake } from '../../../support/fakes/gateway.ts'
import { providerPorts } from '../../../support/provider-ports.ts'
import { TestClock } from '../../../support/test-clock.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const ports = providerPorts(new TestClock('2026-11-20T12:00:00Z'))

const SMS: SmsEnvelope = {
  messageId: 'm1',
  campaignId: 'c1',
  channel: 'sms',
  to: '+491711234567',
  from: { name: '', address: 'Tidings' },
  text: 'Hi “Ann” & Bob\n50% off\\',
  at: 0,
}

const JSON_BODY = '{"to": "{{to}}", "from": "{{from}}", "text": "{{text}}", "reference": "{{id}}"}'

function settings(url: string, changes: Partial<GatewaySettings> = {}): GatewaySettings {
  return {
    provider: 'gateway',
    method: 'POST',
    url,
    headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
    body: JSON_BODY,
    successFrom: 200,
    successTo: 299,
    successPath: '$.messages[0].status',
    successEquals: '0',
    idPath: '$.messages[0].id',
    smartEncoding: false,
    fromName: '',
    fromAddress: 'Tidings',
    replyTo: '',
    ...changes,
  }
}

async function opened(changes: (url: string) => GatewaySettings, key = GATEWAY_KEY) {
  const fake = await startGatewayFake()
  const limits = {
    perSecond: null,
    perMinute: null,
    perHour: null,
    perDay: null,
    concurrency: 1,
    families: [],
    warmUp: null,
  }
  const account = { id: 'a1', channel: 'sms' as const, settings: changes(fake.url), limits, secret: async () => key }
  const provider = await gatewayKind.open(account, ports)
  closing.push(fake.close, () => provider.close())
  return { fake, account, send: (envelope = SMS) => provider.send(envelope, new AbortController().signal) }
}

describe('a gateway of one’s own', () => {
  test.each([
    ['a JSON body', (url: string) => settings(`${url}/json`)],
    [
      'a form',
      (url: string) =>
        settings(`${url}/form`, {
          headers: [],
          body: 'key={{secret}}&to={{to}}&from={{from}}&text={{text}}&reference={{id}}',
        }),
    ],
    [
      'an address',
      (url: string) =>
        settings(`${url}/query?key={{secret}}&to={{to}}&from={{from}}&text={{text}}&reference={{id}}`, {
          method: 'GET',
          headers: [],
        }),
    ],
  ])('gets the text unchanged by %s', async (_name, changes) => {
    const { fake, send } = await opened(changes)
    expect(await send()).toEqual({ kind: 'accepted', providerMessageId: 'gw-1', reply: '200' })
    expect(fake.messages).toEqual([{ to: SMS.to, from: 'Tidings', text: SMS.text, reference: 'm1' }])
  })

  test('gets typographic characters replaced where that is wished', async () => {
    const { fake, send } = await opened(url => settings(`${url}/json`, { smartEncoding: true }))
    await send()
    expect(fake.messages[0]?.text).toContain('Hi "Ann"')
  })

  test('refuses a message in an answer of status 200', async () => {
    const { send } = await opened(url => settings(`${url}/json`))
    expect(await send({ ...SMS, to: 'x' })).toMatchObject({ kind: 'rejected', fault: { class: 'permanent_message' } })
  })

  test('stops the account when the key is wrong', async () => {
    const { send } = await opened(url => settings(`${url}/json`), 'wrong')
    expect(await send()).toMatchObject({ kind: 'throttled', fault: { class: 'account' } })
  })

  test('says when it is asked again', async () => {
    const { fake, send } = await opened(url => settings(`${url}/json`))
    fake.trouble({ status: 429, headers: { 'retry-after': '3' } })
    expect(await send()).toMatchObject({ kind: 'throttled', fault: { class: 'rate_limited' }, retryAfterMs: 3000 })
  })

  test('leaves open what it does not answer in a way that was described', async () => {
    const { fake, send } = await opened(url => settings(`${url}/json`))
    fake.trouble('drop', 'garbage', 'huge', { status: 500 })
    for (let n = 0; n < 4; n++) expect(await send()).toMatchObject({ kind: 'unknown', fault: { class: 'uncertain' } })
  })

  test('never has its key in what is kept, even when the gateway repeats it', async () => {
    const { fake, send } = await opened(url => settings(`${url}/json`))
    fake.trouble({ status: 400, body: `key ${GATEWAY_KEY} may not, ${encodeURIComponent(GATEWAY_KEY)} neither` })
    const outcome = JSON.stringify(await send())
    expect(outcome).toContain('[secret]')
    expect(outcome).not.toContain('gate-key')
  })

  test('is tried without sending anything', async () => {
    const { fake, account } = await opened(url => settings(`${url}/json`))
    const { ok, steps } = await gatewayKind.diagnose(account, ports, new AbortController().signal)
    expect(ok).toBe(true)
    expect(steps.map(step => step.step)).toEqual(['dns', 'tcp', 'tls', 'login', 'sender'])
    expect(fake.messages).toHaveLength(0)
  })

  test.each([
    ['a place in the name of the server', { url: 'https://{{to}}.example/send' }, 'settings.url'],
    ['http to elsewhere', { url: 'http://gateway.example/send' }, 'settings.url'],
    ['a place that is none', { body: '{"to":"{{to}}","text":"{{text}}","x":"{{name}}"}' }, 'settings.body'],
    ['no text', { body: '{"to":"{{to}}"}' }, 'settings.body'],
    ['nobody it goes to', { body: '{"text":"{{text}}"}' }, 'settings.body'],
    ['a path that cannot be read', { idPath: 'id' }, 'settings.idPath'],
    ['a header of its own kind', { headers: [{ name: 'Host', value: 'x' }] }, 'settings.headers'],
    ['no sender though one is named', { fromAddress: '' }, 'settings.fromAddress'],
    ['success that ends before it begins', { successFrom: 300 }, 'settings.successTo'],
  ])('is not accepted with %s', (_name, changes, path) => {
    const checked = gatewayKind.check('sms', settings('https://gateway.example/send', changes))
    expect('issues' in checked && checked.issues.map(issue => issue.path)).toContain(path)
  })

  test('has its key bound to the server', () => {
    const at = (url: string): string => gatewayKind.boundTo(settings(url))
    expect(at('https://gateway.example/a')).toBe(at('https://GATEWAY.example/b?x={{text}}'))
    expect(at('https://gateway.example/a')).not.toBe(at('https://gateway.example.evil/a'))
  })
})

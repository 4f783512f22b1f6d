import { describe, expect, test } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import { diagnose } from '../../../src/main/integrations/smtp/diagnose.ts'
import type { Endpoint } from '../../../src/main/integrations/smtp/endpoint.ts'
import { createSmtpProvider } from '../../../src/main/integrations/smtp/smtp-provider.ts'
import { systemClock } from '../../../src/main/kernel/clock.ts'
import { startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { startSink } from '../../support/smtp-sink.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'

const clock = systemClock()
const RIGHT = { user: 'me', password: 'pa55 wörd' }

async function sendTo(endpoint: Endpoint, login = RIGHT) {
  const provider = createSmtpProvider({
    endpoint,
    login: async () => login,
    concurrency: 1,
    clock,
    compose: createComposer(),
  })
  const outcome = await provider.send(anEnvelope(), new AbortController().signal)
  await provider.close()
  return outcome
}

async function failedStep(endpoint: Endpoint, login = RIGHT) {
  const { steps } = await diagnose({ endpoint, login: async () => login, clock }, 'me@example.com')
  return steps.find(step => step.state === 'failed')
}

describe.each(['tls', 'starttls'] as const)('with %s', security => {
  const endpointOf = (port: number, allowInvalidCertificate: boolean): Endpoint => ({
    host: '127.0.0.1',
    port,
    security,
    allowInvalidCertificate,
  })

  test('a certificate that nobody vouches for is refused, and the way out is named', async () => {
    const sink = await startSink({ security })
    expect(await sendTo(endpointOf(sink.port, false))).toMatchObject({
      kind: 'throttled',
      fault: { class: 'transport' },
    })
    const step = await failedStep(endpointOf(sink.port, false))
    expect(step).toMatchObject({ step: 'tls' })
    expect(step?.remedy).toMatch(/certificate/)
    await sink.close()
  })

  test('an account that allows any certificate signs in and sends', async () => {
    const sink = await startSink({ security, login: RIGHT })
    expect(await sendTo(endpointOf(sink.port, true))).toMatchObject({ kind: 'accepted' })
    expect(await failedStep(endpointOf(sink.port, true))).toBeUndefined()
    expect(sink.accepted()).toBe(1)
    await sink.close()
  })

  test('a wrong password stops the account', async () => {
    const sink = await startSink({ security, login: RIGHT })
    const wrong = { user: 'me', password: 'guess' }
    expect(await sendTo(endpointOf(sink.port, true), wrong)).toMatchObject({
      kind: 'throttled',
      fault: { class: 'account', code: '535 5.7.8' },
    })
    expect(await failedStep(endpointOf(sink.port, true), wrong)).toMatchObject({
      step: 'login',
      remedy: expect.stringMatching(/password/),
    })
    await sink.close()
  })
})

describe('nothing goes in clear', () => {
  test('when the server does not offer STARTTLS', async () => {
    await using server = await startScriptedSmtp()
    const endpoint = {
      host: '127.0.0.1',
      port: server.port,
      security: 'starttls',
      allowInvalidCertificate: true,
    } as const
    expect(await sendTo(endpoint)).toMatchObject({ kind: 'throttled', fault: { code: 'no_starttls' } })
    expect(server.heard.flat().join()).not.toMatch(/AUTH|MAIL/)
  })

  test('when something is slipped in between STARTTLS and TLS', async () => {
    await using server = await startScriptedSmtp(moment => {
      if (moment === 'EHLO') return { say: '250-hi\r\n250 STARTTLS\r\n' }
      return moment === 'STARTTLS' ? { say: '220 go\r\n250 injected\r\n' } : undefined
    })
    const endpoint = {
      host: '127.0.0.1',
      port: server.port,
      security: 'starttls',
      allowInvalidCertificate: true,
    } as const
    expect(await sendTo(endpoint)).toMatchObject({ kind: 'throttled', fault: { code: 'injected' } })
  })

  test('to any other machine than this one', async () => {
    const endpoint = { host: 'mail.example.com', port: 25, security: 'none', allowInvalidCertificate: false } as const
    expect(await sendTo(endpoint)).toMatchObject({ kind: 'throttled', fault: { code: 'insecure' } })
    expect(await failedStep(endpoint)).toMatchObject({ step: 'tcp', remedy: expect.stringMatching(/Choose TLS/) })
  })
})

describe('a diagnosis', () => {
  test('of a name that does not exist says so', async () => {
    const endpoint = {
      host: 'no-such-host.invalid',
      port: 465,
      security: 'tls',
      allowInvalidCertificate: false,
    } as const
    expect(await failedStep(endpoint)).toMatchObject({ step: 'dns', remedy: expect.stringMatching(/is written/) })
  })

  test('of a server that speaks TLS only after STARTTLS names the right kind', async () => {
    await using server = await startScriptedSmtp()
    const endpoint = { host: '127.0.0.1', port: server.port, security: 'tls', allowInvalidCertificate: true } as const
    expect(await failedStep(endpoint)).toMatchObject({ step: 'tls', remedy: expect.stringMatching(/STARTTLS/) })
  })

  test('of a server that refuses the sender says what it said, without addresses', async () => {
    await using server = await startScriptedSmtp(moment =>
      moment === 'MAIL' ? { say: '553 5.7.1 <me@example.com> not owned by user me\r\n' } : undefined,
    )
    const endpoint = { host: '127.0.0.1', port: server.port, security: 'none', allowInvalidCertificate: false } as const
    const step = await failedStep(endpoint)
    expect(step).toMatchObject({
      step: 'sender',
      detail: 'The server answered 553 5.7.1: <[address]> not owned by user me',
    })
    expect(step?.remedy).toMatch(/may send for/)
    expect(server.contents).toEqual([])
  })
})

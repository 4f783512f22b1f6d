import { expect, test } from 'vitest'
import { SenderId } from '../../../src/shared/contract/define.ts'
import { verifyDkim } from '../../support/dkim-verifier.ts'
import { startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'
import { openIntegrations } from './open-integrations.ts'

const signal = new AbortController().signal
const MESSAGE_ID = '0192f7c4-1111-7000-8000-000000000001'

async function accountOf(world: Awaited<ReturnType<typeof openIntegrations>>, port: number, bounceAddress: string) {
  const sender = await world.senders.save(
    {
      id: null,
      channel: 'email',
      name: 'Office',
      settings: {
        provider: 'smtp',
        host: '127.0.0.1',
        port,
        security: 'none',
        auth: 'password',
        user: '',
        oauthClientId: '',
        oauthTokenUrl: '',
        fromName: 'Office',
        fromAddress: 'office@example.com',
        replyTo: '',
        bounceAddress,
        allowInvalidCertificate: false,
      },
      limits: {
        perSecond: 5,
        perMinute: null,
        perHour: null,
        perDay: null,
        concurrency: 1,
        families: [],
        warmUp: null,
      },
      secrets: {},
    },
    world.context,
  )
  return SenderId.parse(sender.id)
}

const envelope = () => anEnvelope({ messageId: MESSAGE_ID, from: { name: 'Office', address: 'office@example.com' } })

test('messages of a domain with keys are signed by both, and the keys are never shown', async () => {
  await using world = await openIntegrations()
  await using server = await startScriptedSmtp()
  const id = await accountOf(world, server.port, '')
  const { senders, context } = world
  const made = await senders.makeSigningKey(
    { domain: 'Example.com', selector: 'tidings', algorithm: 'rsa-sha256' },
    context,
  )
  await senders.makeSigningKey({ domain: 'example.com', selector: 'tidings-ed', algorithm: 'ed25519-sha256' }, context)
  expect(made.recordName).toBe('tidings._domainkey.example.com')
  expect(made.recordText).toMatch(/^v=DKIM1; k=rsa; p=MII/)

  const provider = await world.integrations.provider(id)
  await provider.send(envelope(), signal)
  const { keys } = await senders.signingKeys({}, context)
  const records = Object.fromEntries(keys.map(key => [key.recordName, key.recordText]))
  const verdicts = verifyDkim(`${server.contents[0]}`, records)
  expect(verdicts.map(one => [one.algorithm, one.result])).toEqual([
    ['rsa-sha256', 'pass'],
    ['ed25519-sha256', 'pass'],
  ])
  expect(verdicts[0]?.signedHeaders).toEqual(
    expect.arrayContaining([
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'mime-version',
      'content-type',
      'list-unsubscribe',
    ]),
  )
  expect(JSON.stringify(keys)).not.toContain('PRIVATE')
})

test('a new key of a kind takes the place of the old one, and none means no signature', async () => {
  await using world = await openIntegrations()
  await using server = await startScriptedSmtp()
  const id = await accountOf(world, server.port, '')
  const { senders, context } = world
  await senders.makeSigningKey({ domain: 'example.com', selector: 'one', algorithm: 'rsa-sha256' }, context)
  await senders.makeSigningKey({ domain: 'example.com', selector: 'two', algorithm: 'rsa-sha256' }, context)
  expect((await senders.signingKeys({}, context)).keys.map(key => key.selector)).toEqual(['two'])
  await expect(
    senders.saveSigningKey({ domain: 'example.com', selector: 'three', privateKey: 'none' }, context),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  await senders.removeSigningKey({ domain: 'example.com', selector: 'two' }, context)
  await (await world.integrations.provider(id)).send(envelope(), signal)
  expect(server.contents[0]).not.toContain('DKIM-Signature')
})

test('bounces come to an address of their own for each message, and others cannot make one', async () => {
  await using world = await openIntegrations()
  await using server = await startScriptedSmtp()
  const id = await accountOf(world, server.port, 'bounces@example.com')
  await (await world.integrations.provider(id)).send(envelope(), signal)
  const mail = server.heard.flat().find(line => line.startsWith('MAIL'))
  expect(mail).toMatch(/^MAIL FROM:<bounces\+[a-z2-7]{34}@example\.com>/)
})

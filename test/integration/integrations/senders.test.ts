import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SenderId } from '../../../src/shared/contract/define.ts'
import { SenderLimits } from '../../../src/shared/contract/sender-settings.ts'
import { startSink } from '../../support/smtp-sink.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'
import { type OpenIntegrations, openIntegrations } from './open-integrations.ts'

const signal = new AbortController().signal

type SenderInput = Parameters<OpenIntegrations['senders']['save']>[0]
type SmtpInput = Extract<SenderInput['settings'], { provider: 'smtp' }>

function aSender(changes: Partial<SenderInput> = {}, settings: Partial<SmtpInput> = {}): SenderInput {
  return {
    id: null,
    channel: 'email',
    name: 'Office',
    settings: {
      provider: 'smtp',
      host: '127.0.0.1',
      port: 2525,
      security: 'none',
      auth: 'password',
      user: '',
      oauthClientId: '',
      oauthTokenUrl: '',
      fromName: 'The office',
      fromAddress: 'office@example.com',
      replyTo: '',
      bounceAddress: '',
      allowInvalidCertificate: false,
      ...settings,
    },
    limits: { perSecond: 5, perMinute: null, perHour: null, perDay: null, concurrency: 2, families: [], warmUp: null },
    secrets: {},
    ...changes,
  }
}

const idOf = (sender: { readonly id: string }) => SenderId.parse(sender.id)
const PRACTICE_SETTINGS = {
  provider: 'practice',
  fromName: '',
  fromAddress: 'a@practice.example',
  replyTo: '',
} as const
const PRACTICE = SenderId.parse('practice-email')

function aCampaign(status: 'scheduled' | 'running', senderId: string) {
  return {
    id: 'c',
    name: 'Autumn',
    channel: 'email',
    status,
    draft: '{}',
    frozen: null,
    sender_id: senderId,
    send_at: null,
    plan_state: 'none',
    plan_cursor: '',
    audience_size: 0,
    status_reason: '',
    is_sample: 0,
    created_by: 'x',
    created_at: 0,
    updated_at: 0,
    started_at: null,
    completed_at: null,
  } as const
}

describe('accounts', () => {
  test('the practice accounts are there, are the defaults, and are made only once', async () => {
    await using app = await openIntegrations()
    await app.integrations.ensurePractice()
    const { senders } = await app.senders.list({}, app.context)
    expect(senders.map(one => [one.id, one.channel, one.isDefault, one.settings.provider])).toEqual([
      ['practice-email', 'email', true, 'practice'],
      ['practice-sms', 'sms', true, 'practice'],
      ['practice-social', 'social', true, 'practice'],
      ['practice-voice', 'voice', true, 'practice'],
      ['practice-whatsapp', 'whatsapp', true, 'practice'],
    ])
    const account = await app.integrations.defaultAccount(app.parts.storage.reader, 'email')
    expect(account).toMatchObject({ id: 'practice-email', state: 'running', fromAddress: 'news@practice.example' })
  })

  test('an account is added, changed and sends by the server it names', async () => {
    await using app = await openIntegrations()
    const first = await startSink()
    const second = await startSink()
    const added = await app.senders.save(aSender({}, { port: first.port }), app.context)
    expect(added).toMatchObject({ name: 'Office', isDefault: false, secretNames: [], waiting: 0 })
    const before = await app.integrations.provider(added.id)
    expect(await before.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    await app.senders.save(aSender({ id: idOf(added) }, { port: second.port }), app.context)
    const after = await app.integrations.provider(added.id)
    expect(await after.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    expect([first.accepted(), second.accepted()]).toEqual([1, 1])
    await first.close()
    await second.close()
  })

  test('a password is written, kept, removed, and never readable on disk', async () => {
    await using app = await openIntegrations()
    const password = 'correct horse battery staple'
    const added = await app.senders.save(aSender({ secrets: { password } }, { user: 'me' }), app.context)
    expect(added.secretNames).toEqual(['password'])
    expect(JSON.stringify(added)).not.toContain(password)
    const kept = await app.senders.save(aSender({ id: idOf(added) }, { user: 'me' }), app.context)
    expect(kept.secretNames).toEqual(['password'])
    await app.close()
    for (const file of ['tidings.db', 'tidings.db-wal']) {
      const bytes = await readFile(join(app.folder, file)).catch(() => Buffer.alloc(0))
      expect(bytes.includes(password)).toBe(false)
    }
    await using again = await openIntegrations({ folder: app.folder })
    const removed = await again.senders.save(
      aSender({ id: idOf(added), secrets: { password: '' } }, { user: 'me' }),
      again.context,
    )
    expect(removed.secretNames).toEqual([])
  })

  test('a stored password is not handed to another server', async () => {
    await using app = await openIntegrations()
    const id = idOf(await app.senders.save(aSender({ secrets: { password: 'secret' } }, { user: 'me' }), app.context))
    const moved = aSender({ id }, { user: 'me', host: '127.0.0.2' })
    await expect(app.senders.save(moved, app.context)).rejects.toMatchObject({ details: { field: 'password' } })
    await expect(app.senders.test({ sender: moved }, app.context)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await app.senders.save({ ...moved, secrets: { password: 'other' } }, app.context)).toMatchObject({
      secretNames: ['password'],
    })
  })

  test.each<[string, Partial<SmtpInput>]>([
    ['settings.fromAddress', { fromAddress: 'nobody' }],
    ['settings.replyTo', { replyTo: 'nobody' }],
    ['settings.host', { host: 'https://mail.example.com' }],
    ['settings.security', { host: 'mail.example.com', security: 'none' }],
    ['settings.fromAddress', { host: 'smtp.example.com', security: 'tls', fromAddress: 'me@gmail.com' }],
  ])('a wrong %s is refused by name', async (field, settings) => {
    await using app = await openIntegrations()
    await expect(app.senders.save(aSender({}, settings), app.context)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { field },
    })
  })

  test('the default moves, and goes back when its account is removed', async () => {
    await using app = await openIntegrations()
    const id = idOf(await app.senders.save(aSender(), app.context))
    await app.senders.makeDefault({ id }, app.context)
    const { reader } = app.parts.storage
    expect((await app.integrations.defaultAccount(reader, 'email')).id).toBe(id)
    expect((await app.integrations.defaultAccount(reader, 'sms')).id).toBe('practice-sms')
    await app.senders.remove({ id }, app.context)
    expect((await app.integrations.defaultAccount(reader, 'email')).id).toBe('practice-email')
    await expect(app.integrations.account(reader, id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the practice account cannot be removed', async () => {
    await using app = await openIntegrations()
    await expect(app.senders.remove({ id: PRACTICE }, app.context)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('an account that a scheduled campaign uses cannot be removed', async () => {
    await using app = await openIntegrations()
    const id = idOf(await app.senders.save(aSender(), app.context))
    await app.parts.storage.db.insertInto('campaigns').values(aCampaign('scheduled', id)).execute()
    await expect(app.senders.remove({ id }, app.context)).rejects.toThrow(/“Autumn”/)
  })

  test('pausing and resuming change the state and are on record', async () => {
    await using app = await openIntegrations()
    const paused = await app.senders.pause({ id: PRACTICE }, app.context)
    expect(paused).toMatchObject({ state: 'paused', stateReason: 'Paused by You' })
    const resumed = await app.senders.resume({ id: PRACTICE }, app.context)
    expect(resumed).toMatchObject({ state: 'running', stateReason: '' })
    const audit = await app.parts.storage.reader.selectFrom('audit').select('action').orderBy('seq').execute()
    expect(audit.map(row => row.action).slice(-2)).toEqual(['sender.paused', 'sender.resumed'])
  })

  test('counts what went out in the last hour and day, and what waits', async () => {
    await using app = await openIntegrations()
    const { db } = app.parts.storage
    const now = app.parts.kernel.clock.now()
    await db.insertInto('campaigns').values(aCampaign('running', 'practice-email')).execute()
    const states = [
      ['m1', 'accepted', now - 60_000, 'accepted'],
      ['m2', 'accepted', now - 7_200_000, 'accepted'],
      ['m3', 'ready', now - 1000, 'deferred'],
      ['m4', 'attempting', now, null],
    ] as const
    for (const [id, state, startedAt, outcome] of states) {
      await db
        .insertInto('messages')
        .values({
          id,
          campaign_id: 'c',
          contact_id: id,
          step: 1,
          channel: 'email',
          address: `${id}@example.com`,
          sender_id: 'practice-email',
          family: '',
          state,
          reason: '',
          due_at: now,
          attempts: 1,
          claimed_by: null,
          provider_message_id: null,
          created_at: now,
          updated_at: now,
        })
        .execute()
      await db
        .insertInto('attempts')
        .values({
          message_id: id,
          n: 1,
          sender_id: 'practice-email',
          run_id: 'r',
          started_at: startedAt,
          ended_at: null,
          outcome,
          class: null,
          code: null,
          reply: null,
        })
        .execute()
    }
    const { senders } = await app.senders.list({}, app.context)
    expect(senders[0]).toMatchObject({ sentLastHour: 1, sentLastDay: 2, waiting: 2 })
  })
})

describe('the account test', () => {
  test('goes through every step against a server that is there, and sends nothing', async () => {
    await using app = await openIntegrations()
    const sink = await startSink()
    const { ok, steps } = await app.senders.test({ sender: aSender({}, { port: sink.port }) }, app.context)
    expect(ok).toBe(true)
    expect(steps.map(step => `${step.step} ${step.state}`)).toEqual([
      'dns ok',
      'tcp ok',
      'tls ok',
      'greeting ok',
      'login ok',
      'sender ok',
    ])
    expect(sink.accepted()).toBe(0)
    await sink.close()
  })

  test('says where it ends and what to do', async () => {
    await using app = await openIntegrations()
    const sink = await startSink()
    await sink.close()
    const refused = await app.senders.test({ sender: aSender({}, { port: sink.port }) }, app.context)
    expect(refused.steps.map(step => step.state)).toEqual([
      'ok',
      'failed',
      'not_reached',
      'not_reached',
      'not_reached',
      'not_reached',
    ])
    expect(refused.steps[1]?.remedy).toMatch(/Nothing listens/)
    const open = await startSink()
    const login = await app.senders.test(
      { sender: aSender({ secrets: { password: 'x' } }, { port: open.port, user: 'me' }) },
      app.context,
    )
    expect(login.steps[4]).toMatchObject({ step: 'login', state: 'failed' })
    expect(login.steps[4]?.remedy).toMatch(/Leave the user empty/)
    await open.close()
  })

  test('passes for the practice accounts', async () => {
    await using app = await openIntegrations()
    for (const sender of (await app.senders.list({}, app.context)).senders) {
      const { ok } = await app.senders.test(
        {
          sender: {
            ...sender,
            limits: SenderLimits.parse(sender.limits),
            id: idOf(sender),
            settings: PRACTICE_SETTINGS,
            secrets: {},
          },
        },
        app.context,
      )
      expect(ok).toBe(true)
    }
  })
})

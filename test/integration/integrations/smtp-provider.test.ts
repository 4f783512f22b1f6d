import { describe, expect, test } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import { type Moment, startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { startSink } from '../../support/smtp-sink.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'
import { provider, signal, WITHOUT_PIPELINING } from './smtp-world.ts'

describe('a message', () => {
  test('goes over the wire with its envelope, and the server’s id comes back', async () => {
    await using server = await startScriptedSmtp()
    expect(await provider(server.port).send(anEnvelope(), signal)).toEqual({
      kind: 'accepted',
      providerMessageId: 'SCRIPT1',
      reply: '250 2.0.0 Ok: queued as SCRIPT1',
    })
    const [ehlo, mail, rcpt, data] = server.heard[0] ?? []
    expect([ehlo, rcpt, data]).toEqual(['EHLO [127.0.0.1]', 'RCPT TO:<ann@example.com>', 'DATA'])
    expect(mail).toMatch(/^MAIL FROM:<news@sender\.example> SIZE=\d+$/)
    expect(server.contents[0]).toMatch(/^From: Tidings/)
  })

  test('is taken by a real server, one by one and many at a time', async () => {
    const sink = await startSink({ keepRaw: true })
    const sender = provider(sink.port, { concurrency: 5 })
    const ids = Array.from({ length: 250 }, (_, n) => `m${n}`)
    const outcomes = await Promise.all(ids.map(messageId => sender.send(anEnvelope({ messageId }), signal)))
    expect(outcomes.every(outcome => outcome.kind === 'accepted')).toBe(true)
    expect(
      sink
        .records()
        .map(record => record.messageRef)
        .sort(),
    ).toEqual([...ids].sort())
    await sender.close()
    await sink.close()
  })

  test.each([true, false])('larger than a socket takes at once arrives whole (pipelining: %s)', async pipelining => {
    const sink = await startSink({ keepRaw: true, pipelining })
    const html = `<p>${'.dots and ünicode =\r\n'.repeat(40_000)}</p>`
    expect(await provider(sink.port).send(anEnvelope({ html }), signal)).toMatchObject({ kind: 'accepted' })
    const composed = createComposer()(anEnvelope({ html }))
    expect(composed.kind === 'message' && sink.raw()[0]?.equals(composed.bytes)).toBe(true)
    await sink.close()
  })

  test('also reaches a server that does not pipeline and wants AUTH LOGIN', async () => {
    await using server = await startScriptedSmtp((moment, line) => {
      if (moment === 'EHLO') return WITHOUT_PIPELINING
      if (line === 'AUTH LOGIN') return { say: '334 VXNlcm5hbWU6\r\n' }
      if (line === Buffer.from('me').toString('base64')) return { say: '334 UGFzc3dvcmQ6\r\n' }
      return undefined
    })
    expect(await provider(server.port, { user: 'me' }).send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    expect(server.heard[0]?.slice(1, 4)).toEqual(['AUTH LOGIN', 'bWU=', 'cGE1NQ=='])
  })

  test('uses replies that come in pieces and in several lines', async () => {
    await using server = await startScriptedSmtp(moment => {
      if (moment === 'connect') return { pieces: ['22', '0-hello\r', '\n220 wor', 'ld\r\n'] }
      if (moment === 'END') return { pieces: ['250-2.0.0 one\r\n', '250 2.0.0 two', '\r\n'] }
      return undefined
    })
    expect(await provider(server.port).send(anEnvelope(), signal)).toMatchObject({
      kind: 'accepted',
      reply: '250 2.0.0 one two',
    })
  })

  test('with a local part beyond ASCII needs a server that can', async () => {
    await using able = await startScriptedSmtp()
    const to = 'jörg@example.com'
    expect(await provider(able.port).send(anEnvelope({ to }), signal)).toMatchObject({ kind: 'accepted' })
    expect(able.heard[0]?.[1]).toMatch(/ SMTPUTF8$/)
    await using unable = await startScriptedSmtp(moment => (moment === 'EHLO' ? { say: '250 hi\r\n' } : undefined))
    expect(await provider(unable.port).send(anEnvelope({ to }), signal)).toMatchObject({
      kind: 'rejected',
      fault: { class: 'permanent_message', code: '5.6.7' },
    })
  })

  test('that cannot be written is refused without a connection', async () => {
    await using server = await startScriptedSmtp()
    expect(await provider(server.port).send(anEnvelope({ subject: 'a\r\nBcc: b@c.example' }), signal)).toMatchObject({
      kind: 'rejected',
      fault: { class: 'permanent_message' },
    })
    expect(server.heard).toEqual([])
  })
})

describe('a refusal', () => {
  test.each<[Moment, string, string, string]>([
    ['connect', '554 5.7.1 blocked using dnsbl', 'throttled', 'policy_sender'],
    ['connect', '421 busy', 'throttled', 'transport'],
    ['EHLO', '502 no', 'throttled', 'policy_sender'],
    ['AUTH', '535 5.7.8 bad', 'throttled', 'account'],
    ['AUTH', '454 4.7.0 too many logins', 'throttled', 'account'],
    ['MAIL', '550 5.7.1 sender denied', 'throttled', 'policy_sender'],
    ['MAIL', '451 4.3.0 later', 'throttled', 'temporary'],
    ['RCPT', '550 5.1.1 unknown', 'rejected', 'permanent_address'],
    ['RCPT', '450 4.2.1 busy', 'deferred', 'temporary'],
    ['DATA', '451 4.3.0 later', 'deferred', 'temporary'],
    ['DATA', '554 5.6.0 no', 'rejected', 'permanent_message'],
    ['END', '554 5.6.0 no', 'rejected', 'permanent_message'],
    ['END', '452 4.3.1 full', 'deferred', 'temporary'],
    ['END', '421 4.7.28 unusual rate', 'throttled', 'rate_limited'],
  ])('at %s with %s is %s', async (moment, reply, kind, why) => {
    await using server = await startScriptedSmtp(now => (now === moment ? { say: `${reply}\r\n` } : undefined))
    expect(await provider(server.port, { user: 'me' }).send(anEnvelope(), signal)).toMatchObject({
      kind,
      fault: { class: why },
    })
  })

  test('of one recipient leaves the connection good for the next, after RSET', async () => {
    await using server = await startScriptedSmtp((moment, line) => {
      if (moment === 'RCPT' && line.includes('bad')) return { say: '550 5.1.1 unknown\r\n' }
      return undefined
    })
    const sender = provider(server.port)
    expect(await sender.send(anEnvelope({ to: 'bad@example.com' }), signal)).toMatchObject({ kind: 'rejected' })
    expect(await sender.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    expect(server.heard).toHaveLength(1)
    expect(server.heard[0]?.map(line => line.slice(0, 4))).toEqual([
      'EHLO',
      'MAIL',
      'RCPT',
      'DATA',
      'RSET',
      'MAIL',
      'RCPT',
      'DATA',
    ])
    // DATA was open although the recipient was refused: it was closed with nothing in it.
    expect(server.contents).toHaveLength(2)
    expect(server.contents[0]).toBe('')
  })

  test('of one recipient by a real server does not disturb the others', async () => {
    const sink = await startSink()
    const sender = provider(sink.port)
    const kinds = []
    for (const to of ['a@x.example', 'fail-550-b@x.example', 'c@x.example', 'fail-data-452@x.example', 'd@x.example']) {
      kinds.push((await sender.send(anEnvelope({ to }), signal)).kind)
    }
    expect(kinds).toEqual(['accepted', 'rejected', 'accepted', 'deferred', 'accepted'])
    await sender.close()
    await sink.close()
  })
})

describe('a server out of step', () => {
  test('with another 2xx than 250 has taken the message all the same', async () => {
    await using server = await startScriptedSmtp(moment => {
      if (moment === 'RCPT') return { say: '251 2.1.5 will forward\r\n' }
      return moment === 'END' ? { say: '252 2.0.0 fine\r\n' } : undefined
    })
    expect(await provider(server.port).send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
  })

  test('that says 3xx to a whole message leaves it in doubt', async () => {
    await using server = await startScriptedSmtp(moment => (moment === 'END' ? { say: '354 more\r\n' } : undefined))
    expect(await provider(server.port).send(anEnvelope(), signal)).toMatchObject({ kind: 'unknown' })
  })

  test('that gives one reply too many gets no message', async () => {
    await using server = await startScriptedSmtp(moment =>
      moment === 'RCPT' ? { say: '250 ok\r\n354 go\r\n' } : undefined,
    )
    const outcome = await provider(server.port).send(anEnvelope(), signal)
    expect(outcome).toMatchObject({ kind: 'throttled', fault: { code: 'garbled' } })
    expect(server.contents).toEqual([])
  })

  test('that talks while idle is not used again', async () => {
    await using server = await startScriptedSmtp(moment =>
      moment === 'END' && server.heard.length === 1 ? { say: '250 ok\r\n421 closing\r\n' } : undefined,
    )
    const sender = provider(server.port)
    expect(await sender.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    expect(await sender.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    expect(server.heard).toHaveLength(2)
  })
})

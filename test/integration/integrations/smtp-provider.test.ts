import { afterEach, describe, expect, test } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import type { Provider } from '../../../src/main/integrations/provider.ts'
import { createSmtpProvider } from '../../../src/main/integrations/smtp/smtp-provider.ts'
import { type Clock, systemClock } from '../../../src/main/kernel/clock.ts'
import { type Act, type Moment, startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { startSink } from '../../support/smtp-sink.ts'
import { TestClock } from '../../support/test-clock.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'

const signal = new AbortController().signal
const opened: Provider[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(provider => provider.close()))
})

function provider(port: number, options: { user?: string; concurrency?: number; clock?: Clock } = {}): Provider {
  const made = createSmtpProvider({
    endpoint: { host: '127.0.0.1', port, security: 'none', allowInvalidCertificate: false },
    login: async () => ({ user: options.user ?? '', password: 'pa55' }),
    concurrency: options.concurrency ?? 1,
    clock: options.clock ?? systemClock(),
    compose: createComposer(),
  })
  opened.push(made)
  return made
}

const WITHOUT_PIPELINING: Act = { say: '250-scripted.test\r\n250 AUTH LOGIN\r\n' }

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

describe('a connection that breaks', () => {
  test.each<[Moment, boolean, string]>([
    ['connect', true, 'throttled'],
    ['EHLO', true, 'throttled'],
    ['AUTH', true, 'throttled'],
    ['MAIL', true, 'throttled'],
    ['RCPT', true, 'throttled'],
    ['DATA', true, 'throttled'],
    ['END', true, 'unknown'],
    ['MAIL', false, 'throttled'],
    ['RCPT', false, 'throttled'],
    ['DATA', false, 'throttled'],
    ['END', false, 'unknown'],
  ])('at %s (pipelining: %s) is %s, and is tried only once', async (moment, pipelining, kind) => {
    await using server = await startScriptedSmtp(now => {
      if (now === moment) return { drop: true }
      if (now === 'EHLO' && !pipelining) return WITHOUT_PIPELINING
      return now === 'AUTH' && !pipelining ? { say: '235 ok\r\n' } : undefined
    })
    const user = pipelining ? 'me' : ''
    expect(await provider(server.port, { user }).send(anEnvelope(), signal)).toMatchObject({ kind })
    expect(server.heard).toHaveLength(1)
  })

  test('in the middle of a reply to the final dot is unknown', async () => {
    await using server = await startScriptedSmtp(moment => (moment === 'END' ? { pieces: ['250-2.0'] } : undefined))
    const sending = provider(server.port).send(anEnvelope(), signal)
    await heard(() => server.contents.length === 1)
    server.dropAll()
    expect(await sending).toMatchObject({ kind: 'unknown', fault: { class: 'uncertain' } })
  })

  test('while a large message is under way is known not to have been sent', async () => {
    let sockets = 0
    await using server = await startScriptedSmtp(moment => {
      sockets += 1
      return moment === 'DATA' ? { say: '354 go\r\n' } : undefined
    })
    const sending = provider(server.port).send(anEnvelope({ html: 'x\n'.repeat(15_000_000) }), signal)
    await heard(() => server.heard[0]?.includes('DATA') ?? false)
    server.dropAll()
    expect(await sending).toMatchObject({ kind: 'throttled', fault: { class: 'transport' } })
    expect(sockets).toBeGreaterThan(0)
    expect(server.contents).toEqual([])
  })

  test('while it lay idle is replaced without anybody noticing', async () => {
    await using server = await startScriptedSmtp()
    const sender = provider(server.port)
    expect(await sender.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    server.dropAll()
    expect(await sender.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
    expect(server.heard).toHaveLength(2)
  })

  test('with 421 at the next MAIL is replaced too', async () => {
    await using server = await startScriptedSmtp((moment, _line, connection) => {
      if (moment === 'MAIL' && connection === 0 && server.contents.length > 0) return { say: '421 closing\r\n' }
      return undefined
    })
    const sender = provider(server.port)
    await sender.send(anEnvelope(), signal)
    // The scripted server answers RCPT and DATA too, as one that closes would not.
    expect(await sender.send(anEnvelope(), signal)).toMatchObject({ kind: 'accepted' })
  })

  test('where nobody listens is a trouble of transport', async () => {
    const sink = await startSink()
    await sink.close()
    expect(await provider(sink.port).send(anEnvelope(), signal)).toMatchObject({
      kind: 'throttled',
      fault: { class: 'transport', code: 'ECONNREFUSED' },
    })
  })

  test('or never was SMTP is a trouble of transport', async () => {
    await using server = await startScriptedSmtp(moment =>
      moment === 'connect' ? { say: 'HTTP/1.1 400 Bad Request\r\n\r\n' } : undefined,
    )
    expect(await provider(server.port).send(anEnvelope(), signal)).toMatchObject({
      kind: 'throttled',
      fault: { code: 'garbled' },
    })
  })
})

describe('a server that does not answer', () => {
  test.each<[Moment, number, string]>([
    ['connect', 60_000, 'throttled'],
    ['EHLO', 60_000, 'throttled'],
    ['MAIL', 60_000, 'throttled'],
    ['RCPT', 60_000, 'throttled'],
    ['DATA', 120_000, 'throttled'],
    ['END', 600_000, 'unknown'],
  ])('at %s is given up after %d ms', async (moment, ms, kind) => {
    const clock = new WatchedClock('2026-11-20T12:00Z')
    let reached = false
    await using server = await startScriptedSmtp(now => {
      if (now !== moment) return undefined
      reached = true
      return { silent: true }
    })
    let outcome: { kind: string } | null = null
    const sending = provider(server.port, { clock }).send(anEnvelope(), signal)
    void sending.then(result => {
      outcome = result
    })
    await heard(() => reached && clock.lastWait === ms)
    await clock.advance(ms - 1)
    expect(outcome).toBeNull()
    await clock.advance(1)
    expect(await sending).toMatchObject({ kind, fault: { code: 'timeout' } })
  })
})

describe('stopping', () => {
  test('before the final dot sends nothing and says so', async () => {
    const stop = new AbortController()
    await using server = await startScriptedSmtp(moment => (moment === 'MAIL' ? { silent: true } : undefined))
    const sending = provider(server.port).send(anEnvelope(), stop.signal)
    await heard(() => (server.heard[0]?.length ?? 0) > 1)
    stop.abort()
    expect(await sending).toMatchObject({ kind: 'throttled', fault: { class: 'transport', code: 'aborted' } })
    expect(server.contents).toEqual([])
  })

  test('after the final dot waits five seconds for the answer', async () => {
    const clock = new TestClock('2026-11-20T12:00Z')
    const stop = new AbortController()
    await using server = await startScriptedSmtp(moment => (moment === 'END' ? { silent: true } : undefined))
    const sending = provider(server.port, { clock }).send(anEnvelope(), stop.signal)
    await heard(() => server.contents.length === 1)
    stop.abort()
    await clock.advance(5_000)
    expect(await sending).toMatchObject({ kind: 'unknown', fault: { class: 'uncertain' } })
  })

  test('also ends a wait for a free connection, and before anything began', async () => {
    const stop = new AbortController()
    await using server = await startScriptedSmtp(moment => (moment === 'MAIL' ? { silent: true } : undefined))
    const sender = provider(server.port)
    const both = Promise.all([sender.send(anEnvelope(), stop.signal), sender.send(anEnvelope(), stop.signal)])
    await heard(() => (server.heard[0]?.length ?? 0) > 1)
    stop.abort()
    expect((await both).map(outcome => outcome.kind)).toEqual(['throttled', 'throttled'])
    expect(await sender.send(anEnvelope(), stop.signal)).toMatchObject({ kind: 'throttled' })
  })
})

describe('connections', () => {
  test('carry a hundred messages each', async () => {
    await using server = await startScriptedSmtp()
    const sender = provider(server.port)
    for (let n = 0; n < 201; n++) await sender.send(anEnvelope(), signal)
    expect(server.heard.map(lines => lines.filter(line => line.startsWith('MAIL')).length)).toEqual([100, 100, 1])
    await heard(() => server.heard[1]?.includes('QUIT') ?? false)
  })

  test('are no more than allowed', async () => {
    await using server = await startScriptedSmtp()
    const sender = provider(server.port, { concurrency: 3 })
    await Promise.all(Array.from({ length: 60 }, () => sender.send(anEnvelope(), signal)))
    expect(server.heard).toHaveLength(3)
  })

  test('are ended after fifteen idle seconds', async () => {
    const clock = new TestClock('2026-11-20T12:00Z')
    await using server = await startScriptedSmtp()
    const sender = provider(server.port, { clock })
    await sender.send(anEnvelope(), signal)
    await clock.advance(14_999)
    expect(server.heard[0]).not.toContain('QUIT')
    await clock.advance(1)
    await heard(() => server.heard[0]?.includes('QUIT') ?? false)
  })

  test('are ended when the provider is closed', async () => {
    await using server = await startScriptedSmtp()
    const sender = provider(server.port)
    await sender.send(anEnvelope(), signal)
    await sender.close()
    expect(server.heard[0]?.at(-1)).toBe('QUIT')
  })
})

/** A test clock that tells what was last waited for. */
class WatchedClock extends TestClock {
  lastWait = 0

  override after(ms: number, run: () => void): () => void {
    this.lastWait = ms
    return super.after(ms, run)
  }
}

async function heard(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(resolve => setTimeout(resolve, 2))
}

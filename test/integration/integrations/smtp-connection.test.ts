import { describe, expect, test } from 'vitest'
import { type Moment, startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { startSink } from '../../support/smtp-sink.ts'
import { TestClock } from '../../support/test-clock.ts'
import { anEnvelope } from '../../unit/main/integrations/mime/an-envelope.ts'
import { provider, signal, WITHOUT_PIPELINING } from './smtp-world.ts'

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

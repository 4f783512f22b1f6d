import { expect, test } from 'vitest'
import type { Envelope, Provider } from '../../../src/main/integrations/provider.ts'
import { TestClock } from '../test-clock.ts'
import { type HttpFake, startHttpFake } from './http-fake.ts'

const signal = new AbortController().signal

/** What must hold for every provider that is asked over HTTP, whatever it speaks. */
export function testTroubles(terms: {
  /** Opens the provider against a server. */
  open(url: string, clock: TestClock): Promise<Provider>
  readonly envelope: Envelope
  /** What a request that was sent and not answered comes to. */
  readonly lost: 'unknown' | 'deferred'
  /** What an answer that cannot be read, with status 200, comes to; most nobody can tell. */
  readonly garbage?: 'unknown' | 'accepted' | 'deferred'
}): void {
  async function tried(
    run: (provider: Provider, fake: HttpFake, clock: TestClock) => Promise<void>,
    status = 500,
  ): Promise<void> {
    const clock = new TestClock('2026-11-20T10:00:00Z')
    const fake = await startHttpFake(() => ({ status }))
    const provider = await terms.open(fake.url, clock)
    try {
      await run(provider, fake, clock)
    } finally {
      await provider.close()
      await fake.close()
    }
  }

  test('a server that cannot be reached got nothing: the account rests, the message waits', async () => {
    await tried(async (provider, fake) => {
      await fake.close()
      expect(await provider.send(terms.envelope, signal)).toMatchObject({
        kind: 'throttled',
        fault: { class: 'transport' },
      })
    })
  })

  test('a connection that ends after the request may have delivered it', async () => {
    await tried(async (provider, fake) => {
      fake.trouble('drop')
      expect(await provider.send(terms.envelope, signal)).toMatchObject({ kind: terms.lost })
      expect(fake.requests).toHaveLength(1)
    })
  })

  test('an answer that does not come in time leaves it open', async () => {
    await tried(async (provider, fake, clock) => {
      fake.trouble('silence')
      const sent = provider.send(terms.envelope, signal)
      await fake.reached(1)
      await clock.advance(120_000)
      expect(await sent).toMatchObject({ kind: terms.lost })
    })
  })

  test('an answer that makes no sense is never taken for a refusal', async () => {
    await tried(async (provider, fake) => {
      fake.trouble('garbage')
      expect(await provider.send(terms.envelope, signal)).toMatchObject({ kind: terms.garbage ?? 'unknown' })
    })
  })

  test('429 with Retry-After makes the account wait as long as it is asked to', async () => {
    await tried(async (provider, fake) => {
      fake.trouble({ status: 429, headers: { 'retry-after': '17' }, body: {} })
      expect(await provider.send(terms.envelope, signal)).toMatchObject({
        kind: 'throttled',
        fault: { class: 'rate_limited' },
        retryAfterMs: 17_000,
      })
    })
  })

  test('wrong credentials stop the account and cost no message', async () => {
    await tried(async (provider, fake) => {
      fake.trouble({ status: 401, body: {} })
      expect(await provider.send(terms.envelope, signal)).toMatchObject({
        kind: 'throttled',
        fault: { class: 'account' },
      })
    })
  })

  test('it follows no redirect', async () => {
    await tried(async (provider, fake) => {
      fake.trouble('redirect')
      expect((await provider.send(terms.envelope, signal)).kind).not.toBe('accepted')
      expect(fake.requests).toHaveLength(1)
    })
  })

  test('a message that is stopped before it left was not sent', async () => {
    await tried(async provider => {
      expect(await provider.send(terms.envelope, AbortSignal.abort())).toMatchObject({
        kind: 'throttled',
        fault: { class: 'transport' },
      })
    })
  })
}

import type { Clock } from '../../kernel/clock.ts'
import type { Envelope, Polled, Provider, SendOutcome } from '../provider.ts'
import type { ApiKey } from './api-key.ts'
import type { HttpClient } from './http-client.ts'
import type { HttpAnswer, HttpRequest } from './http-outcome.ts'
import { apiFault, refusal, sendOutcome } from './send-outcome.ts'

/** What is particular to a service: how a message is asked for, and what its answers mean. */
export interface ApiDialect {
  /** The request, or why this message is not sent at all. */
  requestOf(envelope: Envelope, key: string): HttpRequest | { readonly outcome: SendOutcome }
  /** Reads an answer; `now` is when it came. */
  read(answer: HttpAnswer, now: number): SendOutcome
  /** Asks for events, where the service has them. */
  poll?(cursor: string, ask: (request: HttpRequest) => ReturnType<HttpClient['request']>, key: string): Promise<Polled>
}

/** A provider that sends one request a message. */
export function createApiProvider(parts: {
  readonly client: HttpClient
  readonly clock: Clock
  readonly key: () => Promise<ApiKey>
  readonly dialect: ApiDialect
}): Provider {
  const { client, clock, key, dialect } = parts
  const { poll } = dialect

  function written(envelope: Envelope, text: string): ReturnType<ApiDialect['requestOf']> {
    try {
      return dialect.requestOf(envelope, text)
    } catch {
      // An attachment that cannot be read just now. Nothing was sent, and a provider never throws.
      const fault = apiFault('temporary', 'compose', 'The message cannot be written now: is an attachment missing?')
      return { outcome: refusal(fault, null) }
    }
  }

  return {
    async send(envelope, signal) {
      const known = await key()
      if (known.kind === 'missing') return refusal(known.fault, null)
      const request = written(envelope, known.text)
      if ('outcome' in request) return request.outcome
      return sendOutcome(await client.request(request, signal), answer => dialect.read(answer, clock.now()))
    },
    ...(poll === undefined
      ? {}
      : {
          async poll(cursor: string, signal: AbortSignal): Promise<Polled> {
            const known = await key()
            if (known.kind === 'missing') return { kind: 'failed', fault: known.fault, retryAfterMs: null }
            return poll(cursor, request => client.request(request, signal), known.text)
          },
        }),
    close: () => client.close(),
  }
}

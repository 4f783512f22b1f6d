import type { Clock } from '../../kernel/clock.ts'
import type { Envelope, Polled, Provider, SendOutcome } from '../provider.ts'
import type { ApiKey } from './api-key.ts'
import type { HttpClient } from './http-client.ts'
import type { HttpAnswer, HttpRequest } from './http-outcome.ts'
import { refusal, sendOutcome } from './send-outcome.ts'

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
  return {
    async send(envelope, signal) {
      const known = await key()
      if (known.kind === 'missing') return refusal(known.fault, null)
      const request = dialect.requestOf(envelope, known.text)
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

import { z } from 'zod'
import type { Clock } from '../../kernel/clock.ts'
import { createHttpClient } from '../http/http-client.ts'
import type { HttpOutcome } from '../http/http-outcome.ts'
import { readJson } from '../http/read-json.ts'
import { type Failure, unsupported } from '../smtp/stage.ts'

/** What an access token is asked with (RFC 6749 section 6). */
export interface TokenRequest {
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
}

/** Access tokens of one account: asked for once for all connections, and renewed before they end. */
export interface AccessTokens {
  token(): Promise<{ readonly kind: 'token'; readonly token: string } | Failure>
  /** The server took the token no longer: the next one is asked for anew. */
  refused(token: string): void
  close(): Promise<void>
}

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() })
const Refusal = z.object({ error: z.string(), error_description: z.string().optional() })

// A connection may be made with the last token that was given out, and takes a while.
const RENEW_BEFORE_MS = 120_000
// RFC 6749 section 5.1: without `expires_in` the server says elsewhere how long; every known one means an hour or more.
const UNSAID_LIFE_MS = 1_800_000
const TIME_LIMIT_MS = 30_000

/** Access tokens by a refresh token, which `request` reads each time it is needed and nobody keeps. */
export function createAccessTokens(clock: Clock, request: () => Promise<TokenRequest | Failure>): AccessTokens {
  // The address was typed by whoever manages accounts; in clear it may only be this machine.
  const client = createHttpClient({ clock, concurrency: 1, timeLimitMs: TIME_LIMIT_MS, allowLocal: true })
  let known: { readonly token: string; readonly until: number } | null = null
  let asking: Promise<{ readonly kind: 'token'; readonly token: string } | Failure> | null = null

  async function ask(): Promise<{ readonly kind: 'token'; readonly token: string } | Failure> {
    const wanted = await request()
    if ('kind' in wanted) return wanted
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: wanted.clientId,
      refresh_token: wanted.refreshToken,
      ...(wanted.clientSecret === '' ? {} : { client_secret: wanted.clientSecret }),
    })
    const outcome = await client.request(
      {
        method: 'POST',
        url: wanted.tokenUrl,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: body.toString(),
      },
      new AbortController().signal,
    )
    const answer = outcome.kind === 'answered' && outcome.status === 200 ? readJson(outcome, Answer) : null
    if (!answer) return failureOf(outcome)
    const life = answer.expires_in === undefined ? UNSAID_LIFE_MS : answer.expires_in * 1000
    known = { token: answer.access_token, until: clock.now() + Math.max(life - RENEW_BEFORE_MS, life / 2) }
    return { kind: 'token', token: answer.access_token }
  }

  return {
    async token() {
      if (known !== null && clock.now() < known.until) return { kind: 'token', token: known.token }
      asking ??= ask().finally(() => {
        asking = null
      })
      return asking
    },
    refused(token) {
      if (known?.token === token) known = null
    },
    close: () => client.close(),
  }
}

/** What a failed request for a token means: the sign-in is void, the settings are wrong, or the server cannot be reached now. */
function failureOf(outcome: HttpOutcome): Failure {
  if (outcome.kind !== 'answered') {
    return { kind: 'lost', stage: 'connect', cause: outcome.code, text: `The sign-in server: ${outcome.text}` }
  }
  if (outcome.status === 429 || outcome.status >= 500) {
    const text = `The sign-in server answered ${outcome.status}`
    return { kind: 'lost', stage: 'connect', cause: `http_${outcome.status}`, text }
  }
  const error = readJson(outcome, Refusal)?.error ?? ''
  if (error === 'invalid_grant') {
    return unsupported(
      'login',
      'oauth_invalid_grant',
      'The sign-in has ended: sign in again at the provider and type the new refresh token.',
    )
  }
  if (error === 'invalid_client' || error === 'unauthorized_client') {
    return unsupported(
      'login',
      'oauth_invalid_client',
      'The provider does not know this client: check client id and client secret.',
    )
  }
  return unsupported(
    'login',
    'oauth_refused',
    `The sign-in server answered ${outcome.status}: check its address, client id and refresh token.`,
  )
}

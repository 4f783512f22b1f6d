import type { SenderSettings } from '../../../shared/contract/sender-settings.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type ApiKey, createApiKey } from '../http/api-key.ts'
import { createHttpClient, type HttpClient } from '../http/http-client.ts'
import type { OpenedAccount } from './kind.ts'

const TIME_LIMIT_MS = 30_000

/** What an account is asked by: one client for its connections, and its secret, read when it is needed. */
export interface ApiLine {
  readonly client: HttpClient
  readonly key: () => Promise<ApiKey>
}

/** Opens the line of an account. `allowLocal` false refuses addresses of this machine and its network (security.md Z18). */
export function openLine(
  account: OpenedAccount<SenderSettings>,
  clock: Clock,
  terms: { readonly secretName: string; readonly allowLocal: boolean },
): ApiLine {
  const { concurrency } = account.limits
  return {
    client: createHttpClient({ clock, concurrency, timeLimitMs: TIME_LIMIT_MS, allowLocal: terms.allowLocal }),
    key: createApiKey(() => account.secret(terms.secretName), clock),
  }
}

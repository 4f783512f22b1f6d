import type { SenderDiagnosis } from '../../../shared/contract/senders.ts'
import type { Provider } from '../provider.ts'
import type { OpenedAccount, ProviderPorts } from '../providers/kind.ts'
import { failedAt } from './api-diagnosis.ts'
import { createApiKey } from './api-key.ts'
import { type ApiDialect, createApiProvider } from './api-provider.ts'
import { createHttpClient } from './http-client.ts'
import type { HttpOutcome, HttpRequest } from './http-outcome.ts'

const SEND_LIMIT_MS = 60_000
const TRY_LIMIT_MS = 20_000

/** A provider for an account whose one secret is an API key. */
export function openApi(
  account: Pick<OpenedAccount<unknown>, 'limits' | 'secret'>,
  ports: Pick<ProviderPorts, 'clock'>,
  terms: { readonly secretName: string; readonly dialect: ApiDialect },
): Provider {
  const { clock } = ports
  const { concurrency } = account.limits
  const client = createHttpClient({ clock, concurrency, timeLimitMs: SEND_LIMIT_MS, allowLocal: true })
  const key = createApiKey(() => account.secret(terms.secretName), clock)
  return createApiProvider({ client, clock, key, dialect: terms.dialect })
}

/** Tries such an account with a client of its own; says so when no key is kept. */
export async function tryApi(
  account: Pick<OpenedAccount<unknown>, 'secret'>,
  ports: Pick<ProviderPorts, 'clock'>,
  terms: {
    readonly signal: AbortSignal
    readonly secretName: string
    readonly run: (ask: (request: HttpRequest) => Promise<HttpOutcome>, key: string) => Promise<SenderDiagnosis>
  },
): Promise<SenderDiagnosis> {
  const { clock } = ports
  const key = await createApiKey(() => account.secret(terms.secretName), clock)()
  if (key.kind === 'missing') return failedAt('login', key.fault.reply, 'Fill in the key and try again.')
  const client = createHttpClient({ clock, concurrency: 1, timeLimitMs: TRY_LIMIT_MS, allowLocal: true })
  try {
    return await terms.run(request => client.request(request, terms.signal), key.text)
  } finally {
    await client.close()
  }
}

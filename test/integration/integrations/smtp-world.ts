import { afterEach } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import type { Provider } from '../../../src/main/integrations/provider.ts'
import { createSmtpProvider } from '../../../src/main/integrations/smtp/smtp-provider.ts'
import { type Clock, systemClock } from '../../../src/main/kernel/clock.ts'
import type { Act } from '../../support/scripted-smtp.ts'

/** A signal that nobody aborts. */
export const signal = new AbortController().signal
const opened: Provider[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(provider => provider.close()))
})

/** A provider that talks to a port of this machine; closed after the test. */
export function provider(port: number, options: { user?: string; concurrency?: number; clock?: Clock } = {}): Provider {
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

/** What a server says that does not pipeline. */
export const WITHOUT_PIPELINING: Act = { say: '250-scripted.test\r\n250 AUTH LOGIN\r\n' }

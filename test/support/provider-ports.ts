import { createComposer } from '../../src/main/integrations/mime/compose.ts'
import { PLAIN_STYLE } from '../../src/main/integrations/mime/mail-style.ts'
import type { ProviderPorts } from '../../src/main/integrations/providers/kind.ts'
import type { Clock } from '../../src/main/kernel/clock.ts'

/** What providers are given by the application, without the practice account. */
export function providerPorts(clock: Clock): ProviderPorts {
  const none = (): Promise<never> => Promise.reject(new Error('There is no practice account here'))
  const ports = {
    clock,
    compose: createComposer(),
    mailStyle: async () => PLAIN_STYLE,
    practice: { connection: none, textProvider: none },
  }
  return ports
}

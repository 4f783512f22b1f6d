import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import { PLAIN_STYLE } from '../../../src/main/integrations/mime/mail-style.ts'
import type { Provider } from '../../../src/main/integrations/provider.ts'
import type { OpenedAccount, ProviderPorts } from '../../../src/main/integrations/providers/kind.ts'
import { kindOf } from '../../../src/main/integrations/providers/kinds.ts'
import type { Clock } from '../../../src/main/kernel/clock.ts'
import type { Channel } from '../../../src/shared/contract/define.ts'
import type { SenderSettings } from '../../../src/shared/contract/sender-settings.ts'
import type { SenderDiagnosis } from '../../../src/shared/contract/senders.ts'

const LIMITS = {
  perSecond: null,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 2,
  families: [],
  warmUp: null,
} as const

/** An account as the application opens it: checked by its kind first. Throws when a setting is wrong. */
export interface TriedAccount {
  open(): Promise<Provider>
  diagnose(): Promise<SenderDiagnosis>
}

export function anAccount(
  channel: Channel,
  settings: SenderSettings,
  secrets: Readonly<Record<string, string>>,
  clock: Clock,
): TriedAccount {
  const kind = kindOf(settings)
  const checked = kind.check(channel, settings)
  if ('issues' in checked) throw new Error(checked.issues.map(one => `${one.path}: ${one.message}`).join('; '))
  const account: OpenedAccount<SenderSettings> = {
    id: 'account-1',
    channel,
    settings: checked.settings,
    limits: LIMITS,
    secret: async name => secrets[name] ?? '',
  }
  const ports: ProviderPorts = {
    clock,
    compose: createComposer(),
    mailStyle: () => Promise.resolve(PLAIN_STYLE),
    practice: {
      connection: () => Promise.reject(new Error('not practice')),
      textProvider: () => {
        throw new Error('not practice')
      },
    },
  }
  return {
    open: () => kind.open(account, ports),
    diagnose: () => kind.diagnose(account, ports, new AbortController().signal),
  }
}

/** The step at which a diagnosis stopped, with what to do; null when all went well. */
export function failedStepOf(diagnosis: SenderDiagnosis): { step: string; remedy: string } | null {
  const failed = diagnosis.steps.find(step => step.state === 'failed')
  return failed ? { step: failed.step, remedy: failed.remedy } : null
}

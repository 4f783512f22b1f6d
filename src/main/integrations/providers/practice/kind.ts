import { CHANNELS } from '../../../../shared/domain/channels.ts'
import { PLAIN_STYLE } from '../../mime/mail-style.ts'
import { diagnose } from '../../smtp/diagnose.ts'
import { createSmtpProvider } from '../../smtp/smtp-provider.ts'
import { checkMailFrom } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'

/** The practice account: everything lands in a mailbox on this machine. */
export const practiceKind: Kind<SettingsOf<'practice'>> = {
  provider: 'practice',
  channels: CHANNELS,
  view: null,
  check(channel, settings) {
    if (channel !== 'email') return { settings: { ...settings, fromName: settings.fromName.trim() } }
    const from = checkMailFrom(settings)
    return 'issues' in from ? from : { settings: { ...settings, ...from } }
  },
  boundTo: () => '',
  async open(account, { practice, clock, compose, mailStyle }) {
    if (account.channel !== 'email') return practice.textProvider()
    return createSmtpProvider({
      ...(await practice.connection()),
      concurrency: account.limits.concurrency,
      clock,
      compose,
      mail: (await mailStyle?.(account.settings.fromAddress, '')) ?? PLAIN_STYLE,
    })
  },
  async diagnose(account, { practice, clock }) {
    if (account.channel === 'email') {
      return diagnose({ ...(await practice.connection()), clock }, account.settings.fromAddress)
    }
    const detail = 'The practice account keeps messages on this machine'
    const steps = (['dns', 'tcp', 'tls', 'greeting', 'login', 'sender'] as const).map(step => ({
      step,
      state: 'ok' as const,
      detail,
      remedy: '',
    }))
    return { ok: true, steps }
  },
}

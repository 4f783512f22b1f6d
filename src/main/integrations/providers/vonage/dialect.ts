import type { ApiDialect } from '../../http/api-provider.ts'
import { WRONG_CHANNEL } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { readVonage } from './classify.ts'
import { vonageRequest } from './payload.ts'

/** SMS by the SMS API of Vonage. */
export function vonageDialect(settings: SettingsOf<'vonage'>): ApiDialect {
  return {
    requestOf: (envelope, secret) =>
      envelope.channel === 'sms' ? vonageRequest(settings, secret, envelope) : { outcome: WRONG_CHANNEL },
    read: readVonage,
  }
}

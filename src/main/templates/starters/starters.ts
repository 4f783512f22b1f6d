import type { Channel } from '../../../shared/contract/define.ts'
import { EMAIL_STARTERS } from './email-starters.ts'
import { SMS_STARTERS } from './sms-starters.ts'
import type { Starter } from './starter.ts'

/** The starters of a channel. */
export function startersFor(channel: Channel): readonly Starter[] {
  return channel === 'email' ? EMAIL_STARTERS : SMS_STARTERS
}

import type { Channel } from '../../../shared/contract/define.ts'
import { EMAIL_STARTERS } from './email-starters.ts'
import { SMS_STARTERS } from './sms-starters.ts'
import { SOCIAL_STARTERS } from './social-starters.ts'
import type { Starter } from './starter.ts'
import { VOICE_STARTERS } from './voice-starters.ts'
import { WHATSAPP_STARTERS } from './whatsapp-starters.ts'

const STARTERS: Readonly<Record<Channel, readonly Starter[]>> = {
  email: EMAIL_STARTERS,
  sms: SMS_STARTERS,
  whatsapp: WHATSAPP_STARTERS,
  voice: VOICE_STARTERS,
  social: SOCIAL_STARTERS,
}

/** The starters of a channel. */
export function startersFor(channel: Channel): readonly Starter[] {
  return STARTERS[channel]
}

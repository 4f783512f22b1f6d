import type { Channel } from '../contract/define.ts'
import type { RateCard } from '../contract/workspace.ts'

/** What one message costs, in ten-thousandths of the currency unit; for an SMS one segment. A post costs nothing. */
export function unitPrice(channel: Channel, rates: RateCard): number {
  switch (channel) {
    case 'email':
      return rates.emailPerMessage
    case 'sms':
      return rates.smsPerSegment
    case 'whatsapp':
      return rates.whatsappPerMessage
    case 'voice':
      return rates.voicePerCall
    case 'social':
      return 0
  }
}

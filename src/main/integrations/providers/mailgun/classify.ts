import { classOfStatus } from '../../http/send-outcome.ts'
import type { FaultClass } from '../../provider.ts'

/**
 * What an error of Mailgun means (API reference: status codes, Messages). Mailgun is known to have sent messages that it
 * answered with a 5xx, so that every one of them is uncertain.
 */
export function classifyMailgun(status: number, message: string): FaultClass {
  if (status === 400) {
    if (/'?to'? parameter is not a valid address|no valid recipients|to parameter is missing/i.test(message)) {
      return 'permanent_address'
    }
    if (/'?from'? parameter|unverified|not allowed to send|authorized recipients/i.test(message)) return 'policy_sender'
    return 'permanent_message'
  }
  if (status === 402) return 'account'
  if (status === 403) return /unverified|not allowed|authorized recipients/i.test(message) ? 'policy_sender' : 'account'
  return classOfStatus(status, [])
}

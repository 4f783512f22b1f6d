import { classOfStatus } from '../../http/send-outcome.ts'
import type { FaultClass } from '../../provider.ts'

// Developer documentation: API error codes.
const CLASSES: Readonly<Record<number, FaultClass>> = {
  10: 'account',
  100: 'transport',
  400: 'policy_sender',
  401: 'policy_sender',
  405: 'account',
  406: 'permanent_address',
  411: 'permanent_message',
  412: 'account',
  413: 'account',
  1226: 'account',
  1235: 'account',
  1236: 'account',
}

/**
 * What an error of Postmark means. 503 is documented as "unavailable" and takes nothing; 500 leaves open whether the message
 * was taken.
 */
export function classifyPostmark(status: number, errorCode: number, message: string): FaultClass {
  if (status >= 500 || status === 429) return classOfStatus(status, [503])
  const known = CLASSES[errorCode]
  if (known !== undefined) return known
  if (errorCode === 300) {
    if (/'?from'?/i.test(message) && !/'?to'?\b/i.test(message)) return 'policy_sender'
    return /(invalid|illegal|parsing|error).*'?\bto'?\b|\b'?to'? (address|field)/i.test(message)
      ? 'permanent_address'
      : 'permanent_message'
  }
  return status === 422 ? 'permanent_message' : classOfStatus(status, [503])
}

import { classOfStatus } from '../../http/send-outcome.ts'
import type { FaultClass } from '../../provider.ts'

/** One error of SendGrid: what it says, and of which field. */
export interface SendgridError {
  readonly message: string
  readonly field: string
}

/**
 * What an error of SendGrid's v3 API means (Mail Send errors; status codes). 503 is documented as "the API is not available";
 * a 500 leaves open whether the message was taken.
 */
export function classifySendgrid(status: number, errors: readonly SendgridError[]): FaultClass {
  const said = errors.map(error => error.message).join(' ')
  if (status === 403 && /verified sender identity|from address/i.test(said)) return 'policy_sender'
  if (status === 400) {
    const isAbout = (field: RegExp): boolean => errors.some(error => field.test(error.field))
    if (/verified sender identity/i.test(said)) return 'policy_sender'
    if (isAbout(/^from(\.|$)/)) return 'policy_sender'
    if (isAbout(/^personalizations\.\d+\.to(\.|$)/)) return 'permanent_address'
    return 'permanent_message'
  }
  return classOfStatus(status, [503])
}

import { classOfStatus } from '../../http/send-outcome.ts'
import type { FaultClass } from '../../provider.ts'

const CLASSES: Readonly<Record<string, FaultClass>> = {
  TooManyRequestsException: 'rate_limited',
  ThrottlingException: 'rate_limited',
  Throttling: 'rate_limited',
  LimitExceededException: 'rate_limited',
  AccountSuspendedException: 'account',
  SendingPausedException: 'account',
  MailFromDomainNotVerifiedException: 'policy_sender',
  // The configuration set that the account names.
  NotFoundException: 'account',
  AccessDeniedException: 'account',
  ExpiredTokenException: 'account',
  IncompleteSignature: 'account',
  InvalidClientTokenId: 'account',
  InvalidSignatureException: 'account',
  MissingAuthenticationToken: 'account',
  MissingAuthenticationTokenException: 'account',
  NotAuthorized: 'account',
  OptInRequired: 'account',
  RequestExpired: 'account',
  SignatureDoesNotMatch: 'account',
  UnrecognizedClientException: 'account',
  ServiceUnavailable: 'transport',
  ServiceUnavailableException: 'transport',
}

// What SES says of an address that is none.
const BAD_ADDRESS =
  /illegal address|missing final '@domain'|missing ';'|domain (starts with dot|ends with dot|contains)|local address contains|illegal character|invalid (to|recipient|email) address|address length is more/i

/**
 * What an error of Amazon SES v2 means (API reference: SendEmail errors, common errors; developer guide: "Errors related to
 * the sending quotas"). InternalFailure does not say whether the message was taken.
 */
export function classifySes(status: number, code: string, message: string): FaultClass {
  const known = CLASSES[code]
  if (known !== undefined) return known
  if (code === 'MessageRejected') return /not verified/i.test(message) ? 'policy_sender' : 'permanent_message'
  if (code === 'BadRequestException') {
    if (/not verified/i.test(message)) return 'policy_sender'
    return BAD_ADDRESS.test(message) ? 'permanent_address' : 'permanent_message'
  }
  if (/Throttl/i.test(code)) return 'rate_limited'
  return classOfStatus(status, [503])
}

const TEN_MINUTES_MS = 600_000
const HOUR_MS = 3_600_000

/** How long SES wants us to wait where it sends no Retry-After: the developer guide says up to ten minutes; a used-up day takes longer. */
export function waitOfSes(why: FaultClass, message: string): number | null {
  if (why !== 'rate_limited') return null
  if (/daily message quota/i.test(message)) return HOUR_MS
  return /maximum sending rate/i.test(message) ? null : TEN_MINUTES_MS
}

import type { FaultClass } from '../../provider.ts'
import { classOfTwilioCode } from '../twilio/classify.ts'

/** How far a status has come: reports arrive late and out of order, and a later one is never taken back by an earlier one. */
const RANK: Readonly<Record<string, number>> = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  partially_delivered: 4,
  delivered: 5,
  canceled: 6,
  failed: 6,
  undelivered: 6,
  read: 7,
}

/** Which of two statuses of one message stands (standards.md 2.4). One that nobody knows changes nothing. */
export function laterStatus(before: string, after: string): string {
  return (RANK[after] ?? -1) > (RANK[before] ?? -1) ? after : before
}

/** What the fate of a message means; null while it is still open, which some carriers leave it. */
export type SmsFate =
  | { readonly kind: 'delivered' | 'read' }
  /** Only a bad number bounces; what else went wrong has failed. */
  | { readonly kind: 'bounced' | 'failed'; readonly class: FaultClass }

/** Reads a status and its error code. */
export function fateOf(status: string, errorCode: number | null): SmsFate | null {
  switch (status) {
    case 'delivered':
    case 'read':
      return { kind: status }
    case 'canceled':
      return { kind: 'failed', class: 'permanent_message' }
    case 'failed':
    case 'undelivered': {
      const why = (errorCode === null ? null : classOfTwilioCode(errorCode)) ?? 'temporary'
      return { kind: why === 'permanent_address' ? 'bounced' : 'failed', class: why }
    }
    default:
      return null
  }
}

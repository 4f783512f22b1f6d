import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Envelope, SendOutcome, Unsent } from '../integrations/index.ts'

/** Whom a message is for. */
export interface Target {
  readonly messageId: string
  readonly campaignId: string
  /** The contact that it was planned for; on record it stays hers. */
  readonly contactId: string
  readonly address: string
}

/** A message that is filled in and waits for its place on the wire. Nothing of it is on disk yet. */
export interface Prepared extends Target {
  readonly kind: 'prepared'
  /** Who the contact is by now: herself, or the one she was merged into. */
  readonly personId: string
  readonly envelope: Unsent
  /** What an SMS is paid by; null for an e-mail. */
  readonly segments: number | null
}

/** A message that cannot be made. */
export interface Unsendable extends Target {
  readonly kind: 'unsendable'
  readonly reason: SkipReason
  /** What went wrong, for the record. */
  readonly problem: string
}

/** An attempt whose intent is on disk: its bytes may be on their way. */
export interface Attempt extends Target {
  readonly envelope: Envelope
  readonly segments: number | null
  readonly n: number
}

/** An attempt that ended and is not settled yet. */
export interface Finished extends Attempt {
  readonly outcome: SendOutcome
  readonly endedAt: number
  /** How long after its first temporary refusal the message is still worth trying; a day where nothing is said. */
  readonly validMs?: number
  /** Until when its mailbox family rests. */
  readonly notBefore?: number | null
}

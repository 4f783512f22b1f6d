import type { Channel } from '../../shared/contract/define.ts'

/** One message, rendered and addressed: all that a provider needs and all that it learns. */
export interface Envelope {
  /** Our id of the message; becomes the Message-ID, the X-Message-Ref header and the idempotency key. */
  readonly messageId: string
  readonly campaignId: string
  readonly channel: Channel
  /** The recipient: an e-mail address, or a phone number in E.164. */
  readonly to: string
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo: string
  /** Empty for SMS. */
  readonly subject: string
  /** Empty for SMS. */
  readonly html: string
  readonly text: string
  /** Where an unsubscribe by mail goes; empty for transactional messages. */
  readonly unsubscribeMailto: string
  /** Epoch ms, written as the Date header. */
  readonly at: number
}

/** What became of an error, by standards.md 1.7. */
export type FaultClass =
  | 'permanent_address'
  | 'permanent_message'
  | 'policy_sender'
  | 'rate_limited'
  | 'temporary'
  | 'account'
  | 'uncertain'
  | 'transport'

/** What a provider said, kept for the record: class, code such as `550 5.1.1`, and the reply with addresses redacted. */
export interface Fault {
  readonly class: FaultClass
  readonly code: string
  readonly reply: string
}

/** How one attempt ended. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string; readonly reply: string }
  /** Permanent: never again. */
  | { readonly kind: 'rejected'; readonly fault: Fault }
  /** Provably not sent, this message only: back to ready, by the retry schedule. */
  | { readonly kind: 'deferred'; readonly fault: Fault }
  /** Provably not sent, and the whole account must slow down or stop: the message goes back without using up an attempt. */
  | { readonly kind: 'throttled'; readonly fault: Fault; readonly retryAfterMs: number | null }
  /** Bytes may have left: a person or a look-up decides. */
  | { readonly kind: 'unknown'; readonly fault: Fault }

/** Carries messages to one account. It never retries by itself and never throws: whatever happens is an outcome. */
export interface Provider {
  send(envelope: Envelope, signal: AbortSignal): Promise<SendOutcome>
  /** Ends idle connections; running sends are left to finish. */
  close(): Promise<void>
}

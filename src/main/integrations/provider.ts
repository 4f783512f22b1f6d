import type { MessageContent, RenderedWhatsapp } from '../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../shared/contract/templates.ts'
import type { WhatsappTemplateView } from '../../shared/contract/whatsapp-templates.ts'
import type { ComposedMail, MailPart, MailStyle } from './mime/mail-style.ts'

/** What every message has, whatever it leaves by. */
interface Addressed {
  /** Our id of the message; becomes the Message-ID, the X-Message-Ref header and the idempotency key. */
  readonly messageId: string
  readonly campaignId: string
  /** The recipient: an e-mail address, a phone number in E.164, or the name of a destination. */
  readonly to: string
  readonly from: { readonly name: string; readonly address: string }
  /** Epoch ms, written as the Date header. */
  readonly at: number
}

/** An e-mail that is filled in. */
export interface EmailEnvelope extends Addressed {
  readonly channel: 'email'
  readonly replyTo: string
  readonly subject: string
  readonly html: string
  readonly text: string
  /** Where an unsubscribe by mail goes; empty for transactional messages. */
  readonly unsubscribeMailto: string
  /** Files that go with it; `cid:` in the HTML names those that are shown in it. */
  readonly attachments?: readonly MailPart[]
  /** Sent because of something the person did, not to a list: says so to machines (RFC 3834). */
  readonly isTriggered?: boolean
  /** The message as it goes over the wire, written beforehand; subject, HTML and text are empty then. */
  readonly ready?: ComposedMail
}

export interface SmsEnvelope extends Addressed {
  readonly channel: 'sms'
  readonly text: string
}

export interface WhatsappEnvelope extends Addressed {
  readonly channel: 'whatsapp'
  /** What the person reads. */
  readonly text: string
  readonly message: RenderedWhatsapp['message']
}

export interface VoiceEnvelope extends Addressed {
  readonly channel: 'voice'
  readonly text: string
  readonly voice: string
  readonly language: string
}

export interface SocialEnvelope extends Addressed {
  readonly channel: 'social'
  readonly text: string
  readonly link: string
  readonly imageLink: string
}

/** One message, rendered and addressed: all that a provider needs and all that it learns. */
export type Envelope = EmailEnvelope | SmsEnvelope | WhatsappEnvelope | VoiceEnvelope | SocialEnvelope

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

/** What a provider's rules say of trying one message again, where they differ from the retry schedule (a call that nobody took). */
export interface RetryRule {
  /** Not before that many ms have passed. */
  readonly leastWaitMs: number
  /** How often at most; then the message has failed. */
  readonly mostRetries: number
}

/**
 * What must wait after a refusal that is not the message's fault: everything of the account (also when nothing is said), what
 * goes to mailboxes of the same family, what goes to this recipient, or the campaign, until a person looks at it.
 */
export type HoldScope = 'account' | 'family' | 'recipient' | 'campaign'

/** How one attempt ended. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerMessageId: string; readonly reply: string }
  /**
   * Permanent: never again. `optedOut` says that the provider keeps the recipient's wish to be left alone; `isPersonal` that the
   * refusal is about this one recipient, and speaks neither against the message nor against the account.
   */
  | { readonly kind: 'rejected'; readonly fault: Fault; readonly optedOut?: true; readonly isPersonal?: true }
  /** Provably not sent, this message only: back to ready, by the retry schedule or by the provider's own rule. */
  | { readonly kind: 'deferred'; readonly fault: Fault; readonly retry?: RetryRule }
  /** Provably not sent, and what `scope` names must slow down or stop: the message goes back without using up an attempt. */
  | {
      readonly kind: 'throttled'
      readonly fault: Fault
      readonly retryAfterMs: number | null
      readonly scope?: HoldScope
    }
  /** Bytes may have left: a person or a look-up decides. */
  | { readonly kind: 'unknown'; readonly fault: Fault }

/** What a provider says of a message that is not for its channel. Accounts and campaigns are matched long before. */
export const WRONG_CHANNEL: SendOutcome = {
  kind: 'rejected',
  fault: { class: 'permanent_message', code: 'wrong_channel', reply: 'This account does not send on that channel' },
}

/** Something that a provider tells afterwards. Events come again and out of order; `eventId` is the same for the same event. */
export interface ProviderEvent {
  readonly kind:
    | 'delivered'
    | 'bounced'
    | 'complained'
    | 'unsubscribed'
    | 'opened'
    | 'clicked'
    | 'failed'
    | 'read'
    | 'replied'
  /** Our id, where the provider gives it back. */
  readonly messageId: string | null
  readonly providerMessageId: string | null
  /** An e-mail address or a number in E.164; empty when the provider names none. */
  readonly address: string
  readonly at: number
  readonly eventId: string
  /** Why it bounced or failed: only a `permanent_address` suppresses. */
  readonly class: FaultClass | null
  /** What the provider said, without addresses; for a click the link. */
  readonly detail: string
  /** What the message cost, in hundredths of the currency of the account. */
  readonly costMinor: number | null
}

/** What came of asking a provider. The cursor is the provider's own text, kept until the next time. */
export type Polled =
  | {
      readonly kind: 'events'
      readonly events: readonly ProviderEvent[]
      readonly cursor: string
      /** There is more now: ask again at once. */
      readonly isMore: boolean
    }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly retryAfterMs: number | null }

/** A message whose fate is not known, for a provider that keeps what it took. */
export interface LookUpQuestion {
  readonly messageId: string
  readonly to: string
  /** What was sent; null when it can no longer be told. */
  readonly text: string | null
  /** When the attempt began, epoch ms. */
  readonly startedAt: number
}

/** What a look-up came to. `absent` means that the provider keeps everything it takes and has nothing like it. */
export type LookedUp =
  | { readonly kind: 'taken'; readonly providerMessageId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear'; readonly reason: string }

/** What asking a service for its message templates came to. */
export type TemplateList =
  | { readonly kind: 'templates'; readonly templates: readonly WhatsappTemplateView[] }
  | { readonly kind: 'failed'; readonly fault: Fault }

/** Carries messages to one account. It never retries by itself and never throws: whatever happens is an outcome. */
export interface Provider {
  /** How messages are to be written for it, where it takes them written beforehand (`ready`). */
  readonly mail?: MailStyle
  send(envelope: Envelope, signal: AbortSignal): Promise<SendOutcome>
  /** Asks for what happened since `cursor`; empty the first time, which means the last days. Never throws. */
  poll?(cursor: string, signal: AbortSignal): Promise<Polled>
  /** The message templates that the service keeps for the account, where it has such; asked for anew. Never throws. */
  templates?(signal: AbortSignal): Promise<TemplateList>
  /** What the service would refuse of a message as it is written, by what it keeps for the account. Never throws. */
  objections?(content: MessageContent, signal: AbortSignal): Promise<readonly TemplateProblem[]>
  /** Looks for a message whose fate is not known. Asked minutes after the attempt, so that lists are complete. Never throws. */
  lookUp?(question: LookUpQuestion, signal: AbortSignal): Promise<LookedUp>
  /** Ends idle connections; running sends are left to finish. */
  close(): Promise<void>
}

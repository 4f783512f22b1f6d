import type { Channel } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { MessageContent } from '../../shared/contract/message-content.ts'
import type { SenderLimits } from '../../shared/contract/sender-settings.ts'
import type { Sender } from '../../shared/contract/senders.ts'
import type { TemplateProblem } from '../../shared/contract/templates.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { Provider, ProviderEvent } from './provider.ts'

export { envelopeOf, type Unsent } from './envelope-of.ts'
export { createComposer } from './mime/compose.ts'
export { type ComposedMail, type MailPart, type MailStyle, PLAIN_STYLE } from './mime/mail-style.ts'
export type {
  EmailEnvelope,
  Envelope,
  Fault,
  FaultClass,
  HoldScope,
  LookedUp,
  LookUpQuestion,
  Polled,
  Provider,
  ProviderEvent,
  RetryRule,
  SendOutcome,
} from './provider.ts'

/** An account as the sending pool sees it. */
export interface SendingAccount {
  readonly id: string
  readonly channel: Channel
  readonly provider: string
  readonly name: string
  readonly fromName: string
  readonly fromAddress: string
  readonly replyTo: string
  readonly limits: SenderLimits
  readonly state: Sender['state']
  readonly stateReason: string
  readonly backingOffUntil: number | null
}

/** Something a recipient did with a captured practice message. */
export interface PracticeEvent {
  readonly kind: 'opened' | 'clicked' | 'unsubscribed'
  /** Our message id, from X-Message-Ref. */
  readonly messageId: string
  /** The captured message; with the kind it makes the event unique. */
  readonly captureId: string
  readonly at: number
  readonly url: string
}

/** Accounts, the providers behind them, and the practice mailbox. */
export interface Integrations {
  /** Makes the practice accounts (e-mail and SMS, the defaults) when missing. */
  ensurePractice(): Promise<void>
  /** Starts the practice SMTP server on loopback; needed before anything is sent through it. */
  start(): Promise<void>
  stop(): Promise<void>
  account(reader: Reader, id: string): Promise<SendingAccount>
  accounts(reader: Reader): Promise<readonly SendingAccount[]>
  defaultAccount(reader: Reader, channel: Channel): Promise<SendingAccount>
  setState(tx: Tx, id: string, state: Sender['state'], reason: string, backingOffUntil: number | null): Promise<void>
  /** A provider for an account; kept open until the account changes. Reads the password when it connects. */
  provider(id: string): Promise<Provider>
  /** What the service of an account would refuse of a message as it is written; empty where it keeps nothing to compare with. */
  objections(accountId: string, content: MessageContent): Promise<readonly TemplateProblem[]>
  /** Hands over what providers tell afterwards. It comes again when it was not taken completely. */
  onProviderEvents(run: (accountId: string, events: readonly ProviderEvent[]) => Promise<void>): void
  /** Hands over what recipients did with captured messages. */
  onPracticeEvent(run: (event: PracticeEvent) => Promise<void>): void
  readonly handlers: {
    readonly senders: Handlers<(typeof contract)['senders']>
    readonly practice: Handlers<(typeof contract)['practice']>
  }
}

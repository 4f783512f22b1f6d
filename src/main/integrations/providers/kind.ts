import type { Channel } from '../../../shared/contract/define.ts'
import type { SenderLimits, SenderSettings } from '../../../shared/contract/sender-settings.ts'
import type {
  ProviderField,
  ProviderKind as ProviderKindView,
  SenderDiagnosis,
} from '../../../shared/contract/senders.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Composer } from '../mime/compose.ts'
import type { MailStyle } from '../mime/mail-style.ts'
import type { PracticeDoor } from '../practice/door.ts'
import type { Provider } from '../provider.ts'

/** What is wrong with a field, for the person who filled it in. */
export interface FieldIssue {
  /** Such as `settings.host`. */
  readonly path: string
  readonly message: string
}

/** The settings of one kind of account. */
export type SettingsOf<P extends SenderSettings['provider']> = Extract<SenderSettings, { readonly provider: P }>

/** An account that is about to be used. */
export interface OpenedAccount<S> {
  readonly id: string
  readonly channel: Channel
  readonly settings: S
  readonly limits: SenderLimits
  /**
   * A secret by its name; empty when none is kept. Read when it is needed, never held. Fails with AppError('unavailable') when
   * this host cannot decrypt it.
   */
  secret(name: string): Promise<string>
}

/** What providers are given by the application. */
export interface ProviderPorts {
  readonly clock: Clock
  readonly compose: Composer
  /** How the messages from an address are written: signed by the keys of its domain, with bounces to `bounceAddress`; plainly without it. */
  mailStyle?(fromAddress: string, bounceAddress: string): Promise<MailStyle>
  readonly practice: PracticeDoor
}

/** A kind of account: how it is described, checked, tried and opened. One folder in `providers` each. */
export interface Kind<S extends SenderSettings = SenderSettings> {
  readonly provider: S['provider']
  /** The channels it can serve: one, or all for the practice account. */
  readonly channels: readonly Channel[]
  /** Null for a kind that nobody adds, such as the practice account. */
  readonly view: (Omit<ProviderKindView, 'provider' | 'fields'> & { readonly fields: readonly ProviderField[] }) | null
  /** The settings in their normal form, or every field that is wrong. */
  check(channel: Channel, settings: S): { readonly settings: S } | { readonly issues: readonly FieldIssue[] }
  /** What a stored secret is bound to, such as the server: when it changes, secrets have to be typed again (security.md Z11). */
  boundTo(settings: S): string
  open(account: OpenedAccount<S>, ports: ProviderPorts): Promise<Provider>
  /** Tries the account step by step, without sending anything to anybody. */
  diagnose(account: OpenedAccount<S>, ports: ProviderPorts, signal: AbortSignal): Promise<SenderDiagnosis>
}

import type { EmailContent } from '../../../shared/contract/message-content.ts'
import type { ComposedMail, MailPart, MailStyle } from '../../integrations/index.ts'
import type { MergeValues } from '../../templates/index.ts'

/** What the messages of a campaign have in common when they leave by one account; plain values. */
export interface Edition {
  readonly campaignId: string
  readonly campaignName: string
  readonly content: EmailContent
  readonly fallbacks: Readonly<Record<string, string>>
  readonly from: { readonly name: string; readonly address: string }
  readonly replyTo: string
  /** Whether its readers may unsubscribe by mail. */
  readonly isMarketing: boolean
  readonly attachments: readonly MailPart[]
  readonly style: MailStyle
}

/** One message to make. */
export interface PressItem {
  readonly messageId: string
  readonly to: string
  /** Only what the campaign's template uses. */
  readonly values: MergeValues
}

/** A message ready for the wire, or why it cannot be made. */
export type Pressed =
  | { readonly kind: 'made'; readonly mail: ComposedMail }
  | { readonly kind: 'failed'; readonly problem: string }

/** Makes messages ready for the wire: fills in, writes MIME, signs. */
export interface Press {
  /**
   * Makes messages, one result for each, in the same order; `at` is their Date. What one recipient's data brings costs nobody
   * else anything. Fails, having made nothing, only when no message could be made at all.
   */
  make(edition: Edition, items: readonly PressItem[], at: number): Promise<readonly Pressed[]>
  close(): Promise<void>
}

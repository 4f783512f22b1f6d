import type { RenderedMessage } from '../../../shared/contract/message-content.ts'

/** Everything a template can say about one recipient; flat names as in MergeField. */
export type MergeValues = Readonly<Record<string, unknown>>

export type Rendering =
  | { readonly kind: 'rendered'; readonly message: RenderedMessage }
  /** The message cannot be made for this recipient; `problem` says why. */
  | { readonly kind: 'failed'; readonly problem: string }

/** A template compiled once for a campaign and filled in for each recipient, in the sending thread. */
export interface CompiledMessage {
  /** The merge fields that it prints or asks about. */
  readonly fields: readonly string[]
  /** `perMessage` holds what differs by message and not by contact (see messageValues); it wins over `values`. */
  render(values: MergeValues, perMessage?: MergeValues): Rendering
}

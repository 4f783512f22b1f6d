import type { contract } from '../../shared/contract/index.ts'
import type { MergeField, MessageContent, RenderedMessage, TemplateProblem } from '../../shared/contract/templates.ts'
import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

/** Everything a template can say about one recipient; flat names as in MergeField. */
export type MergeValues = Readonly<Record<string, unknown>>

export { messageValues, unsubscribeMailto } from './message-values.ts'

export type Rendering =
  | { readonly kind: 'rendered'; readonly message: RenderedMessage }
  /** The message cannot be made for this recipient; `problem` says why. */
  | { readonly kind: 'failed'; readonly problem: string }

/** A template compiled once for a campaign and filled in for each recipient (350,000 a second, so in the sending thread). */
export interface CompiledMessage {
  /** `perMessage` holds what differs by message and not by contact (see messageValues); it wins over `values`. */
  render(values: MergeValues, perMessage?: MergeValues): Rendering
}

/** The template library and the rendering of messages. */
export interface Templates {
  /** Compiles; throws AppError('invalid_input') with the first problem when the source is broken. `fallbacks` stand in for empty values. */
  compile(content: MessageContent, fallbacks: Readonly<Record<string, string>>): CompiledMessage
  check(content: MessageContent): { readonly problems: readonly TemplateProblem[]; readonly fields: readonly string[] }
  /** Merge values of contacts, in the order asked; those that are gone are left out. At most 1,000 at a time, one statement or two. */
  mergeValues(
    reader: Reader | Tx,
    contactIds: readonly string[],
    settings: WorkspaceSettings,
  ): Promise<ReadonlyMap<string, MergeValues>>
  fields(reader: Reader): Promise<readonly MergeField[]>
  readonly handlers: Handlers<(typeof contract)['templates']>
}

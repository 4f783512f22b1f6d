import type { contract } from '../../shared/contract/index.ts'
import type { MessageContent } from '../../shared/contract/message-content.ts'
import type { MergeField, TemplateProblem } from '../../shared/contract/templates.ts'
import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import type { Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { CheckOptions } from './check/check-message.ts'
import type { MediaLibrary } from './media/media.ts'
import type { CompiledMessage, MergeValues } from './render/rendering.ts'

export type { CheckOptions } from './check/check-message.ts'
export type { AttachedFile, MediaLibrary } from './media/media.ts'
export { messageValues, unsubscribeMailto } from './message-values.ts'
export { compileMessage } from './render/compile-message.ts'
export { createEngine } from './render/engine.ts'
export { withInlineStyles } from './render/inline-styles.ts'
export type { CompiledMessage, MergeValues, Rendering } from './render/rendering.ts'
export { band, button, emailPage, FOOTER, facts, heading, paragraph } from './starters/email-layout.ts'

/** The template library and the rendering of messages. */
export interface Templates {
  /** Compiles; throws AppError('invalid_input') with the first problem when the source is broken. `fallbacks` stand in for empty values. */
  compile(content: MessageContent, fallbacks: Readonly<Record<string, string>>): CompiledMessage
  /** Problems with line and column, and the fields that are used, by their documented names. */
  check(
    content: MessageContent,
    options: CheckOptions,
  ): { readonly problems: readonly TemplateProblem[]; readonly fields: readonly string[] }
  /** Merge values of contacts, in the order asked; those that are gone are left out. At most 1,000 at a time, one statement or two. */
  mergeValues(
    reader: Reader | Tx,
    contactIds: readonly string[],
    settings: WorkspaceSettings,
  ): Promise<ReadonlyMap<string, MergeValues>>
  /** Merge values of a made-up contact, for a preview or a test without one. */
  madeUpValues(settings: WorkspaceSettings): MergeValues
  /** Merge values of a message that goes to no person: those of the workspace alone. */
  placeValues(settings: WorkspaceSettings): MergeValues
  fields(reader: Reader): Promise<readonly MergeField[]>
  readonly media: MediaLibrary
  readonly handlers: Handlers<(typeof contract)['templates']>
}

import type { MessageContent } from '../../../shared/contract/message-content.ts'

/** A message to begin with. */
export interface Starter {
  readonly key: string
  readonly name: string
  readonly says: string
  readonly content: MessageContent
}

import { ContactId, type ListId } from '../../../shared/contract/define.ts'
import { type BulkActionKind, BulkDialogs } from './BulkDialogs.tsx'

/** What can be done with contacts that are named one by one. */
export type ActionKind = BulkActionKind
/** The list that the table shows. */
export interface NamedList {
  readonly id: ListId
  readonly name: string
}
/** An action that was chosen, and for whom. */
export interface ContactAction {
  readonly kind: ActionKind
  readonly ids: readonly string[]
  readonly list: NamedList | undefined
}

interface ContactDialogsProps {
  readonly action: ContactAction | null
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Asks what is still missing for an action on contacts, and does it. */
export function ContactDialogs({ action, onDone, onClose }: ContactDialogsProps) {
  if (!action) return null
  const ids = action.ids.map(id => ContactId.parse(id))
  const target = { selection: { kind: 'ids' as const, ids }, count: ids.length }
  return <BulkDialogs action={{ kind: action.kind, target, list: action.list }} onDone={onDone} onClose={onClose} />
}

import type { contract } from '../../shared/contract/index.ts'
import type { RemovedMember } from '../accounts/index.ts'
import type { Handlers } from '../request.ts'
import type { Tx } from '../storage/transaction.ts'
import type { Figures } from './scores/figures.ts'

export type { Figures } from './scores/figures.ts'

/** People, their fields, tags and lists, and the import of files. */
export interface Contacts {
  /** Events, totals and scores; `catchUp` before they are asked in bulk. */
  readonly figures: Figures
  /** Gives the contacts of a member who is removed to her heir, or to nobody, in the background; wake the scheduler after the commit. */
  passOn(tx: Tx, removed: RemovedMember): Promise<void>
  /** Ends checks of files that are under way, so that the application can close. */
  stopChecks(): void
  readonly handlers: {
    readonly contacts: Handlers<(typeof contract)['contacts']>
    readonly lists: Handlers<(typeof contract)['lists']>
    readonly changes: Handlers<(typeof contract)['changes']>
    readonly imports: Handlers<(typeof contract)['imports']>
    readonly purchases: Handlers<(typeof contract)['purchases']>
    readonly contactEvents: Handlers<(typeof contract)['contactEvents']>
    readonly scores: Handlers<(typeof contract)['scores']>
    readonly duplicates: Handlers<(typeof contract)['duplicates']>
  }
}

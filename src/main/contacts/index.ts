import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'

/** People, their fields, tags and lists, and the import of files. */
export interface Contacts {
  readonly handlers: {
    readonly contacts: Handlers<(typeof contract)['contacts']>
    readonly lists: Handlers<(typeof contract)['lists']>
    readonly imports: Handlers<(typeof contract)['imports']>
  }
}

import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'

/** What the window shows around every page, the home page, the settings and the sample. */
export interface Workspace {
  readonly handlers: Handlers<(typeof contract)['workspace']>
}

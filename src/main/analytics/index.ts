import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../request.ts'

/** The figures of campaigns: projections of the ledger and of the states of messages, made when they are asked for. */
export interface Analytics {
  readonly handlers: Handlers<(typeof contract)['analytics']>
}

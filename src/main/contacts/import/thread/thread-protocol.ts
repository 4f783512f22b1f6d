import type { FailureCode } from '../../../../shared/contract/failure.ts'
import type { OrderFindings } from '../../purchases/import/inspect-orders.ts'
import type { OrderInspectRequest, OrderRowsRequest } from '../../purchases/import/order-rows-request.ts'
import type { StageOrdersRequest } from '../../purchases/import/stage-orders.ts'
import type { SortedGroup, SortRequest } from '../engine/staging/sorted-groups.ts'
import type { StagePoint, StageRequest } from '../engine/staging/stage-file.ts'
import type { RowsPoint } from '../engine/staging/stage-rows.ts'
import type { FileFindings, FileLook, InspectRequest, LookRequest } from './import-reader.ts'
import type { RowsRequest } from './rows-request.ts'

/** What a reader thread is asked to do; one task a thread. */
export type ThreadTask =
  | { readonly kind: 'look'; readonly request: LookRequest }
  | { readonly kind: 'inspect'; readonly request: InspectRequest }
  | { readonly kind: 'splits'; readonly request: RowsRequest }
  | { readonly kind: 'stage'; readonly request: StageRequest; readonly credits: number }
  | { readonly kind: 'sort'; readonly request: SortRequest; readonly credits: number }
  | { readonly kind: 'inspectOrders'; readonly request: OrderInspectRequest }
  | { readonly kind: 'orderSplits'; readonly request: OrderRowsRequest }
  | { readonly kind: 'stageOrders'; readonly request: StageOrdersRequest; readonly credits: number }

/** What the thread answers with. A point or a group costs a credit; without one the thread waits. */
export type ThreadAnswer =
  | { readonly kind: 'look'; readonly look: FileLook }
  | { readonly kind: 'inspect'; readonly findings: FileFindings | null }
  | { readonly kind: 'lookUp'; readonly idents: string }
  | { readonly kind: 'progress'; readonly rows: number; readonly bytesRead: number }
  | { readonly kind: 'splits'; readonly splits: readonly string[] }
  | { readonly kind: 'point'; readonly point: StagePoint }
  | { readonly kind: 'group'; readonly group: SortedGroup }
  | { readonly kind: 'inspectOrders'; readonly findings: OrderFindings }
  | { readonly kind: 'rowsPoint'; readonly point: RowsPoint }
  | { readonly kind: 'end' }
  /** `code` is null for a bug; with one the message is for a person. */
  | { readonly kind: 'failed'; readonly message: string; readonly code: FailureCode | null }

/** What the main thread tells a thread: one more of them may come, no more is wanted, or which contacts are known. */
export type ThreadWord = 'more' | 'stop' | { readonly known: string }

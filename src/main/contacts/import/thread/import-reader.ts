import type { ContactChange, DateReading, ImportFindings } from '../../../../shared/contract/import-checks.ts'
import type { SheetSize } from '../../../../shared/contract/import-reading.ts'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import type { OrderFindings } from '../../purchases/import/inspect-orders.ts'
import type { OrderInspectRequest, OrderRowsRequest } from '../../purchases/import/order-rows-request.ts'
import type { StageOrdersRequest } from '../../purchases/import/stage-orders.ts'
import type { DecimalSign } from '../checks/read-number.ts'
import type { SortedGroup, SortRequest } from '../engine/staging/sorted-groups.ts'
import type { StagePoint, StageRequest } from '../engine/staging/stage-file.ts'
import type { RowsPoint } from '../engine/staging/stage-rows.ts'
import type { ColumnSuggestion } from '../mapping/columns.ts'
import type { RowsRequest } from './rows-request.ts'

/** A file to be looked at, with what a person corrected about its reading. */
export interface LookRequest {
  readonly path: string
  readonly corrected: Partial<FileReading>
}

/** What the first rows of a file show. */
export interface FileLook {
  readonly reading: FileReading
  readonly why: string
  /** The sheets of a workbook. */
  readonly sheets: readonly SheetSize[]
  /** A name for every column; made up where the file has none. */
  readonly names: readonly string[]
  readonly columns: readonly ColumnSuggestion[]
  readonly dates: DateReading
  readonly decimal: DecimalSign
}

/** How many rows to inspect when the file is larger than `wholeUpToBytes`. */
export interface InspectRequest extends RowsRequest {
  readonly wholeUpToBytes: number
  readonly mostRows: number
}

/** What an inspection found; nothing was written. */
export interface FileFindings extends ImportFindings {
  /** Per column of the mapping: how many rows have a value. */
  readonly filled: readonly number[]
  /** What would change about known contacts: the first ones, in the order of the file. */
  readonly changes: readonly (Omit<ContactChange, 'contactId'> & { readonly contactId: string })[]
}

/** What an inspection asks and tells while it goes on. */
export interface InspectionPort {
  /** The contacts that these rows stand for, asked and answered as in `knownStore.lookUp`. */
  lookUp(asked: string): Promise<string>
  progress(rows: number, bytesRead: number): void
  /** Asked with every piece of the file; true ends the inspection without findings. */
  isStopped(): boolean
}

/** Reads files off the main thread, or in it. */
export interface ImportReader {
  look(request: LookRequest): Promise<FileLook>
  /** Checks the rows of a file; null when it was stopped. */
  inspect(request: InspectRequest, port: InspectionPort): Promise<FileFindings | null>
  /** Keys that part the rows of the file into ranges of about equal size, judged by samples; the same for the same file. */
  splits(request: RowsRequest): Promise<readonly string[]>
  /** Reads a file and puts its checked rows aside; ends early when the signal is aborted. */
  stage(request: StageRequest, signal: AbortSignal): AsyncIterable<StagePoint>
  /** Sorts rows that were put aside, a group or two ahead; ends early when the signal is aborted. */
  sort(request: SortRequest, signal: AbortSignal): AsyncIterable<SortedGroup>
  /** Checks the first rows of a file of orders. */
  inspectOrders(request: OrderInspectRequest): Promise<OrderFindings>
  /** Numbers of orders that part the rows of a file into ranges, as `splits` does. */
  orderSplits(request: OrderRowsRequest): Promise<readonly string[]>
  /** Reads a file of orders and puts its checked rows aside; ends early when the signal is aborted. */
  stageOrders(request: StageOrdersRequest, signal: AbortSignal): AsyncIterable<RowsPoint>
}

import type { ContactChange, DateReading, ImportFindings } from '../../../../shared/contract/import-checks.ts'
import type { ColumnMapping, FileReading, ImportOptions } from '../../../../shared/contract/imports.ts'
import type { DecimalSign } from '../checks/read-number.ts'
import type { ColumnSuggestion } from '../mapping/columns.ts'

/** A file to be looked at, with what a person corrected about its reading. */
export interface LookRequest {
  readonly path: string
  readonly corrected: Partial<FileReading>
}

/** What the first rows of a file show. */
export interface FileLook {
  readonly reading: FileReading
  readonly why: string
  /** A name for every column; made up where the file has none. */
  readonly names: readonly string[]
  readonly columns: readonly ColumnSuggestion[]
  readonly dates: DateReading
  readonly decimal: DecimalSign
}

/** How the rows of a file become contacts; plain values, so that it can be posted to a thread. */
export interface RowsRequest {
  readonly path: string
  readonly reading: FileReading
  readonly mapping: readonly ColumnMapping[]
  readonly options: ImportOptions
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
  /** The contacts that these idents stand for, as `knownStore.lookUp` answers. */
  lookUp(idents: string): Promise<string>
  progress(rows: number, bytesRead: number): void
  /** Asked with every piece of the file; true ends the inspection without findings. */
  isStopped(): boolean
}

/** What to read. Rows go into ranges of their key; `splits` are the keys at which a range begins, in order. */
export interface ReadRequest extends RowsRequest {
  readonly splits: readonly string[]
  /** Rows to pass over: they are in already. */
  readonly skipRows: number
  readonly batchSize: number
}

/** Some rows of a file in its order, checked. The texts go into the store as they are. */
export interface ReadBatch {
  /** JSON: an array of arrays in the order of `stagedColumns` for the mapping. */
  readonly rows: string
  /** JSON: an array of [line, field, reason, cells as JSON]. */
  readonly rejects: string
  /** Tags that no earlier batch had. */
  readonly tags: readonly string[]
  readonly rejected: number
  /** How many rows of the file were read up to and with this batch. */
  readonly rowsRead: number
  readonly bytesRead: number
}

/** Reads files off the main thread, or in it. */
export interface ImportReader {
  look(request: LookRequest): Promise<FileLook>
  /** Checks the rows of a file; null when it was stopped. */
  inspect(request: InspectRequest, port: InspectionPort): Promise<FileFindings | null>
  /** Keys that part the rows of the file into ranges of about equal size, judged by samples; the same for the same file. */
  splits(request: RowsRequest): Promise<readonly string[]>
  /** Batches of checked rows; ends early when the signal is aborted. */
  read(request: ReadRequest, signal: AbortSignal): AsyncIterable<ReadBatch>
}

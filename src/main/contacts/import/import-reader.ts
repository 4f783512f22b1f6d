import type { ColumnMapping, FileReading, ImportOptions } from '../../../shared/contract/imports.ts'

/** What to read and how; plain values, so that it can be posted to a thread. */
export interface ReadRequest {
  readonly path: string
  readonly reading: FileReading
  readonly mapping: readonly ColumnMapping[]
  readonly options: ImportOptions
  /** Rows to pass over: they are in already. */
  readonly skipRows: number
  readonly batchSize: number
}

/** Reads a file in batches of checked rows. The batch type is defined beside the parser. */
export interface ImportReader {
  read(request: ReadRequest, signal: AbortSignal): AsyncIterable<unknown>
}

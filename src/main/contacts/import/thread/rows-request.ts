import type { ColumnMapping, FileReading, ImportOptions } from '../../../../shared/contract/imports.ts'

/** How the rows of a file become contacts; plain values, so that it can be posted to a thread. */
export interface RowsRequest {
  readonly path: string
  readonly reading: FileReading
  readonly mapping: readonly ColumnMapping[]
  readonly options: ImportOptions
}

import type { DomainParts } from '../../../domain-parts.ts'
import type { Tx } from '../../../storage/transaction.ts'
import type { ImportRow } from '../runs/import-store.ts'
import type { ImportReader } from '../thread/import-reader.ts'
import type { RowsRequest } from '../thread/rows-request.ts'
import type { ImportCursor } from './import-cursor.ts'

/** An import under way: what it is made from, and how far it is. */
export interface ImportCourse extends Pick<DomainParts, 'kernel' | 'storage' | 'jobs'> {
  readonly importReader: ImportReader
  readonly row: ImportRow
  readonly request: RowsRequest
  /** Where its rows are put aside. */
  readonly folder: string
  readonly signal: AbortSignal
  cursor: ImportCursor
  bytesRead: number
  /** A transaction that lets everything else go first and does not wait for the disk. */
  write<R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R>
  /** Tells how far it is. */
  report(): void
}

import type { DomainParts } from '../../../domain-parts.ts'
import type { Tx } from '../../../storage/transaction.ts'
import type { ImportReader } from '../../import/thread/import-reader.ts'
import type { OrderCursor } from './order-cursor.ts'
import type { OrderImportRow } from './order-import-store.ts'
import type { OrderRowsRequest } from './order-rows-request.ts'

/** An import of orders under way: what it is made from, and how far it is. */
export interface OrderCourse extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly importReader: ImportReader
  readonly row: OrderImportRow
  readonly changeNo: number
  readonly request: OrderRowsRequest
  /** Where its rows are put aside. */
  readonly folder: string
  readonly signal: AbortSignal
  phase: OrderImportRow['phase']
  cursor: OrderCursor
  /** A transaction that lets everything else go first. */
  write<R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R>
  /** Tells how much of it is done, between 0 and 1. */
  report(fraction: number): void
}

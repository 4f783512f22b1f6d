import type { FailureCode } from '../../../../shared/contract/failure.ts'
import type {
  FileFindings,
  FileLook,
  InspectRequest,
  LookRequest,
  ReadBatch,
  ReadRequest,
  RowsRequest,
} from './import-reader.ts'

/** What a reader thread is asked to do; one task a thread. */
export type ThreadTask =
  | { readonly kind: 'look'; readonly request: LookRequest }
  | { readonly kind: 'inspect'; readonly request: InspectRequest }
  | { readonly kind: 'splits'; readonly request: RowsRequest }
  | { readonly kind: 'read'; readonly request: ReadRequest; readonly credits: number }

/** What the thread answers with. A batch costs a credit; without one the thread waits. */
export type ThreadAnswer =
  | { readonly kind: 'look'; readonly look: FileLook }
  | { readonly kind: 'inspect'; readonly findings: FileFindings | null }
  | { readonly kind: 'lookUp'; readonly idents: string }
  | { readonly kind: 'progress'; readonly rows: number; readonly bytesRead: number }
  | { readonly kind: 'splits'; readonly splits: readonly string[] }
  | { readonly kind: 'batch'; readonly batch: ReadBatch }
  | { readonly kind: 'end' }
  /** `code` is null for a bug; with one the message is for a person. */
  | { readonly kind: 'failed'; readonly message: string; readonly code: FailureCode | null }

/** What the main thread tells a thread: one more batch may come, no more is wanted, or which contacts are known. */
export type ThreadWord = 'more' | 'stop' | { readonly known: string }

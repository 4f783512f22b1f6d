import { z } from 'zod'

/**
 * How far an import is. It is written in the transaction that does the step, so a killed import goes on where it was and
 * no row is written twice.
 *
 * | phase  | what is done                                                                      | next  |
 * |--------|-----------------------------------------------------------------------------------|-------|
 * | begin  | nothing                                                                           | read  |
 * | read   | `rowsRead` rows are rejected or put aside, in the first `runBytes` of their file  | merge |
 * | merge  | the first `merged` rows of those put aside, in the order of their keys            | clear |
 * | clear  | everything is merged; what is left of the files goes                              | over  |
 */
export const ImportCursor = z.object({
  phase: z.enum(['begin', 'read', 'merge', 'clear']),
  splits: z.array(z.string()),
  rowsRead: z.number().int(),
  rejected: z.number().int(),
  runBytes: z.number().int(),
  merged: z.number().int(),
  /** The last contact there was before the first one came in. */
  lastKnownNo: z.number().int(),
  /** Indexes of contacts that are taken away until the rows are in, as the statements that make them. */
  indexes: z.array(z.string()),
})
export type ImportCursor = z.infer<typeof ImportCursor>

/** Where every import begins. */
export const FIRST_CURSOR: ImportCursor = {
  phase: 'begin',
  splits: [],
  rowsRead: 0,
  rejected: 0,
  runBytes: 0,
  merged: 0,
  lastKnownNo: 0,
  indexes: [],
}

// Reading and checking a row takes about as long as merging it.
const SHARE_OF_READING = 0.5

/** How much of an import is done, between 0 and 1. `staged` is how many rows there are to merge. */
export function fractionDone(cursor: ImportCursor, bytesRead: number, bytes: number, staged: number): number {
  switch (cursor.phase) {
    case 'begin':
      return 0
    case 'read':
      return bytes === 0 ? 0 : Math.min(1, bytesRead / bytes) * SHARE_OF_READING
    case 'merge':
      return SHARE_OF_READING + (staged === 0 ? 1 : Math.min(1, cursor.merged / staged)) * (1 - SHARE_OF_READING)
    case 'clear':
      return 1
  }
}

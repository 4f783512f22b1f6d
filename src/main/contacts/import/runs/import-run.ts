import type { ImportRun } from '../../../../shared/contract/imports.ts'
import { ImportOptions } from '../../../../shared/contract/imports.ts'
import { fractionDone, ImportCursor } from '../engine/import-cursor.ts'
import type { ImportWithJob } from './import-store.ts'

/** An import as people see it. `rows` is always the sum of the five counts. */
export function importRun(
  row: ImportWithJob,
  now: number,
): Omit<ImportRun, 'id' | 'jobId'> & { id: string; jobId: string | null } {
  const state = stateOf(row)
  const cursor = ImportCursor.parse(JSON.parse(row.cursor))
  const staged = cursor.rowsRead - row.rejected
  const fraction = state === 'done' ? 1 : fractionDone(cursor, row.bytes_read, row.bytes, staged)
  const elapsed = row.started_at === null ? 0 : Math.max(1, (row.ended_at ?? now) - row.started_at)
  // A row that was read is half done, one that was merged wholly; so the rate stays level through both halves.
  const rowsDone = row.rejected / 2 + cursor.rowsRead / 2 + (row.rows - row.rejected) / 2
  return {
    id: row.id,
    jobId: row.job_id,
    fileName: row.file_name,
    state,
    rows: row.rows,
    created: row.created,
    updated: row.updated,
    unchanged: row.unchanged,
    duplicates: row.duplicates,
    rejected: row.rejected,
    fractionDone: fraction,
    rowsPerSecond: elapsed === 0 ? 0 : Math.round((rowsDone / elapsed) * 1000),
    secondsLeft:
      state === 'running' && fraction > 0 ? Math.round((elapsed * (1 - fraction)) / fraction / 100) / 10 : null,
    error: row.error ?? (state === 'failed' ? row.job_reason : null),
    listName: ImportOptions.parse(JSON.parse(row.options)).listName,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}

// The job knows better when somebody cancelled it before it began, or when it died.
function stateOf(row: ImportWithJob): ImportRun['state'] {
  if (row.state === 'paused') return 'waiting'
  if (row.state === 'undone') return 'done'
  if (row.state !== 'waiting' && row.state !== 'running') return row.state
  if (row.job_state === 'cancelled') return 'cancelled'
  if (row.job_state === 'dead') return 'failed'
  return row.state
}

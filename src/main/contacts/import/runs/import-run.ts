import type { ImportRun } from '../../../../shared/contract/imports.ts'
import { ImportOptions } from '../../../../shared/contract/imports.ts'
import { fractionDone, ImportCursor } from '../engine/import-cursor.ts'
import type { ImportWithJob } from './import-store.ts'

/** An import as people see it. `rows` is always the sum of the five counts. */
export function importRun(
  row: ImportWithJob,
  now: number,
): Omit<ImportRun, 'id' | 'jobId' | 'changeId'> & { id: string; jobId: string | null; changeId: string | null } {
  const state = stateOf(row)
  const cursor = ImportCursor.parse(JSON.parse(row.cursor))
  const staged = cursor.rowsRead - row.rejected
  const isOver = OVER.includes(state)
  const fraction = state === 'done' || state === 'undone' ? 1 : fractionDone(cursor, row.bytes_read, row.bytes, staged)
  const elapsed = row.started_at === null ? 0 : Math.max(1, (row.ended_at ?? now) - row.started_at - row.idle_ms)
  // A row that was read is half done, one that was merged wholly; so the rate stays level through both halves.
  const rowsDone = row.rejected / 2 + cursor.rowsRead / 2 + (row.rows - row.rejected) / 2
  return {
    id: row.id,
    jobId: row.job_id,
    fileName: row.file_name,
    state,
    stage: isOver ? 'over' : STAGES[cursor.phase],
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
    // While it rests, the row says since when; it is not over.
    endedAt: isOver ? row.ended_at : null,
    changeId: row.change_id,
    canUndo:
      isOver &&
      state !== 'undone' &&
      row.is_undoing === 0 &&
      (row.change_contacts ?? 0) > 0 &&
      row.change_state !== 'expired',
  }
}

const OVER: readonly ImportRun['state'][] = ['done', 'failed', 'cancelled', 'undone']
const STAGES: Readonly<Record<ImportCursor['phase'], ImportRun['stage']>> = {
  begin: 'waiting',
  read: 'reading',
  merge: 'merging',
  clear: 'finishing',
}

// The job knows better when somebody cancelled it before it began, or when it died.
function stateOf(row: ImportWithJob): ImportRun['state'] {
  if (row.state !== 'waiting' && row.state !== 'running') return row.state
  if (row.job_state === 'cancelled') return 'cancelled'
  if (row.job_state === 'dead') return 'failed'
  return row.state
}

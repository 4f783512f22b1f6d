import { z } from 'zod'
import { ColumnMapping, FileReading, ImportOptions } from '../../../../shared/contract/imports.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../../scheduling/jobs.ts'
import { transaction } from '../../../storage/transaction.ts'
import { type ImportRow, importStore } from '../runs/import-store.ts'
import type { ImportReader } from '../thread/import-reader.ts'
import type { RowsRequest } from '../thread/rows-request.ts'
import type { ImportCourse } from './import-course.ts'
import { fractionDone, ImportCursor } from './import-cursor.ts'
import { endImport, restoreIndexes } from './import-end.ts'
import { mergeRows } from './merge-rows.ts'
import { readRows } from './read-rows.ts'
import { removeStaged, stagedImports, stagingFolder } from './staged-files.ts'

/** The kind of job that imports are; its subject is the import's id. */
export const IMPORT_JOB = 'contacts.import'

export const ImportPayload = z.object({ importId: z.string(), fileName: z.string() })
export type ImportPayload = z.infer<typeof ImportPayload>

interface Parts extends DomainParts {
  readonly importReader: ImportReader
  /** Tells windows that an import moved on; at most twice a second. */
  readonly changed: (id: string, over: boolean) => void
}

const PROGRESS_SCALE = 1000

/** The job that imports a file: puts its rows aside, merges them in the order of their keys, clears up. */
export function importJob(parts: Parts): JobKind<ImportPayload> {
  const { storage, kernel, files, changed } = parts

  async function run(job: JobRun<ImportPayload>): Promise<JobResult> {
    const row = await importStore.find(storage.reader, job.subject)
    if (!row || row.state === 'done') return { kind: 'done' }
    if (row.state === 'failed' || row.state === 'cancelled') return { kind: 'dead', reason: 'The import is over.' }
    try {
      for (const { id } of await importStore.abandoned(storage.reader)) await end(id, 'cancelled', null)
      await tidy()
      const course = await begin(row, job)
      await readRows(course)
      await mergeRows(course)
    } catch (error) {
      if (job.signal.aborted) return stopped(row, job)
      await end(row.id, 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
    if (job.signal.aborted) return stopped(row, job)
    await end(row.id, 'done', null)
    await files.remove(row.stored_path)
    return { kind: 'done' }
  }

  /** Removes what imports put aside that ended in a crash between their last write and the removal of their files. */
  async function tidy(): Promise<void> {
    for (const id of await stagedImports(storage.folder)) {
      const other = await importStore.find(storage.reader, id)
      const over = !other || other.state === 'done' || other.state === 'failed' || other.state === 'cancelled'
      if (over) await removeStaged(storage.folder, id)
    }
  }

  async function begin(row: ImportRow, job: JobRun<ImportPayload>): Promise<ImportCourse> {
    const file = await files.find(row.stored_path)
    const request: RowsRequest = {
      path: file.path,
      reading: FileReading.parse(JSON.parse(row.reading)),
      mapping: z.array(ColumnMapping).parse(JSON.parse(row.mapping)),
      options: ImportOptions.parse(JSON.parse(row.options)),
    }
    const course: ImportCourse = {
      ...parts,
      row,
      request,
      folder: await stagingFolder(storage.folder, row.id),
      signal: job.signal,
      cursor: ImportCursor.parse(JSON.parse(row.cursor)),
      bytesRead: row.bytes_read,
      write: (name, work) => transaction(storage.db, work, { name, priority: 'bulk', flush: 'later' }),
      report: () => report(course, job),
    }
    await course.write('import.start', tx => importStore.start(tx, row.id, kernel.clock.now()))
    changed(row.id, false)
    return course
  }

  async function stopped(row: ImportRow, job: JobRun<ImportPayload>): Promise<JobResult> {
    // Nobody knows when an import that was paused goes on; one that is stopped goes on with the next start.
    if (job.signal.reason !== 'stopping') await restoreIndexes(storage, row.id, () => true)
    if (job.signal.reason !== 'cancelled') return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    // A paused import keeps what it put aside; another job goes on with it.
    if ((await importStore.find(storage.reader, row.id))?.state === 'paused') return { kind: 'dead', reason: 'paused' }
    await end(row.id, 'cancelled', null)
    return { kind: 'dead', reason: 'cancelled' }
  }

  async function end(id: string, state: 'done' | 'failed' | 'cancelled', error: string | null): Promise<void> {
    await endImport(storage, id, tx => importStore.end(tx, id, state, error, kernel.clock.now()))
    changed(id, true)
  }

  function report({ row, cursor, bytesRead }: ImportCourse, job: JobRun<ImportPayload>): void {
    const fraction = fractionDone(cursor, bytesRead, row.bytes, cursor.rowsRead - cursor.rejected)
    job.progress(Math.round(fraction * PROGRESS_SCALE), PROGRESS_SCALE)
    changed(row.id, false)
  }

  return {
    kind: IMPORT_JOB,
    payload: ImportPayload,
    title: ({ fileName }) => `Import ${fileName}`,
    link: ({ importId }) => `/imports/${importId}`,
    canCancel: true,
    run,
  }
}

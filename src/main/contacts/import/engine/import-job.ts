import { z } from 'zod'
import { ColumnMapping, FileReading, ImportOptions } from '../../../../shared/contract/imports.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { type ImportCounts, type ImportRow, importStore } from '../runs/import-store.ts'
import type { ImportReader, RowsRequest } from '../thread/import-reader.ts'
import { fractionDone, ImportCursor } from './import-cursor.ts'
import { mergeStore } from './merge-store.ts'
import { nameKey } from './name-key.ts'
import { removeRange, removeStaged } from './remove-staged.ts'
import { stagedColumns } from './staged-row.ts'
import { stagingStore } from './staging-store.ts'
import { FIRST_STEP_ROWS, nextStepRows } from './step-size.ts'

/** The kind of job that imports are; its subject is the import's id. */
export const IMPORT_JOB = 'contacts.import'

export const ImportPayload = z.object({ importId: z.string(), fileName: z.string() })
export type ImportPayload = z.infer<typeof ImportPayload>

interface Parts extends DomainParts {
  readonly importReader: ImportReader
  /** Tells windows that an import moved on; at most twice a second. */
  readonly changed: (id: string, over: boolean) => void
}

/** An import under way: what it is made from, and how far it is. */
interface Course {
  readonly row: ImportRow
  readonly request: RowsRequest
  readonly job: JobRun<ImportPayload>
  cursor: ImportCursor
  bytesRead: number
  rejected: number
}

// Staging 1,000 rows takes some 10 ms, so that a sender beside it hardly waits (performance.md section 1). Batches of 2,000
// rows took 25 MB more and were no faster.
const BATCH_ROWS = 1000
const NOTHING: ImportCounts = { created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 0 }
const PROGRESS_SCALE = 1000

/** The job that imports a file: reads it into staged rows, merges them in the order of their keys, clears up. */
export function importJob(parts: Parts): JobKind<ImportPayload> {
  const { storage, kernel, files, importReader, changed } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: JobRun<ImportPayload>): Promise<JobResult> {
    const row = await importStore.find(storage.reader, job.subject)
    if (!row || row.state === 'done') return { kind: 'done' }
    if (row.state === 'failed' || row.state === 'cancelled') return { kind: 'dead', reason: 'The import is over.' }
    try {
      for (const abandoned of await importStore.abandoned(storage.reader)) await end(abandoned, 'cancelled', null)
      const course = await begin(row, job)
      await read(course)
      await merge(course)
    } catch (error) {
      if (job.signal.aborted) return stopped(row, job)
      await end(row, 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
    if (job.signal.aborted) return stopped(row, job)
    await end(row, 'done', null)
    await files.remove(row.stored_path)
    return { kind: 'done' }
  }

  async function begin(row: ImportRow, job: JobRun<ImportPayload>): Promise<Course> {
    await write('import.start', tx => importStore.start(tx, row.id, kernel.clock.now()))
    changed(row.id, false)
    const file = await files.find(row.stored_path)
    const request: RowsRequest = {
      path: file.path,
      reading: FileReading.parse(JSON.parse(row.reading)),
      mapping: z.array(ColumnMapping).parse(JSON.parse(row.mapping)),
      options: ImportOptions.parse(JSON.parse(row.options)),
    }
    let cursor = ImportCursor.parse(JSON.parse(row.cursor))
    if (cursor.phase === 'begin') {
      cursor = { ...cursor, phase: 'read', splits: [...(await importReader.splits(request))] }
      await write('import.begin', tx => importStore.advance(tx, row.id, JSON.stringify(cursor), 0, NOTHING))
    }
    return { row, request, job, cursor, bytesRead: row.bytes_read, rejected: row.rejected }
  }

  async function read(course: Course): Promise<void> {
    const { row, request, job } = course
    if (course.cursor.phase !== 'read') return
    const { splits, rowsRead } = course.cursor
    const columns = stagedColumns(request.mapping)
    const batches = importReader.read({ ...request, splits, skipRows: rowsRead, batchSize: BATCH_ROWS }, job.signal)
    for await (const batch of batches) {
      const cursor = { ...course.cursor, rowsRead: batch.rowsRead }
      const tags = batch.tags.map(name => ({ id: kernel.ids.next(), name: name.trim(), name_key: nameKey(name) }))
      await write('import.stage', async tx => {
        await importStore.ensureTags(tx, tags)
        await stagingStore.add(tx, row.number, columns, batch.rows)
        if (batch.rejected > 0) await importStore.addRejects(tx, row.id, batch.rejects)
        const counts = { ...NOTHING, rejected: batch.rejected }
        await importStore.advance(tx, row.id, JSON.stringify(cursor), batch.bytesRead, counts)
      })
      course.cursor = cursor
      course.bytesRead = batch.bytesRead
      course.rejected += batch.rejected
      report(course)
    }
    if (job.signal.aborted) return
    course.cursor = { ...course.cursor, phase: 'merge' }
    await write('import.read', tx =>
      importStore.advance(tx, row.id, JSON.stringify(course.cursor), course.bytesRead, NOTHING),
    )
  }

  async function merge(course: Course): Promise<void> {
    const { row, request, job } = course
    if (course.cursor.phase !== 'merge' || job.signal.aborted) return
    const { options } = request
    const listId = options.listName === '' ? null : await listCalled(options.listName)
    await write('import.tags', tx => importStore.ensureTags(tx, options.tags.map(newTag)))
    const tagKeys = options.tags.map(nameKey)
    let stepRows = FIRST_STEP_ROWS
    while (!job.signal.aborted) {
      const merged = await write('import.merge', async tx => {
        const begun = kernel.clock.now()
        const { cursor } = course
        const id = kernel.ids.next()
        const result = await mergeStore.step(tx, {
          run: row.number,
          part: cursor.part,
          afterIdent: cursor.ident,
          afterN: cursor.n,
          mostRows: stepRows,
          policy: options.duplicates,
          idPrefix: id.slice(0, 28),
          // Half of the space above the beginning stays free for the rows of the step.
          idStart: Number.parseInt(id.slice(29), 16),
          notePrefix: kernel.ids.next().slice(0, 28),
          listId,
          tagKeys,
          brings: {
            tags: request.mapping.some(({ target }) => target === 'tags'),
            externalIds: request.mapping.some(({ target }) => target.startsWith('external:')),
            notes: request.mapping.some(({ target }) => target === 'note'),
          },
          source: `import ${row.file_name}`.slice(0, 200),
          actor: row.created_by,
          now: kernel.clock.now(),
        })
        if (result === null) return null
        if (result.rows === stepRows) stepRows = nextStepRows(stepRows, kernel.clock.now() - begun)
        const next = {
          ...cursor,
          ident: result.lastIdent,
          n: result.lastN,
          merged: cursor.merged + result.rows,
        }
        await importStore.advance(tx, row.id, JSON.stringify(next), course.bytesRead, { ...result, rejected: 0 })
        return next
      })
      if (merged) course.cursor = merged
      else if (!(await nextPart(course))) break
      report(course)
    }
  }

  /** Gives the space of a merged range back and moves on to the next one; false after the last. */
  async function nextPart(course: Course): Promise<boolean> {
    await removeRange(storage, course.row.number, course.cursor.part)
    const part = await stagingStore.nextPart(storage.reader, course.row.number, course.cursor.part + 1)
    course.cursor = part === null ? { ...course.cursor, phase: 'clear' } : { ...course.cursor, part, ident: '', n: 0 }
    // Written with the next step: a killed import finds the range empty and moves on again.
    return part !== null
  }

  async function stopped(row: ImportRow, job: JobRun<ImportPayload>): Promise<JobResult> {
    if (job.signal.reason !== 'cancelled') return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    await end(row, 'cancelled', null)
    return { kind: 'dead', reason: 'cancelled' }
  }

  async function end(
    row: { id: string; number: number },
    state: 'done' | 'failed' | 'cancelled',
    error: string | null,
  ): Promise<void> {
    await removeStaged(storage, row.number)
    await write('import.end', tx => importStore.end(tx, row.id, state, error, kernel.clock.now()))
    changed(row.id, true)
  }

  const newTag = (name: string) => ({ id: kernel.ids.next(), name: name.trim(), name_key: nameKey(name) })

  function listCalled(name: string): Promise<string> {
    const list = { id: kernel.ids.next(), name: name.trim(), name_key: nameKey(name) }
    return write('import.list', tx => importStore.ensureList(tx, list, kernel.clock.now()))
  }

  function report(course: Course): void {
    const { row, cursor, bytesRead, rejected } = course
    const fraction = fractionDone(cursor, bytesRead, row.bytes, cursor.rowsRead - rejected)
    course.job.progress(Math.round(fraction * PROGRESS_SCALE), PROGRESS_SCALE)
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

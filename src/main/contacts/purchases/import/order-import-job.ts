import { z } from 'zod'
import { FileReading } from '../../../../shared/contract/imports.ts'
import { OrderColumnMapping, OrderOptions } from '../../../../shared/contract/purchases.ts'
import type { Accounts } from '../../../accounts/index.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import { stagingFolder } from '../../import/engine/staged-files.ts'
import type { ImportReader } from '../../import/thread/import-reader.ts'
import type { Figures } from '../../scores/figures.ts'
import { mergeOrders } from './merge-orders.ts'
import { OrderCursor } from './order-cursor.ts'
import { computeTouched, markTouched } from './order-figures.ts'
import type { OrderCourse } from './order-import-course.ts'
import { endOrderImport, restoreOrderIndexes } from './order-import-end.ts'
import { ORDER_IMPORT_JOB, type OrderImportRow, orderImportStore } from './order-import-store.ts'
import { readOrders } from './read-orders.ts'

const Payload = z.object({ fileName: z.string() })

interface Parts extends DomainParts {
  readonly accounts: Accounts
  readonly figures: Figures
  readonly importReader: ImportReader
  /** Tells windows that an import moved on; at most twice a second. */
  readonly changed: (id: string, over: boolean) => void
}

const PROGRESS_SCALE = 1000

/**
 * The job that imports orders. Where it is stands on disk, written with each step, so that a killed import goes on there.
 *
 * | phase   | what is done                                            | next    |
 * |---------|---------------------------------------------------------|---------|
 * | read    | the first `rows` rows are put aside or rejected          | merge   |
 * | merge   | the first `cursor.merged` rows of those put aside are in | figures |
 * | figures | everything is in; totals and scores are computed        | over    |
 */
export function orderImportJob(parts: Parts): JobKind<z.infer<typeof Payload>> {
  const { storage, kernel, files, accounts, changed } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: JobRun<unknown>): Promise<JobResult> {
    const row = await orderImportStore.find(storage.reader, job.subject)
    if (!row || (row.state !== 'waiting' && row.state !== 'running')) return { kind: 'done' }
    try {
      const course = await begin(row, job)
      await readOrders(course)
      await mergeOrders({ ...course, row: (await orderImportStore.find(storage.reader, row.id)) ?? row })
      if (!job.signal.aborted) {
        await markTouched(parts, course.changeNo)
        await computeTouched(parts, job.signal)
      }
    } catch (error) {
      if (job.signal.aborted) return stopped(row.id, job)
      await end(row.id, 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
    if (job.signal.aborted) return stopped(row.id, job)
    await end(row.id, 'done', null)
    await files.remove(row.stored_path)
    return { kind: 'done' }
  }

  async function begin(row: OrderImportRow, job: JobRun<unknown>): Promise<OrderCourse> {
    const { path } = await files.find(row.stored_path)
    const { timeZone } = await accounts.settings(storage.reader)
    const now = kernel.clock.now()
    const changeNo = await write('orders.begin', async tx => {
      const title = `Import of orders from ${row.file_name}`
      const change = { id: row.id, kind: 'orders' as const, title, actor: row.created_by, now }
      const no = row.change_no ?? (await journalStore.begin(tx, change))
      await orderImportStore.begin(tx, row.id, no, now)
      return no
    })
    changed(row.id, false)
    return {
      ...parts,
      row,
      changeNo,
      request: {
        path,
        reading: FileReading.parse(JSON.parse(row.reading)),
        mapping: z.array(OrderColumnMapping).parse(JSON.parse(row.mapping)),
        options: OrderOptions.parse(JSON.parse(row.options)),
        timeZone,
        now,
      },
      folder: await stagingFolder(storage.folder, row.id, 'order-imports'),
      signal: job.signal,
      phase: row.phase,
      cursor: OrderCursor.parse(JSON.parse(row.cursor)),
      write,
      report(fraction) {
        job.progress(Math.round(fraction * PROGRESS_SCALE), PROGRESS_SCALE)
        changed(row.id, false)
      },
    }
  }

  async function stopped(id: string, job: JobRun<unknown>): Promise<JobResult> {
    // Nobody knows when a job goes on that was not stopped by the end of the application.
    if (job.signal.reason !== 'stopping') await restoreOrderIndexes(storage, id)
    if (job.signal.reason !== 'cancelled') return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    await end(id, 'cancelled', null)
    return { kind: 'dead', reason: 'cancelled' }
  }

  async function end(id: string, state: 'done' | 'failed' | 'cancelled', error: string | null): Promise<void> {
    await endOrderImport(parts, id, { state, error })
    changed(id, true)
  }

  return {
    kind: ORDER_IMPORT_JOB,
    payload: Payload,
    title: ({ fileName }) => `Import orders from ${fileName}`,
    link: () => '/orders/import',
    canCancel: true,
    run,
  }
}

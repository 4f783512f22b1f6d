import { z } from 'zod'
import { FileReading } from '../../../../shared/contract/imports.ts'
import { OrderColumnMapping, OrderOptions } from '../../../../shared/contract/purchases.ts'
import type { Accounts } from '../../../accounts/index.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import { journalStore } from '../../changes/journal-store.ts'
import { nextStepRows } from '../../import/engine/step-size.ts'
import type { Figures } from '../../scores/figures.ts'
import { RFM_JOB } from '../rfm-job.ts'
import { customerSourceOf } from './order-defaults.ts'
import { computeTouched, markTouched } from './order-figures.ts'
import { ORDER_IMPORT_JOB, type OrderImportRow, orderImportStore } from './order-import-store.ts'
import { orderMergeStore } from './order-merge-store.ts'
import { readOrderRows } from './read-order-rows.ts'

const Payload = z.object({ fileName: z.string() })

interface Parts extends DomainParts {
  readonly accounts: Accounts
  readonly figures: Figures
  /** Tells windows that an import moved on; at most twice a second. */
  readonly changed: (id: string, over: boolean) => void
}

const BATCH_ROWS = 1000
// A step asks some twenty statements and waits for the disk once, however few its orders are.
const FEWEST_ORDERS = 500
const REPORTED_EVERY_MS = 500
const CLEARED_AT_ONCE = 2000
const ITEM_TARGETS: ReadonlySet<string> = new Set(['sku', 'itemName', 'category', 'quantity', 'itemPrice', 'itemTotal'])

/**
 * The job that imports orders. Where it is stands on disk, written with each step, so that a killed import goes on there.
 *
 * | phase   | what is done                                       | next    |
 * |---------|----------------------------------------------------|---------|
 * | read    | the first `rows` rows are staged or rejected       | merge   |
 * | merge   | orders up to `cursor` are in, their rows gone      | figures |
 * | figures | everything is in; totals and scores are computed   | over    |
 */
export function orderImportJob(parts: Parts): JobKind<z.infer<typeof Payload>> {
  const { storage, kernel, files, jobs, accounts, changed } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function run(job: JobRun<unknown>): Promise<JobResult> {
    const row = await orderImportStore.find(storage.reader, job.subject)
    if (!row || (row.state !== 'waiting' && row.state !== 'running')) return { kind: 'done' }
    try {
      const changeNo = await begin(row)
      if (row.phase === 'read') await read(row, job)
      if (row.phase !== 'figures' && !job.signal.aborted) await merge({ ...row, change_no: changeNo }, job)
      if (!job.signal.aborted) {
        await markTouched(parts, changeNo)
        await computeTouched(parts, job.signal)
      }
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

  async function begin(row: OrderImportRow): Promise<number> {
    const changeNo = await write('orders.begin', async tx => {
      const now = kernel.clock.now()
      const title = `Import of orders from ${row.file_name}`
      const no =
        row.change_no ??
        (await journalStore.begin(tx, { id: row.id, kind: 'orders', title, actor: row.created_by, now }))
      await orderImportStore.begin(tx, row.id, no, now)
      return no
    })
    changed(row.id, false)
    return changeNo
  }

  async function read(row: OrderImportRow, job: JobRun<unknown>): Promise<void> {
    const file = await files.find(row.stored_path)
    const { timeZone } = await accounts.settings(storage.reader)
    const batches = readOrderRows(file.path, FileReading.parse(JSON.parse(row.reading)), {
      mapping: mappingOf(row),
      options: OrderOptions.parse(JSON.parse(row.options)),
      timeZone,
      now: kernel.clock.now(),
      skipRows: row.rows,
      batchSize: BATCH_ROWS,
    })
    // One batch is read while the one before is written.
    let writing: Promise<void> = Promise.resolve()
    for await (const batch of batches) {
      await writing
      if (job.signal.aborted) return
      writing = write('orders.stage', tx => orderImportStore.stage(tx, row.number, batch))
      writing.catch(() => undefined)
      job.progress(Math.round((500 * batch.bytesRead) / Math.max(1, row.bytes)), 1000)
      changed(row.id, false)
    }
    await writing
    await write('orders.read', tx => orderImportStore.phase(tx, row.id, 'merge'))
  }

  async function merge(row: OrderImportRow, job: JobRun<unknown>): Promise<void> {
    const options = OrderOptions.parse(JSON.parse(row.options))
    const mapping = mappingOf(row)
    let after = row.phase === 'merge' ? row.cursor : ''
    const hasItems = mapping.some(({ target }) => ITEM_TARGETS.has(target))
    let mostOrders = FEWEST_ORDERS
    await write('orders.prepare', tx => orderMergeStore.prepare(tx))
    let reported = 0
    while (!job.signal.aborted) {
      let begun = 0
      const result = await write('orders.merge', async tx => {
        // Waiting for others says nothing about how long a step takes.
        begun = kernel.clock.now()
        const merged = await orderMergeStore.step(tx, {
          importNo: row.number,
          changeNo: row.change_no ?? 0,
          after,
          mostOrders,
          source: options.source,
          customerSource: customerSourceOf(mapping),
          makesCustomers: options.customers === 'make',
          hasItems,
          fileName: row.file_name,
          now: begun,
          newId: kernel.ids.next,
        })
        if (merged) await orderImportStore.advance(tx, row.number, merged.lastOrder, merged)
        return merged
      })
      if (result === null) break
      const now = kernel.clock.now()
      mostOrders = Math.max(FEWEST_ORDERS, nextStepRows(mostOrders, now - begun))
      after = result.lastOrder
      if (now - reported < REPORTED_EVERY_MS) continue
      reported = now
      await report(row, job)
    }
    if (job.signal.aborted) return
    await write('orders.merged', tx => orderImportStore.phase(tx, row.id, 'figures'))
  }

  async function report(row: OrderImportRow, job: JobRun<unknown>): Promise<void> {
    const now = await orderImportStore.find(storage.reader, row.id)
    if (now) job.progress(500 + Math.round((400 * (now.taken + now.rejected)) / Math.max(1, now.rows)), 1000)
    changed(row.id, false)
  }

  async function stopped(row: OrderImportRow, job: JobRun<unknown>): Promise<JobResult> {
    if (job.signal.reason !== 'cancelled') return { kind: 'retry', at: kernel.clock.now(), reason: '' }
    await end(row, 'cancelled', null)
    return { kind: 'dead', reason: 'cancelled' }
  }

  async function end(row: OrderImportRow, state: 'done' | 'failed' | 'cancelled', error: string | null): Promise<void> {
    await clearStaged(parts, row.number)
    const { change_no: changeNo } = (await orderImportStore.find(storage.reader, row.id)) ?? row
    // What is in stays in, also when the rest does not come.
    if (state !== 'done' && changeNo !== null) await markTouched(parts, changeNo)
    await write('orders.end', async tx => {
      const now = kernel.clock.now()
      if (changeNo !== null) await journalStore.finish(tx, changeNo)
      await orderImportStore.end(tx, row.id, state, error, now)
      await jobs.add(tx, { kind: RFM_JOB, subject: 'all', payload: {}, dueAt: now })
    })
    parts.scheduler.wake()
    changed(row.id, true)
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

/** Gives the space of rows back that an import left. */
export async function clearStaged(parts: DomainParts, number: number): Promise<void> {
  let removed = 0
  do {
    removed = await transaction(parts.storage.db, tx => orderImportStore.clear(tx, number, CLEARED_AT_ONCE), {
      name: 'orders.clear',
      priority: 'bulk',
    })
  } while (removed > 0)
}

function mappingOf(row: OrderImportRow): OrderColumnMapping[] {
  return z.array(OrderColumnMapping).parse(JSON.parse(row.mapping))
}

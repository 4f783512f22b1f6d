import type { z } from 'zod'
import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { redact } from '../kernel/log.ts'
import type { Storage } from '../storage/database.ts'
import { type Reader, type Tx, transaction } from '../storage/transaction.ts'
import type { JobResult, NewJob } from './job.ts'
import { type JobRow, jobStore } from './job-store.ts'
import type { Scheduler } from './scheduler.ts'

export type { JobResult, NewJob } from './job.ts'

/** What a running job is given. */
export interface JobRun<P> {
  readonly id: string
  readonly subject: string
  readonly payload: P
  readonly attempt: number
  /** Aborted when the person cancels or the application stops. `reason` is 'cancelled' or 'stopping'. */
  readonly signal: AbortSignal
  /** Tells how far it is; written at most twice a second. */
  progress(done: number, total: number | null): void
}

/** A kind of background work. `run` must be safe to repeat: after a crash it starts again with the same payload. */
export interface JobKind<P> {
  readonly kind: string
  readonly payload: z.ZodType<P>
  readonly title: (payload: P) => string
  readonly link: (payload: P) => string | null
  readonly canCancel: boolean
  run(job: JobRun<P>): Promise<JobResult>
}

/** Durable background work: on disk before it starts, again after a crash, over exactly once. */
export interface Jobs {
  register<P>(kind: JobKind<P>): void
  /** Adds a job in the caller's transaction and returns its id; one that is active already stays, with the earlier due time. Wake the scheduler after the commit. */
  add(tx: Tx, job: NewJob): Promise<string>
  cancel(id: string): Promise<void>
  /** Cancels the active job of a kind and subject, if there is one. */
  cancelSubject(kind: string, subject: string): Promise<void>
  /** Gives back what a killed process had claimed. Before the scheduler starts. */
  recover(): Promise<void>
  /** Asks running jobs to stop and waits for them; they are waiting again afterwards. */
  stop(): Promise<void>
  isIdle(): Promise<boolean>
  describe(row: JobRow): { title: string; link: string | null; canCancel: boolean }
  rows(reader: Reader, offset: number, limit: number): Promise<{ rows: readonly JobRow[]; total: number }>
}

// Two that are heavy and two that are short can go on side by side; the rest waits its turn.
const MOST_AT_ONCE = 4
const PROGRESS_EVERY_MS = 500

interface Running {
  readonly abort: AbortController
  readonly over: Promise<void>
}

/** Jobs in the `jobs` table, run by the scheduler. */
export function createJobs(kernel: Kernel, storage: Storage, scheduler: Scheduler, runId: string): Jobs {
  const kinds = new Map<string, JobKind<unknown>>()
  const running = new Map<string, Running>()
  const changed = (id: string): void => kernel.events.publish({ kind: 'changed', entity: 'job', ids: [id] })

  async function claimDue(): Promise<void> {
    const free = MOST_AT_ONCE - running.size
    if (free <= 0) return
    const rows = await transaction(storage.db, tx => jobStore.claim(tx, runId, kernel.clock.now(), free), {
      name: 'jobs.claim',
    })
    for (const row of rows) begin(row)
  }

  function begin(row: JobRow): void {
    const abort = new AbortController()
    const over = runToEnd(row, abort.signal).finally(() => {
      running.delete(row.id)
      changed(row.id)
      scheduler.wake()
    })
    running.set(row.id, { abort, over })
    kernel.background(`job ${row.kind}`, over)
    changed(row.id)
  }

  async function runToEnd(row: JobRow, signal: AbortSignal): Promise<void> {
    const result = await runGuarded(row, signal)
    const stopping = signal.aborted && signal.reason === 'stopping' && result.kind !== 'done'
    await transaction(
      storage.db,
      tx =>
        jobStore.end(
          tx,
          row.id,
          signal.aborted && signal.reason === 'cancelled' && result.kind !== 'done'
            ? { kind: 'cancelled' }
            : stopping
              ? { kind: 'retry', at: kernel.clock.now(), reason: '' }
              : result,
          kernel.clock.now(),
        ),
      { name: 'jobs.end' },
    )
  }

  async function runGuarded(row: JobRow, signal: AbortSignal): Promise<JobResult> {
    const kind = kinds.get(row.kind)
    if (!kind) return { kind: 'dead', reason: `This version of Tidings does not know the work "${row.kind}".` }
    const payload = kind.payload.safeParse(JSON.parse(row.payload))
    if (!payload.success) return { kind: 'dead', reason: `The stored work "${row.kind}" cannot be read.` }
    try {
      return await kind.run({
        id: row.id,
        subject: row.subject,
        payload: payload.data,
        attempt: row.attempts,
        signal,
        progress: reporter(row.id),
      })
    } catch (error) {
      if (signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
      const reason =
        error instanceof AppError ? error.message : redact(error instanceof Error ? error.message : String(error))
      kernel.log.error('job.failed', {
        kind: row.kind,
        jobId: row.id,
        message: error instanceof Error ? (error.stack ?? reason) : reason,
      })
      return { kind: 'dead', reason }
    }
  }

  function reporter(id: string): (done: number, total: number | null) => void {
    let last = 0
    return (done, total) => {
      const now = kernel.clock.now()
      if (now - last < PROGRESS_EVERY_MS) return
      last = now
      kernel.background(
        'job progress',
        transaction(storage.db, tx => jobStore.progress(tx, id, done, total), { name: 'jobs.progress' }).then(() =>
          changed(id),
        ),
      )
    }
  }

  scheduler.add({
    name: 'jobs',
    nextDueAt: reader => (running.size >= MOST_AT_ONCE ? Promise.resolve(null) : jobStore.nextDueAt(reader)),
    runDue: claimDue,
  })

  async function cancelRow(id: string): Promise<void> {
    const active = running.get(id)
    if (active) {
      active.abort.abort('cancelled')
      await active.over
      return
    }
    await transaction(storage.db, tx => jobStore.cancelWaiting(tx, id, kernel.clock.now()), { name: 'jobs.cancel' })
    changed(id)
  }

  return {
    register(kind) {
      kinds.set(kind.kind, {
        ...kind,
        payload: kind.payload,
        title: payload => kind.title(kind.payload.parse(payload)),
        link: payload => kind.link(kind.payload.parse(payload)),
        run: job => kind.run({ ...job, payload: kind.payload.parse(job.payload) }),
      })
    },
    add: (tx, job) => jobStore.add(tx, { ...job, id: kernel.ids.next(), now: kernel.clock.now() }),
    async cancel(id) {
      const row = await jobStore.find(storage.reader, id)
      if (!row) throw notFound('job', id)
      if (kinds.get(row.kind)?.canCancel === false)
        throw new AppError('conflict', 'This work cannot be cancelled; it ends by itself.')
      await cancelRow(id)
    },
    async cancelSubject(kind, subject) {
      const row = await jobStore.findActive(storage.reader, kind, subject)
      if (row) await cancelRow(row.id)
    },
    recover: () => transaction(storage.db, tx => jobStore.giveBack(tx, runId), { name: 'jobs.recover' }),
    async stop() {
      for (const { abort } of running.values()) abort.abort('stopping')
      await Promise.allSettled([...running.values()].map(({ over }) => over))
    },
    async isIdle() {
      const due = await jobStore.nextDueAt(storage.reader)
      return running.size === 0 && (due === null || due > kernel.clock.now())
    },
    describe(row) {
      const kind = kinds.get(row.kind)
      const payload = kind?.payload.safeParse(JSON.parse(row.payload))
      if (!kind || !payload?.success) return { title: row.kind, link: null, canCancel: false }
      const active = row.state === 'waiting' || row.state === 'running'
      return { title: kind.title(payload.data), link: kind.link(payload.data), canCancel: kind.canCancel && active }
    },
    rows: (reader, offset, limit) => jobStore.page(reader, offset, limit),
  }
}

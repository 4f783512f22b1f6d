import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Tables } from '../storage/tables.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { JobResult, NewJob } from './job.ts'

export type JobRow = Selectable<Tables['jobs']>

const COLUMNS = [
  'id',
  'kind',
  'subject',
  'payload',
  'state',
  'due_at',
  'attempts',
  'lease_run',
  'progress',
  'reason',
  'created_at',
  'started_at',
  'ended_at',
] as const

/** The SQL of the jobs table. */
export const jobStore = {
  async add(tx: Tx, job: NewJob & { readonly id: string; readonly now: number }): Promise<string> {
    const active = await tx
      .selectFrom('jobs')
      .select(['id', 'due_at', 'state'])
      .where('kind', '=', job.kind)
      .where('subject', '=', job.subject)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst()
    if (active) {
      if (active.state === 'waiting' && job.dueAt < active.due_at)
        await tx.updateTable('jobs').set({ due_at: job.dueAt }).where('id', '=', active.id).execute()
      return active.id
    }
    await tx
      .insertInto('jobs')
      .values({
        id: job.id,
        kind: job.kind,
        subject: job.subject,
        payload: JSON.stringify(job.payload),
        state: 'waiting',
        due_at: job.dueAt,
        attempts: 0,
        lease_run: null,
        progress: null,
        reason: null,
        created_at: job.now,
        started_at: null,
        ended_at: null,
      })
      .execute()
    return job.id
  },

  async claim(tx: Tx, runId: string, now: number, most: number): Promise<readonly JobRow[]> {
    const { rows } = await sql<JobRow>`
      update jobs set state = 'running', lease_run = ${runId}, attempts = attempts + 1, started_at = coalesce(started_at, ${now})
      where id in (select id from jobs where state = 'waiting' and due_at <= ${now} order by due_at, id limit ${most})
      returning *`.execute(tx)
    return rows
  },

  async end(tx: Tx, id: string, result: JobResult | { readonly kind: 'cancelled' }, now: number): Promise<void> {
    const update = tx.updateTable('jobs').where('id', '=', id).where('state', '=', 'running')
    if (result.kind === 'retry') {
      await update
        .set({ state: 'waiting', due_at: result.at, lease_run: null, reason: result.reason || null })
        .execute()
      return
    }
    const reason = result.kind === 'dead' ? result.reason : null
    await update.set({ state: result.kind, ended_at: now, lease_run: null, reason }).execute()
  },

  async cancelWaiting(tx: Tx, id: string, now: number): Promise<void> {
    await tx
      .updateTable('jobs')
      .set({ state: 'cancelled', ended_at: now })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .execute()
  },

  async giveBack(tx: Tx, runId: string): Promise<void> {
    await tx
      .updateTable('jobs')
      .set({ state: 'waiting', lease_run: null })
      .where('state', '=', 'running')
      .where(eb => eb.or([eb('lease_run', 'is', null), eb('lease_run', '<>', runId)]))
      .execute()
  },

  async progress(tx: Tx, id: string, done: number, total: number | null): Promise<void> {
    await tx
      .updateTable('jobs')
      .set({ progress: JSON.stringify({ done, total }) })
      .where('id', '=', id)
      .execute()
  },

  async nextDueAt(reader: Reader): Promise<number | null> {
    const row = await reader
      .selectFrom('jobs')
      .select('due_at')
      .where('state', '=', 'waiting')
      .orderBy('due_at')
      .limit(1)
      .executeTakeFirst()
    return row?.due_at ?? null
  },

  find: (reader: Reader, id: string): Promise<JobRow | undefined> =>
    reader.selectFrom('jobs').select(COLUMNS).where('id', '=', id).executeTakeFirst(),

  findActive: (reader: Reader, kind: string, subject: string): Promise<JobRow | undefined> =>
    reader
      .selectFrom('jobs')
      .select(COLUMNS)
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst(),

  async page(reader: Reader, offset: number, limit: number): Promise<{ rows: readonly JobRow[]; total: number }> {
    const rows = await reader
      .selectFrom('jobs')
      .select(COLUMNS)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await reader
      .selectFrom('jobs')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return { rows, total }
  },
}

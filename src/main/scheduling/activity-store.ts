import { z } from 'zod'
import type { Reader } from '../storage/transaction.ts'
import type { JobRow } from './job-store.ts'

const Progress = z.object({ done: z.number(), total: z.number().nullable() })

/** Reads for the activity page. */
export const activityStore = {
  toJob(row: JobRow) {
    const progress = row.progress ? Progress.parse(JSON.parse(row.progress)) : { done: 0, total: null }
    return {
      id: row.id,
      kind: row.kind,
      state: row.state,
      dueAt: row.due_at,
      attempts: row.attempts,
      done: progress.done,
      total: progress.total,
      reason: row.reason,
      createdAt: row.created_at,
      endedAt: row.ended_at,
    }
  },

  async audit(reader: Reader, offset: number, limit: number) {
    const rows = await reader
      .selectFrom('audit')
      .select(['seq', 'at', 'actor', 'action', 'entity', 'entity_id as entityId', 'data as detail'])
      .orderBy('seq', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await reader
      .selectFrom('audit')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return { rows, total }
  },

  async runningJobs(reader: Reader): Promise<number> {
    const { n } = await reader
      .selectFrom('jobs')
      .select(eb => eb.fn.countAll<number>().as('n'))
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow()
    return n
  },
}

import { z } from 'zod'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { JobKind, JobResult, JobRun } from '../../scheduling/jobs.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { FEWEST_FOR_QUINTILES, fixedSteps, WINDOW_DAYS } from './rfm.ts'
import { rfmStore } from './rfm-store.ts'

/** The kind of job that computes recency, frequency and monetary value of every customer. */
export const RFM_JOB = 'purchases.rfm'

/** Where it is kept when they were computed last: epoch milliseconds. */
export const RFM_COMPUTED = 'purchases.rfm_computed'

const Payload = z.object({})
const CUSTOMERS_A_STEP = 2000
const DAY_MS = 86_400_000

/** The job is safe to repeat: it computes everything again from the orders, page by page. */
export function rfmJob(parts: DomainParts & { readonly accounts: Accounts }): JobKind<z.infer<typeof Payload>> {
  const { storage, kernel, accounts } = parts
  const write = <R>(name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
    transaction(storage.db, work, { name, priority: 'bulk' })

  async function pages(
    job: JobRun<unknown>,
    step: (tx: Tx, after: number, upTo: number) => Promise<void>,
  ): Promise<void> {
    for (let after = 0; !job.signal.aborted; ) {
      const from = after
      const upTo = await rfmStore.pageEnd(storage.reader, from, CUSTOMERS_A_STEP)
      if (upTo === null) return
      await write('rfm.page', tx => step(tx, from, upTo))
      after = upTo
    }
  }

  async function run(job: JobRun<unknown>): Promise<JobResult> {
    const now = kernel.clock.now()
    const since = now - WINDOW_DAYS * DAY_MS
    await pages(job, (tx, after, upTo) => rfmStore.sum(tx, { after, upTo, since, now }))
    while (!job.signal.aborted && (await write('rfm.forget', tx => rfmStore.forget(tx, now, CUSTOMERS_A_STEP))) > 0);
    for (const { currency, customers } of await rfmStore.currencies(storage.reader)) {
      const steps =
        customers < FEWEST_FOR_QUINTILES
          ? fixedSteps(currency)
          : await rfmStore.steps(storage.reader, currency, customers)
      await pages(job, (tx, after, upTo) => rfmStore.score(tx, { after, upTo, currency }, steps))
    }
    if (job.signal.aborted) return { kind: 'retry', at: now, reason: '' }
    await write('rfm.end', tx => accounts.setSetting(tx, RFM_COMPUTED, String(now)))
    kernel.events.publish({ kind: 'changed', entity: 'score', ids: [] })
    return { kind: 'done' }
  }

  return {
    kind: RFM_JOB,
    payload: Payload,
    title: () => 'Compute recency, frequency and value of customers',
    link: () => null,
    canCancel: true,
    run,
  }
}

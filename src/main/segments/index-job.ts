import { minutes } from '../kernel/clock.ts'
import type { JobKind, JobResult, JobRun } from '../scheduling/jobs.ts'
import { transaction } from '../storage/transaction.ts'
import { indexStore } from './people/index-store.ts'
import { leavesOf, peopleStore } from './people/people-store.ts'
import type { Ask } from './rule/ask.ts'
import { IndexNeed, indexName, indexNeed } from './rule/index-need.ts'
import type { SegmentParts } from './settings.ts'

/** Makes indexes for fields that a large workspace asks about. */
export interface IndexWork {
  /** Has the indexes made that questions want and that are not there, in the background. */
  want(asks: readonly Ask[]): Promise<void>
}

const JOB = 'segment.index'
// A smaller workspace is walked over in some 20 ms; every index makes imports slower.
const LARGE = 50_000
// Sixteen fields are more than a person asks about; the rest are found by walking.
const MOST = 16

/** The durable work of making indexes. While messages are sent it waits: an index of a million takes the writer a second. */
export function createIndexWork(parts: SegmentParts, changed: () => void): IndexWork {
  const { kernel, storage, jobs, scheduler } = parts

  async function make(job: JobRun<IndexNeed>): Promise<JobResult> {
    if (await indexStore.isSending(storage.reader)) {
      return {
        kind: 'retry',
        at: kernel.clock.now() + minutes(5),
        reason: 'Messages are being sent; it is done afterwards.',
      }
    }
    await transaction(storage.db, tx => indexStore.make(tx, job.payload), { name: 'segments.index', priority: 'bulk' })
    changed()
    return { kind: 'done' }
  }

  const kind: JobKind<IndexNeed> = {
    kind: JOB,
    payload: IndexNeed,
    title: () => 'Making segments quicker',
    link: () => '/segments',
    canCancel: true,
    run: make,
  }
  jobs.register(kind)

  return {
    async want(asks) {
      const needs = new Map(
        asks.flatMap(leavesOf).flatMap(leaf => {
          const need = indexNeed(leaf)
          return need ? [[indexName(need), need] as const] : []
        }),
      )
      if (needs.size === 0) return
      const { people, indexes } = await peopleStore.ground(storage.reader)
      const there = [...indexes].filter(name => name.startsWith('segment_')).length
      const missing = [...needs].filter(([name]) => !indexes.has(name)).slice(0, Math.max(0, MOST - there))
      if (people < LARGE || missing.length === 0) return
      await transaction(
        storage.db,
        async tx => {
          for (const [name, need] of missing) {
            await jobs.add(tx, { kind: JOB, subject: name, payload: need, dueAt: kernel.clock.now() })
          }
        },
        { name: 'segments.wantIndexes', priority: 'bulk' },
      )
      scheduler.wake()
    },
  }
}

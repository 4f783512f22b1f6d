import { z } from 'zod'
import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import { seconds } from '../kernel/clock.ts'
import type { Handlers } from '../request.ts'
import type { JobKind, JobResult, JobRun } from '../scheduling/jobs.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import type { Asking } from './asking.ts'
import type { IndexWork } from './index-job.ts'
import { membershipStore } from './membership-store.ts'
import { factsStore } from './people/facts-store.ts'
import { peopleStore } from './people/people-store.ts'
import { personName } from './person-store.ts'
import { recordStore, type StoredSegment } from './record-store.ts'
import { nextRefresh } from './refresh-times.ts'
import type { Ask } from './rule/ask.ts'
import { addToDay, dayOf, startOfDay } from './rule/day.ts'
import { readRule } from './rule/read-rule.ts'
import { problemsOf } from './rule/setting.ts'
import { type SegmentParts, settingFor } from './settings.ts'

type All = Handlers<(typeof contract)['segments']>

/** Who is in the segments of a workspace, written down from time to time, with who entered and left. */
export interface Memberships {
  /** Has a segment written down anew; wake the scheduler after the commit. */
  plan(tx: Tx, segmentId: string): Promise<void>
  /** Ends work on a segment that is going to be deleted. */
  forget(segmentId: string): Promise<void>
  stop(): void
  readonly handlers: Pick<All, 'history' | 'moves' | 'ofContact'>
}

/** Work of the job `segment.refresh`. */
const RefreshPayload = z.object({ segmentId: z.string() })
type RefreshPayload = z.infer<typeof RefreshPayload>

const JOB = 'segment.refresh'
// A transaction over so many numbers takes 10 to 40 ms.
const WIDTH = 8192
// A change is seldom alone: an import tells of many. Segments follow soon after the last, and not all the time.
const QUIET_MS = seconds(5)
const SELDOM_MS = seconds(60)
const TELLING = new Set(['contact', 'list', 'tag', 'import', 'suppression', 'message'])

/** Keeps memberships: after changes, on schedule, and when asked. */
export function createMemberships(parts: SegmentParts, asking: Asking, indexes: IndexWork): Memberships {
  const { kernel, storage, jobs, scheduler } = parts
  let cancelTimer: (() => void) | null = null
  let lastAt = Number.NEGATIVE_INFINITY
  // How often each segment was asked for. A wish that comes while the work is under way joins it, and must not be lost by that.
  const wishes = new Map<string, number>()

  async function askOf(segment: StoredSegment): Promise<Ask> {
    const setting = await settingFor(parts, storage.reader, [segment.rule])
    const [problem] = problemsOf(segment.rule, setting)
    if (problem) throw new AppError('conflict', `"${segment.name}" cannot be counted. ${problem.text}`, { ...problem })
    return readRule(segment.rule, setting)
  }

  async function refresh(job: JobRun<RefreshPayload>): Promise<JobResult> {
    const wish = wishes.get(job.payload.segmentId)
    const segment = await recordStore.find(storage.reader, job.payload.segmentId)
    // Fixed segments are filled once; one that was deleted meanwhile needs nothing.
    if (!segment || (segment.kind === 'static' && segment.countedAt !== null)) return { kind: 'done' }
    const ask = await askOf(segment)
    await parts.catchUp()
    await indexes.want([ask])
    const found = await storage.heavy.run(job.signal, async reader =>
      peopleStore.inRanges(reader, ask, await asking.plan(reader, [ask]), WIDTH),
    )
    const wanted = new Map(found.map(one => [one.range, one.nos]))
    const last = await membershipStore.last(storage.reader, segment.no)
    const ranges = Math.max(Math.floor(last / WIDTH), ...(wanted.size > 0 ? [found.at(-1)?.range ?? 0] : []))
    for (let range = 0; range <= ranges; range++) {
      if (job.signal.aborted) return { kind: 'retry', at: kernel.clock.now(), reason: '' }
      await refreshRange(segment.no, range * WIDTH, wanted.get(range) ?? '[]')
      job.progress(range, ranges + 1)
    }
    const version = await transaction(
      storage.db,
      async tx => {
        const members = await membershipStore.count(tx, segment.no)
        await recordStore.update(tx, segment.id, { members, counted_at: kernel.clock.now() })
        return (await recordStore.find(tx, segment.id))?.version
      },
      { name: 'segments.counted', priority: 'bulk' },
    )
    kernel.events.publish({ kind: 'changed', entity: 'segment', ids: [segment.id] })
    const isOvertaken = version !== undefined && (version !== segment.version || wishes.get(segment.id) !== wish)
    return isOvertaken ? { kind: 'retry', at: kernel.clock.now(), reason: '' } : { kind: 'done' }
  }

  async function refreshRange(segmentNo: number, from: number, nos: string): Promise<void> {
    const to = from + WIDTH
    const before = await membershipStore.inRange(storage.reader, segmentNo, from, to)
    if (before === sorted(nos)) return
    await transaction(
      storage.db,
      tx => membershipStore.replaceRange(tx, segmentNo, { from, to, nos }, kernel.clock.now()),
      { name: 'segments.refresh', priority: 'bulk' },
    )
  }

  const kind: JobKind<RefreshPayload> = {
    kind: JOB,
    payload: RefreshPayload,
    title: () => 'Counting a segment',
    link: ({ segmentId }) => `/segments/${segmentId}`,
    canCancel: true,
    run: refresh,
  }
  jobs.register(kind)

  async function plan(tx: Tx, segmentId: string): Promise<void> {
    wishes.set(segmentId, (wishes.get(segmentId) ?? 0) + 1)
    await jobs.add(tx, { kind: JOB, subject: segmentId, payload: { segmentId }, dueAt: kernel.clock.now() })
  }

  async function planMany(segments: readonly { readonly id: string }[]): Promise<void> {
    if (segments.length === 0) return
    await transaction(
      storage.db,
      async tx => {
        for (const { id } of segments) await plan(tx, id)
      },
      { name: 'segments.follow', priority: 'bulk' },
    )
    scheduler.wake()
  }

  function follow(): void {
    if (cancelTimer !== null) return
    const wait = Math.max(QUIET_MS, lastAt + SELDOM_MS - kernel.clock.now())
    cancelTimer = kernel.clock.after(Math.min(wait, SELDOM_MS), () => {
      cancelTimer = null
      lastAt = kernel.clock.now()
      kernel.background('segments.follow', recordStore.refreshed(storage.reader).then(planMany))
    })
  }

  const unsubscribe = kernel.events.subscribe(event => {
    if (event.kind === 'changed' && TELLING.has(event.entity)) follow()
  })

  scheduler.add({
    name: 'segments',
    nextDueAt: reader => recordStore.nextDueAt(reader),
    async runDue() {
      await transaction(
        storage.db,
        async tx => {
          const now = kernel.clock.now()
          for (const { id, refresh: how } of await recordStore.due(tx, now)) {
            await plan(tx, id)
            await recordStore.update(tx, id, { next_refresh_at: nextRefresh(how, now) })
          }
        },
        { name: 'segments.due', priority: 'bulk' },
      )
      scheduler.wake()
    },
  })

  async function load(id: string): Promise<StoredSegment> {
    const segment = await recordStore.find(storage.reader, id)
    if (!segment) throw notFound('segment', id)
    return segment
  }

  return {
    plan,
    async forget(segmentId) {
      wishes.delete(segmentId)
      await jobs.cancelSubject(JOB, segmentId)
    },
    stop() {
      unsubscribe()
      cancelTimer?.()
    },
    handlers: {
      async history({ id, days }) {
        const segment = await load(id)
        const { timeZone } = await parts.accounts.settings(storage.reader)
        const today = dayOf(kernel.clock.now(), timeZone)
        const names = Array.from({ length: days }, (_, n) => addToDay(today, n - days + 1, 'days'))
        const bounds = [...names, addToDay(today, 1, 'days')].map(day => startOfDay(day, timeZone))
        const moves = await membershipStore.movesByDay(storage.reader, segment.no, bounds)
        let people = await membershipStore.count(storage.reader, segment.no)
        const rows = names.map((day, n) => ({
          day,
          entered: moves[n]?.entered ?? 0,
          left: moves[n]?.left ?? 0,
          people: 0,
        }))
        for (const row of [...rows].reverse()) {
          row.people = Math.max(0, people)
          people -= row.entered - row.left
        }
        return { days: rows }
      },

      async moves({ id, offset, limit }) {
        const segment = await load(id)
        const rows = await membershipStore.moves(storage.reader, segment.no, offset, limit)
        return {
          total: await membershipStore.movesTotal(storage.reader, segment.no),
          moves: rows.map(row => ({ contactId: row.contactId, name: personName(row), kind: row.kind, at: row.at })),
        }
      },

      async ofContact({ contactId }) {
        const no = await factsStore.noOf(storage.reader, contactId)
        if (no === null) throw notFound('contact', contactId)
        return {
          segments: await membershipStore.ofContact(storage.reader, no),
          moves: await membershipStore.movesOfContact(storage.reader, no, 200),
        }
      },
    },
  }
}

/** Numbers as they come from a group are in no promised order. */
function sorted(nos: string): string {
  return JSON.stringify(
    z
      .array(z.number())
      .parse(JSON.parse(nos))
      .sort((a, b) => a - b),
  )
}

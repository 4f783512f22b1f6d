import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createBackgroundWork } from '../../../src/main/kernel/background.ts'
import { minutes, seconds } from '../../../src/main/kernel/clock.ts'
import { createEventBus } from '../../../src/main/kernel/event-bus.ts'
import { createIds } from '../../../src/main/kernel/ids.ts'
import type { Kernel } from '../../../src/main/kernel/kernel.ts'
import { silentLog } from '../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import type { JobRow } from '../../../src/main/scheduling/job-store.ts'
import { createJobs, type JobResult, type JobRun, type Jobs } from '../../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../../src/main/scheduling/scheduler.ts'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { TestClock } from '../../support/test-clock.ts'

type Run = JobRun<{ n: number }>

interface Bench {
  readonly clock: TestClock
  readonly jobs: Jobs
  readonly storage: Storage
  readonly runs: Run[]
  add(subject: string, dueAt: number): Promise<string>
  rows(): Promise<readonly JobRow[]>
  advance(ms: number): Promise<void>
  /** Waits until the scheduler has nothing under way. */
  settle(): Promise<void>
  /** Ends this run of the application: in order, or as a killed process would. */
  end(how: 'stopped' | 'killed'): Promise<void>
}

/** One run of an application that knows one kind of work. */
async function begin(folder: string, clock: TestClock, work: (run: Run) => Promise<JobResult>): Promise<Bench> {
  const storage = await openStorage(folder, clock)
  const background = createBackgroundWork(silentLog)
  const random = seededRandom(clock.now())
  const ids = createIds(clock, random)
  const kernel: Kernel = {
    clock,
    random,
    ids,
    log: silentLog,
    events: createEventBus(() => undefined),
    background: background.run,
  }
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, ids.next())
  const runs: Run[] = []
  jobs.register({
    kind: 'test.work',
    payload: z.object({ n: z.number() }),
    title: ({ n }) => `Work ${n}`,
    link: () => null,
    canCancel: true,
    run(run) {
      runs.push(run)
      return work(run)
    },
  })
  await jobs.recover()
  scheduler.start()
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await scheduler.stop()
    await jobs.stop()
    await background.settled()
    await storage.close()
  }
  onTestFinished(close)
  // Each question waits its turn behind what the scheduler has asked: after a few, nothing of it is under way.
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn++) {
      await jobs.rows(storage.reader, 0, 1)
      await transaction(storage.db, async () => undefined)
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  return {
    clock,
    jobs,
    storage,
    runs,
    settle,
    async add(subject, dueAt) {
      const id = await transaction(storage.db, tx =>
        jobs.add(tx, { kind: 'test.work', subject, payload: { n: 1 }, dueAt }),
      )
      scheduler.wake()
      return id
    },
    rows: async () => (await jobs.rows(storage.reader, 0, 100)).rows,
    advance: ms => clock.advance(ms, settle),
    async end(how) {
      if (how === 'stopped') return close()
      isOpen = false
      await scheduler.stop()
      await storage.close()
    },
  }
}

const start = Date.parse('2026-03-01T12:00:00Z')
const forever = (signal: AbortSignal): Promise<JobResult> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  })

test('work runs when it is due, once, and not before', async () => {
  const bench = await begin(await temporaryFolder(), new TestClock(start), async () => ({ kind: 'done' }))
  await bench.add('later', start + minutes(10))
  await bench.advance(minutes(9))
  expect(bench.runs).toHaveLength(0)
  await bench.advance(minutes(2))
  expect(bench.runs).toHaveLength(1)
  await bench.advance(minutes(60))
  expect(bench.runs).toHaveLength(1)
  expect(await bench.rows()).toMatchObject([{ state: 'done', attempts: 1 }])
  expect(await bench.jobs.isIdle()).toBe(true)
})

test('work of the same kind and subject is there once, at the earlier time', async () => {
  const bench = await begin(await temporaryFolder(), new TestClock(start), async () => ({ kind: 'done' }))
  const first = await bench.add('same', start + minutes(30))
  const second = await bench.add('same', start + minutes(5))
  expect(second).toBe(first)
  await bench.advance(minutes(6))
  expect(bench.runs).toHaveLength(1)
})

test('work that wants to be tried again is, at the time it names, with its attempts counted', async () => {
  const bench = await begin(await temporaryFolder(), new TestClock(start), async ({ attempt }) =>
    attempt < 3 ? { kind: 'retry', at: start + minutes(attempt * 10), reason: 'not yet' } : { kind: 'done' },
  )
  await bench.add('patient', start)
  await bench.advance(minutes(25))
  expect(bench.runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
  expect(await bench.rows()).toMatchObject([{ state: 'done', attempts: 3 }])
})

test('work that throws is dead, and says why without personal data', async () => {
  const bench = await begin(await temporaryFolder(), new TestClock(start), () =>
    Promise.reject(new Error('olga@example.com is odd')),
  )
  await bench.add('broken', start)
  await bench.advance(seconds(1))
  expect(await bench.rows()).toMatchObject([{ state: 'dead', reason: '[address] is odd' }])
})

test('work that was running when the process was killed starts again in the next run', async () => {
  const folder = await temporaryFolder()
  const clock = new TestClock(start)
  const killed = await begin(folder, clock, ({ signal }) => forever(signal))
  const id = await killed.add('long', start)
  await killed.advance(seconds(1))
  expect(await killed.rows()).toMatchObject([{ state: 'running' }])
  await killed.end('killed')
  const next = await begin(folder, clock, async () => ({ kind: 'done' }))
  await next.advance(seconds(1))
  expect(next.runs).toMatchObject([{ id, attempt: 2 }])
  expect(await next.rows()).toMatchObject([{ state: 'done' }])
})

test('work that is under way when the application stops is asked to stop, and waits for the next run', async () => {
  const folder = await temporaryFolder()
  const clock = new TestClock(start)
  const first = await begin(folder, clock, ({ signal }) => forever(signal))
  await first.add('long', start)
  await first.advance(seconds(1))
  await first.end('stopped')
  expect(first.runs[0]?.signal.reason).toBe('stopping')
  const next = await begin(folder, clock, async () => ({ kind: 'done' }))
  await next.advance(seconds(1))
  expect(await next.rows()).toMatchObject([{ state: 'done' }])
})

test('cancelling ends running work for good, and waiting work before it begins', async () => {
  const bench = await begin(await temporaryFolder(), new TestClock(start), ({ signal }) => forever(signal))
  const running = await bench.add('running', start)
  const waiting = await bench.add('waiting', start + minutes(5))
  await bench.advance(seconds(1))
  await bench.jobs.cancel(running)
  await bench.jobs.cancel(waiting)
  await bench.advance(minutes(10))
  expect(bench.runs).toHaveLength(1)
  expect((await bench.rows()).map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  await expect(bench.jobs.cancel('none')).rejects.toMatchObject({ code: 'not_found' })
})

test('at most four run side by side; the fifth begins when a place is free', async () => {
  const ends: (() => void)[] = []
  const bench = await begin(
    await temporaryFolder(),
    new TestClock(start),
    () => new Promise(resolve => ends.push(() => resolve({ kind: 'done' }))),
  )
  for (let n = 0; n < 5; n++) await bench.add(`work ${n}`, start)
  await bench.advance(seconds(1))
  expect(bench.runs).toHaveLength(4)
  ends[0]?.()
  await bench.settle()
  await bench.advance(seconds(1))
  expect(bench.runs).toHaveLength(5)
  for (const end of ends) end()
  await bench.settle()
})

test('a clock that jumps, as after a night asleep, is noticed within a minute', async () => {
  const clock = new TestClock(start)
  const bench = await begin(await temporaryFolder(), clock, async () => ({ kind: 'done' }))
  await bench.add('tomorrow', start + minutes(60 * 20))
  await bench.advance(seconds(5))
  clock.jump(start + minutes(60 * 24))
  await bench.advance(minutes(1))
  expect(bench.runs).toHaveLength(1)
})

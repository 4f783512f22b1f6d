import type { Cancel } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Reader } from '../storage/transaction.ts'

/** Something that has work at certain times. */
export interface WorkSource {
  readonly name: string
  /** When the next piece is due, epoch ms; null when there is none. */
  nextDueAt(reader: Reader): Promise<number | null>
  /** Begins what is due. Long work goes on in the background; the source wakes the scheduler when it can take more. */
  runDue(): Promise<void>
}

/** The one thing in the application that waits for a time. */
export interface Scheduler {
  add(source: WorkSource): void
  start(): void
  /** Begins nothing more; resolves when the present round is over. */
  stop(): Promise<void>
  /** Looks again now: something became due, or a place became free. Cheap and safe to call from anywhere but a transaction. */
  wake(): void
}

// A laptop that slept, or a clock that was moved, is noticed within a minute.
const LONGEST_SLEEP_MS = 60_000

/** Asks every source for its earliest due time, sleeps until then, runs what is due, and asks again. */
export function createScheduler(kernel: Kernel, reader: Reader): Scheduler {
  const sources: WorkSource[] = []
  let running = false
  let round: Promise<void> | null = null
  let again = false
  let cancelSleep: Cancel = () => undefined

  async function oneRound(): Promise<void> {
    do {
      again = false
      for (const source of sources) {
        if (!running) return
        const due = await source.nextDueAt(reader)
        if (due !== null && due <= kernel.clock.now()) await source.runDue()
      }
    } while (again && running)
  }

  async function sleepUntilDue(): Promise<void> {
    let earliest = kernel.clock.now() + LONGEST_SLEEP_MS
    for (const source of sources) {
      const due = await source.nextDueAt(reader)
      if (due !== null) earliest = Math.min(earliest, due)
    }
    if (!running) return
    cancelSleep()
    cancelSleep = kernel.clock.after(Math.max(1, earliest - kernel.clock.now()), wake)
  }

  function wake(): void {
    if (!running) return
    if (round) {
      again = true
      return
    }
    cancelSleep()
    round = oneRound()
      .then(sleepUntilDue)
      .catch((error: unknown) => {
        // A source that fails must not stop the others: report it and look again after the longest sleep.
        if (running) cancelSleep = kernel.clock.after(LONGEST_SLEEP_MS, wake)
        throw error
      })
      .finally(() => {
        round = null
        if (again) wake()
      })
    kernel.background('scheduler', round)
  }

  return {
    add: source => {
      sources.push(source)
    },
    start() {
      running = true
      wake()
    },
    async stop() {
      running = false
      cancelSleep()
      await round?.catch(() => undefined)
    },
    wake,
  }
}

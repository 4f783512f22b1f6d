import { type Log, redact } from './log.ts'

/** Keeps track of work that nobody awaits. `settled` resolves when all of it has ended. */
export interface BackgroundWork {
  run(name: string, work: Promise<unknown>): void
  settled(): Promise<void>
  readonly failures: () => number
}

/** Background work whose failures are logged, without personal data, and counted. */
export function createBackgroundWork(log: Log): BackgroundWork {
  const pending = new Set<Promise<unknown>>()
  let failures = 0
  return {
    run(name, work) {
      const guarded = work.catch((error: unknown) => {
        failures += 1
        log.error('background.failed', {
          name,
          message: redact(error instanceof Error ? error.message : String(error)),
        })
      })
      pending.add(guarded)
      void guarded.finally(() => pending.delete(guarded))
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
    },
    failures: () => failures,
  }
}

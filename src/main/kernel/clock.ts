/** Stops what `Clock.after` promised; harmless when it already ran. */
export type Cancel = () => void

/** The only source of time. Instants are epoch milliseconds UTC. */
export interface Clock {
  /** The present instant. */
  now(): number
  /** Runs `run` once, `ms` milliseconds from now at the earliest. */
  after(ms: number, run: () => void): Cancel
}

/** The machine's own clock. Timers never keep the process alive by themselves when `background` is set. */
export function systemClock(options: { readonly background: boolean } = { background: false }): Clock {
  return {
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, Math.max(0, ms))
      if (options.background) timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

/** Waits for `ms` milliseconds of the given clock. */
export function delay(clock: Clock, ms: number): Promise<void> {
  return new Promise(resolve => {
    clock.after(ms, resolve)
  })
}

export const seconds = (n: number): number => n * 1000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000
export const days = (n: number): number => n * 86_400_000

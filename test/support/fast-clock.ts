import type { Clock } from '../../src/main/kernel/clock.ts'

/** A clock that runs `pace` times as fast as the machine's, for tests over real sockets that would wait for seconds. */
export function fastClock(pace: number): Clock {
  const begun = Date.now()
  return {
    now: () => begun + (Date.now() - begun) * pace,
    after(ms, run) {
      const timer = setTimeout(run, Math.max(0, ms) / pace)
      return () => clearTimeout(timer)
    },
  }
}

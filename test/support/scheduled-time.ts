import type { Scheduler } from '../../src/main/scheduling/scheduler.ts'
import type { PeopleDomains } from './people-domains.ts'

/** Starts the scheduler, and gives a way to let time pass at once: what is due by then is over when it resolves. */
export function scheduledTime({ parts, clock }: PeopleDomains) {
  const { scheduler, jobs } = parts
  const round = roundsOf(scheduler)
  scheduler.start()
  return {
    async pass(ms: number): Promise<void> {
      clock.jump(clock.now() + ms)
      // The first may have begun before the jump.
      await round()
      await round()
      while (!(await jobs.isIdle())) await round()
    },
    async [Symbol.asyncDispose]() {
      await scheduler.stop()
      await jobs.stop()
    },
  }
}

/** Resolves when every source before has been asked, and has done what was due. */
function roundsOf(scheduler: Scheduler): () => Promise<void> {
  let wanted: (() => void) | null = null
  scheduler.add({
    name: 'test.round',
    nextDueAt: () => Promise.resolve(wanted ? 0 : null),
    async runDue() {
      wanted?.()
      wanted = null
    },
  })
  return () =>
    new Promise(resolve => {
      wanted = resolve
      scheduler.wake()
    })
}

import type { AppEvent } from '../../shared/contract/events.ts'
import type { Clock } from './clock.ts'
import type { EventBus } from './event-bus.ts'
import type { Ids } from './ids.ts'
import type { Log } from './log.ts'
import type { Random } from './random.ts'

/** What every domain is given: time, chance, ids, the log and the event bus. */
export interface Kernel {
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly log: Log
  readonly events: EventBus<AppEvent>
  /** Lets work go on by itself: a failure is logged under `name` and counted, never lost. */
  background(name: string, work: Promise<unknown>): void
}

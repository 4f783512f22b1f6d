import type { Kernel } from './kernel/kernel.ts'
import type { Jobs } from './scheduling/jobs.ts'
import type { Scheduler } from './scheduling/scheduler.ts'
import type { Storage } from './storage/database.ts'
import type { Files } from './storage/files.ts'

/** What every domain is made from; further domains are added by name. */
export interface DomainParts {
  readonly kernel: Kernel
  readonly storage: Storage
  readonly scheduler: Scheduler
  readonly jobs: Jobs
  readonly files: Files
  /** This run of the application; claims carry it. */
  readonly runId: string
}

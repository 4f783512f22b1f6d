import { createAccounts } from '../../src/main/accounts/accounts.ts'
import type { Clock } from '../../src/main/kernel/clock.ts'
import { createEventBus } from '../../src/main/kernel/event-bus.ts'
import { createIds } from '../../src/main/kernel/ids.ts'
import type { Kernel } from '../../src/main/kernel/kernel.ts'
import { silentLog } from '../../src/main/kernel/log.ts'
import { seededRandom } from '../../src/main/kernel/random.ts'
import { createJobs } from '../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../src/main/scheduling/scheduler.ts'
import type { SegmentParts } from '../../src/main/segments/settings.ts'
import type { Storage } from '../../src/main/storage/database.ts'
import { createFiles } from '../../src/main/storage/files.ts'

/** What the domain of segments is made from, on an open storage; nothing runs by itself. */
export async function segmentParts(storage: Storage, clock: Clock): Promise<SegmentParts> {
  const random = seededRandom(1)
  const kernel: Kernel = {
    clock,
    random,
    log: silentLog,
    ids: createIds(clock, random),
    events: createEventBus(error => {
      throw error
    }),
    background: (_name, work) => void work,
  }
  const files = createFiles(storage.folder, random)
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, 'run')
  const base = { kernel, storage, scheduler, jobs, files, runId: 'run' }
  const accounts = createAccounts(base)
  await accounts.ensureDefaults()
  return { ...base, accounts, catchUp: async () => undefined }
}

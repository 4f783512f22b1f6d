import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccounts } from '../../src/main/accounts/accounts.ts'
import { createCompliance } from '../../src/main/compliance/compliance.ts'
import { createBulkChanges } from '../../src/main/contacts/bulk/bulk.ts'
import { contactHandlers } from '../../src/main/contacts/contact-handlers.ts'
import { listHandlers } from '../../src/main/contacts/lists.ts'
import type { DomainParts } from '../../src/main/domain-parts.ts'
import { createEventBus } from '../../src/main/kernel/event-bus.ts'
import { createIds } from '../../src/main/kernel/ids.ts'
import type { Kernel } from '../../src/main/kernel/kernel.ts'
import { silentLog } from '../../src/main/kernel/log.ts'
import { seededRandom } from '../../src/main/kernel/random.ts'
import type { RequestContext } from '../../src/main/request.ts'
import { createJobs } from '../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../src/main/scheduling/scheduler.ts'
import { openStorage } from '../../src/main/storage/database.ts'
import { createFiles } from '../../src/main/storage/files.ts'
import type { AppEvent } from '../../src/shared/contract/events.ts'
import { TestClock } from './test-clock.ts'

/** The domains about people (accounts, compliance, contacts, lists) on a real file, with a clock that stands still. */
export async function openPeopleDomains() {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-people-'))
  const clock = new TestClock('2026-11-20T09:00:00Z')
  const random = seededRandom(7)
  const failures: unknown[] = []
  const kernel: Kernel = {
    clock,
    random,
    log: silentLog,
    ids: createIds(clock, random),
    events: createEventBus<AppEvent>(error => failures.push(error)),
    background: (_name, work) => void work.catch(error => failures.push(error)),
  }
  const storage = await openStorage(folder, clock)
  const scheduler = createScheduler(kernel, storage.reader)
  const runId = kernel.ids.next()
  const jobs = createJobs(kernel, storage, scheduler, runId)
  const parts: DomainParts = { kernel, storage, scheduler, jobs, files: createFiles(folder, random), runId }
  const accounts = createAccounts(parts)
  await accounts.ensureDefaults()
  const compliance = createCompliance({ ...parts, accounts })
  const bulk = createBulkChanges({ ...parts, accounts, compliance })
  const events: AppEvent[] = []
  kernel.events.subscribe(event => events.push(event))
  return {
    parts,
    folder,
    clock,
    storage,
    accounts,
    compliance,
    contacts: contactHandlers({ ...parts, accounts, compliance, bulk }),
    lists: listHandlers({ ...parts, accounts, bulk }),
    events,
    /** The request as the member who acts now would make it. */
    async context(): Promise<RequestContext> {
      return { actor: await accounts.currentActor(), requestId: kernel.ids.next(), signal: undefined }
    },
    async [Symbol.asyncDispose]() {
      await storage.close()
      await rm(folder, { recursive: true, force: true })
      if (failures.length > 0) throw new Error(`something failed in the background: ${String(failures[0])}`)
    },
  }
}

export type PeopleDomains = Awaited<ReturnType<typeof openPeopleDomains>>

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccounts } from '../../../src/main/accounts/accounts.ts'
import type { DomainParts } from '../../../src/main/domain-parts.ts'
import type { Integrations, PracticeEvent } from '../../../src/main/integrations/index.ts'
import { createIntegrations } from '../../../src/main/integrations/integrations.ts'
import { createBackgroundWork } from '../../../src/main/kernel/background.ts'
import { type Clock, systemClock } from '../../../src/main/kernel/clock.ts'
import { createEventBus } from '../../../src/main/kernel/event-bus.ts'
import { createIds } from '../../../src/main/kernel/ids.ts'
import { silentLog } from '../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import type { RequestContext } from '../../../src/main/request.ts'
import { createJobs } from '../../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../../src/main/scheduling/scheduler.ts'
import { openStorage } from '../../../src/main/storage/database.ts'
import { createFiles } from '../../../src/main/storage/files.ts'
import { plainSecrets } from '../../support/plain-secrets.ts'
import { scriptedResolver } from '../../support/scripted-resolver.ts'

/** The integrations of a workspace with the domains below them, on a real file. */
export interface OpenIntegrations extends AsyncDisposable {
  readonly folder: string
  readonly parts: DomainParts
  readonly integrations: Integrations
  readonly senders: Integrations['handlers']['senders']
  readonly practice: Integrations['handlers']['practice']
  readonly context: RequestContext
  /** What recipients of the practice mailbox did, in order. */
  readonly events: readonly PracticeEvent[]
  close(): Promise<void>
}

export async function openIntegrations(
  options: { readonly clock?: Clock; readonly folder?: string } = {},
): Promise<OpenIntegrations> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'tidings-integrations-')))
  const clock = options.clock ?? systemClock()
  const random = seededRandom(7)
  const work = createBackgroundWork(silentLog)
  const kernel = {
    clock,
    random,
    log: silentLog,
    ids: createIds(clock, random),
    events: createEventBus<never>(() => undefined),
    background: (name: string, running: Promise<unknown>) => work.run(name, running),
  }
  const storage = await openStorage(folder, clock)
  const runId = kernel.ids.next()
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, runId)
  const parts: DomainParts = { kernel, storage, scheduler, jobs, files: createFiles(folder, random), runId }
  const accounts = createAccounts(parts)
  const integrations = createIntegrations({
    ...parts,
    accounts,
    secrets: plainSecrets,
    resolver: scriptedResolver({ isOffline: true }),
  })
  const events: PracticeEvent[] = []
  integrations.onPracticeEvent(async event => {
    events.push(event)
  })
  await accounts.ensureDefaults()
  await integrations.ensurePractice()
  scheduler.start()
  let open = true
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await scheduler.stop()
    await integrations.stop()
    await work.settled()
    await storage.close()
  }
  return {
    folder,
    parts,
    integrations,
    senders: integrations.handlers.senders,
    practice: integrations.handlers.practice,
    context: { actor: await accounts.currentActor(), requestId: 'test', signal: undefined },
    events,
    close,
    async [Symbol.asyncDispose]() {
      await close()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

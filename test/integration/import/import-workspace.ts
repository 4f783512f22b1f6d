import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { createAccounts } from '../../../src/main/accounts/accounts.ts'
import { createCompliance } from '../../../src/main/compliance/compliance.ts'
import { createChanges } from '../../../src/main/contacts/changes/changes.ts'
import { createImports, type Imports } from '../../../src/main/contacts/import/runs/import-runs.ts'
import type { ImportReader } from '../../../src/main/contacts/import/thread/import-reader.ts'
import { inlineImportReader } from '../../../src/main/contacts/import/thread/inline-reader.ts'
import { createBackgroundWork } from '../../../src/main/kernel/background.ts'
import { systemClock } from '../../../src/main/kernel/clock.ts'
import { createEventBus } from '../../../src/main/kernel/event-bus.ts'
import { createIds } from '../../../src/main/kernel/ids.ts'
import type { Kernel } from '../../../src/main/kernel/kernel.ts'
import { silentLog } from '../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import type { RequestContext } from '../../../src/main/request.ts'
import { createJobs } from '../../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../../src/main/scheduling/scheduler.ts'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import { createFiles, type Files } from '../../../src/main/storage/files.ts'
import { ImportId } from '../../../src/shared/contract/define.ts'
import type { AppEvent } from '../../../src/shared/contract/events.ts'
import { type ImportChoices, Inspection } from '../../../src/shared/contract/imports.ts'

/** A workspace that imports files, with everything but the other domains. */
export interface ImportWorkspace {
  readonly folder: string
  readonly kernel: Kernel
  readonly storage: Storage
  readonly files: Files
  readonly handlers: Imports['handlers']
  readonly events: AppEvent[]
  readonly context: RequestContext
  upload(text: string | Uint8Array, name?: string): Promise<string>
  inspect(token: string, options?: z.infer<typeof ImportChoices>): Promise<Inspected>
  /** Starts an import as inspected, with some options changed. */
  begin(token: string, options?: z.infer<typeof ImportChoices>): Promise<string>
  /** Waits until an import is over. */
  finished(id: string): Promise<Finished>
  /** Uploads, starts and waits. */
  importText(text: string | Uint8Array, options?: z.infer<typeof ImportChoices>): Promise<Finished>
  /** Lets running work stop, as when the application quits. */
  close(): Promise<void>
  /** Closes the store under running work, as a crash would, and leaves everything as it is on disk. */
  crash(): Promise<void>
  rows(table: 'contacts', orderBy?: string): Promise<readonly Record<string, unknown>[]>
}

export type Inspected = Awaited<ReturnType<Imports['handlers']['inspect']>>
export type Finished = Awaited<ReturnType<Imports['handlers']['get']>>

/** Opens a workspace in `folder`, or in a new temporary one. */
export async function openImportWorkspace(
  options: { folder?: string; reader?: ImportReader; seed?: number; asleep?: boolean } = {},
): Promise<ImportWorkspace> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'tidings-import-')))
  const clock = systemClock()
  const random = seededRandom(options.seed ?? 1)
  const work = createBackgroundWork(silentLog)
  const events: AppEvent[] = []
  const kernel: Kernel = {
    clock,
    random,
    log: silentLog,
    ids: createIds(clock, random),
    events: createEventBus(error => {
      throw error
    }),
    background: (name, promise) => work.run(name, promise),
  }
  kernel.events.subscribe(event => events.push(event))
  const storage = await openStorage(folder, clock)
  const runId = kernel.ids.next()
  const files = createFiles(folder, random)
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, runId)
  const parts = { kernel, storage, scheduler, jobs, files, runId }
  const accounts = createAccounts(parts)
  await accounts.ensureDefaults()
  const compliance = createCompliance({ ...parts, accounts })
  const changes = createChanges({ ...parts, accounts, compliance, undoParts: [] })
  const { handlers } = createImports({
    ...parts,
    accounts,
    importReader: options.reader ?? inlineImportReader(),
    undoChange: changes.undo,
  })
  await jobs.recover()
  if (!options.asleep) scheduler.start()
  const context: RequestContext = { actor: await accounts.currentActor(), requestId: 'test', signal: undefined }

  const workspace: ImportWorkspace = {
    folder,
    kernel,
    storage,
    files,
    handlers,
    events,
    context,
    async upload(text, name = 'people.csv') {
      const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : Buffer.from(text)
      return (await files.receive(name, Readable.from([bytes]), 2 ** 30)).token
    },
    inspect: (token, chosen) => handlers.inspect({ token, options: chosen }, context),
    async begin(token, chosen) {
      const { reading, mapping, options: found } = Inspection.parse(await workspace.inspect(token, chosen))
      const run = await handlers.start({ token, reading, mapping, options: found }, context)
      return run.id
    },
    async finished(id) {
      for (;;) {
        const run = await handlers.get({ id: ImportId.parse(id) }, context)
        if (run.state !== 'waiting' && run.state !== 'running') return run
        await new Promise(resolve => setTimeout(resolve, 20))
      }
    },
    importText: async (text, chosen) => workspace.finished(await workspace.begin(await workspace.upload(text), chosen)),
    async close() {
      await scheduler.stop()
      await jobs.stop()
      await work.settled()
      await storage.close()
    },
    async crash() {
      await scheduler.stop()
      await storage.close()
      await jobs.stop().catch(() => undefined)
      await work.settled()
    },
    rows: async table =>
      storage.reader.selectFrom(table).selectAll().orderBy('email').orderBy('phone').orderBy('twin').execute(),
  }
  return workspace
}

/** Closes a workspace and deletes its folder. */
export async function discard(workspace: ImportWorkspace): Promise<void> {
  await workspace.close()
  await rm(workspace.folder, { recursive: true, force: true })
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { z } from 'zod'
import { createAccounts } from '../../../src/main/accounts/accounts.ts'
import { createCompliance } from '../../../src/main/compliance/compliance.ts'
import { createBulkChanges } from '../../../src/main/contacts/bulk/bulk.ts'
import { createChanges } from '../../../src/main/contacts/changes/changes.ts'
import type { UndoPart } from '../../../src/main/contacts/changes/undo-job.ts'
import { contactHandlers } from '../../../src/main/contacts/contact-handlers.ts'
import { createImports } from '../../../src/main/contacts/import/runs/import-runs.ts'
import { inlineImportReader } from '../../../src/main/contacts/import/thread/inline-reader.ts'
import { listHandlers } from '../../../src/main/contacts/lists.ts'
import type { DomainParts } from '../../../src/main/domain-parts.ts'
import { createBackgroundWork } from '../../../src/main/kernel/background.ts'
import { createEventBus } from '../../../src/main/kernel/event-bus.ts'
import { createIds } from '../../../src/main/kernel/ids.ts'
import type { Kernel } from '../../../src/main/kernel/kernel.ts'
import { silentLog } from '../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import { createJobs } from '../../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../../src/main/scheduling/scheduler.ts'
import { openStorage } from '../../../src/main/storage/database.ts'
import { createFiles } from '../../../src/main/storage/files.ts'
import type { ContactFields } from '../../../src/shared/contract/contacts.ts'
import { ChangeId, ContactId, ImportId, ListId } from '../../../src/shared/contract/define.ts'
import type { AppEvent } from '../../../src/shared/contract/events.ts'
import { type ImportChoices, Inspection } from '../../../src/shared/contract/imports.ts'
import { TestClock } from '../../support/test-clock.ts'

type ImportWish = z.infer<typeof ImportChoices>

/** Contacts with everything that changes them and takes changes back, on a real file, with a clock that tests move. */
export async function openChangesWorld(
  options: { folder?: string; undoParts?: readonly UndoPart[]; at?: number } = {},
) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'tidings-changes-')))
  const clock = new TestClock(options.at ?? '2026-11-20T09:00:00Z')
  const random = seededRandom(options.at ?? 7)
  const events: AppEvent[] = []
  const work = createBackgroundWork(silentLog)
  const kernel: Kernel = {
    clock,
    random,
    log: silentLog,
    ids: createIds(clock, random),
    events: createEventBus<AppEvent>(error => {
      throw error
    }),
    background: work.run,
  }
  kernel.events.subscribe(event => events.push(event))
  const storage = await openStorage(folder, clock)
  const scheduler = createScheduler(kernel, storage.reader)
  const runId = kernel.ids.next()
  const jobs = createJobs(kernel, storage, scheduler, runId)
  const base: DomainParts = { kernel, storage, scheduler, jobs, files: createFiles(folder, random), runId }
  const accounts = createAccounts(base)
  await accounts.ensureDefaults()
  const compliance = createCompliance({ ...base, accounts })
  const parts = { ...base, accounts, compliance }
  const bulk = createBulkChanges(parts)
  const changes = createChanges({ ...parts, undoParts: options.undoParts ?? [] })
  const contacts = contactHandlers({ ...parts, bulk })
  const lists = listHandlers({ ...parts, bulk })
  const imports = createImports({ ...parts, importReader: inlineImportReader(), undoChange: changes.undo }).handlers
  await jobs.recover()
  scheduler.start()
  const context = { actor: await accounts.currentActor(), requestId: 'test', signal: undefined }

  const world = {
    ...parts,
    folder,
    clock,
    events,
    context,
    changes,
    bulk,
    contacts,
    lists,
    imports,
    /** Adds a contact; returns her id. */
    async add(fields: Partial<ContactFields>): Promise<ContactId> {
      return ContactId.parse((await contacts.create(fields, context)).id)
    },
    async addList(name: string): Promise<ListId> {
      return ListId.parse((await lists.create({ name, description: '' }, context)).id)
    },
    /** Imports a CSV file and waits until that is over; returns its change. */
    async importText(text: string, options: ImportWish): Promise<string | null> {
      const { token } = await base.files.receive('people.csv', Readable.from([Buffer.from(text)]), 2 ** 30)
      const inspection = Inspection.parse(await imports.inspect({ token, options }, context))
      const { reading, mapping, options: found } = inspection
      const run = await imports.start({ token, reading, mapping, options: found }, context)
      await world.idle()
      return (await imports.get({ id: ImportId.parse(run.id) }, context)).changeId
    },
    /** Waits until nothing is due and nothing is under way. */
    async idle(): Promise<void> {
      while (!(await jobs.isIdle())) await new Promise(resolve => setTimeout(resolve, 3))
      await work.settled()
    },
    /** Takes a change back and waits until that is over. */
    async undo(id: string | null, keepChanged = true) {
      if (id === null) throw new Error('There is nothing to undo')
      await changes.handlers.undo({ id: ChangeId.parse(id), keepChanged }, context)
      await world.idle()
      return world.change(id)
    },
    change: (id: string) => changes.handlers.get({ id: ChangeId.parse(id) }, context),
    conflicts: async (id: string) =>
      (await changes.handlers.conflicts({ id: ChangeId.parse(id), offset: 0, limit: 100 }, context)).rows,
    async close(): Promise<void> {
      await scheduler.stop()
      await jobs.stop()
      await work.settled()
      await storage.close()
    },
    /** Closes the store under running work, as a crash would. */
    async crash(): Promise<void> {
      await scheduler.stop()
      await storage.close()
      await jobs.stop().catch(() => undefined)
      await work.settled()
    },
    async [Symbol.asyncDispose]() {
      await world.close()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}

export type ChangesWorld = Awaited<ReturnType<typeof openChangesWorld>>

import { z } from 'zod'
import { AppError, notFound } from '../../../../shared/contract/failure.ts'
import { ColumnMapping } from '../../../../shared/contract/imports.ts'
import type { contract } from '../../../../shared/contract/index.ts'
import type { Accounts } from '../../../accounts/index.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { Handlers, RequestContext } from '../../../request.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import type { Changes } from '../../changes/changes.ts'
import { journalStore } from '../../changes/journal-store.ts'
import { createInspections } from '../checks/inspections.ts'
import { lookAt } from '../checks/look-at.ts'
import { FIRST_CURSOR } from '../engine/import-cursor.ts'
import { endImport } from '../engine/import-end.ts'
import { IMPORT_JOB, importJob } from '../engine/import-job.ts'
import { headerKey, requireUsableMapping, withStoredTypes } from '../mapping/import-options.ts'
import type { ImportReader } from '../thread/import-reader.ts'
import { importRun } from './import-run.ts'
import { importStore } from './import-store.ts'
import { writeRejects } from './rejects-file.ts'

/** What imports are made from. */
export interface ImportParts extends DomainParts {
  readonly accounts: Accounts
  readonly importReader: ImportReader
  /** Takes the change back that an import made. */
  readonly undoChange: Changes['undo']
}

/** The import of files: looking at them, importing them in the background, and what was rejected. */
export interface Imports {
  readonly handlers: Handlers<(typeof contract)['imports']>
  /** Ends checks of files that are under way; imports themselves end with the jobs. */
  stop(): void
}

const EVENTS_EVERY_MS = 500

/** Registers the job kind and answers the contract's `imports`. */
export function createImports(parts: ImportParts): Imports {
  const { kernel, storage, files, jobs, scheduler, accounts, importReader } = parts
  const changed = announcer(parts)
  const inspections = createInspections(parts)
  jobs.register(importJob({ ...parts, changed }))

  async function found(id: string) {
    const row = await importStore.find(storage.reader, id)
    if (!row) throw notFound('import', id)
    return importRun(row, kernel.clock.now())
  }

  const handlers: Imports['handlers'] = {
    ...inspections.handlers,

    async start(input, context) {
      requireUsableMapping(input.mapping)
      const file = await files.find(input.token)
      const seen = await lookAt(importReader, file.path, input.reading)
      const id = kernel.ids.next()
      const now = kernel.clock.now()
      const types = await importStore.customFieldTypes(storage.reader)
      const mapping = withStoredTypes(input.mapping, types)
      const { listName: _list, tags: _tags, ...kept } = input.options
      const active = await transaction(
        storage.db,
        async tx => {
          // A second click on "Import" is the same wish, not another import.
          const already = await importStore.activeOf(tx, file.token)
          if (already !== null) return already
          await importStore.saveMapping(tx, headerKey(seen.names), JSON.stringify(mapping), JSON.stringify(kept), now)
          const change = {
            id: kernel.ids.next(),
            kind: 'import' as const,
            title: `Import of ${file.name}`,
            actor: context.actor.id,
            now,
          }
          const changeNo = await journalStore.begin(tx, change)
          for (const { target, label, name, type, choices } of mapping) {
            if (!target.startsWith('custom:')) continue
            const field = { key: target.slice(7), label: label || name.slice(0, 100), type }
            await importStore.addCustomField(
              tx,
              { ...field, options: JSON.stringify(choices ?? []) },
              { changeNo, now },
            )
          }
          await importStore.add(tx, {
            id,
            file_name: file.name,
            stored_path: file.token,
            state: 'waiting',
            reading: JSON.stringify(input.reading),
            mapping: JSON.stringify(mapping),
            options: JSON.stringify(input.options),
            rows: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            duplicates: 0,
            rejected: 0,
            bytes: file.bytes,
            bytes_read: 0,
            cursor: JSON.stringify(FIRST_CURSOR),
            change_no: changeNo,
            idle_ms: 0,
            error: null,
            created_by: context.actor.id,
            created_at: now,
            started_at: null,
            ended_at: null,
          })
          await jobs.add(tx, {
            kind: IMPORT_JOB,
            subject: id,
            payload: { importId: id, fileName: file.name },
            dueAt: now,
          })
          await accounts.audit(tx, {
            actor: context.actor.id,
            action: 'import.started',
            entity: 'import',
            entityId: id,
            data: { bytes: file.bytes, duplicates: input.options.duplicates },
          })
          return null
        },
        { name: 'imports.start' },
      )
      if (active !== null) return found(active)
      scheduler.wake()
      changed(id, false)
      return found(id)
    },

    get: ({ id }) => found(id),

    async list({ offset, limit }) {
      const { rows, total } = await importStore.page(storage.reader, offset, limit)
      return { rows: rows.map(row => importRun(row, kernel.clock.now())), total }
    },

    async pause({ id }, context) {
      await found(id)
      const paused = await transaction(
        storage.db,
        async tx => {
          if (!(await importStore.pause(tx, id, kernel.clock.now()))) return false
          await audit(tx, 'import.paused', id, context)
          return true
        },
        { name: 'imports.pause' },
      )
      if (!paused) throw new AppError('conflict', 'Only an import that is under way can be paused.')
      await jobs.cancelSubject(IMPORT_JOB, id)
      changed(id, false)
      return found(id)
    },

    async resume({ id }, context) {
      const { fileName } = await found(id)
      // Whoever pauses and resumes in one breath waits for the work to rest first.
      await jobs.cancelSubject(IMPORT_JOB, id)
      const now = kernel.clock.now()
      const resumed = await transaction(
        storage.db,
        async tx => {
          if (!(await importStore.resume(tx, id, now))) return false
          await jobs.add(tx, { kind: IMPORT_JOB, subject: id, payload: { importId: id, fileName }, dueAt: now })
          await audit(tx, 'import.resumed', id, context)
          return true
        },
        { name: 'imports.resume' },
      )
      if (!resumed) throw new AppError('conflict', 'Only a paused import can be resumed.')
      scheduler.wake()
      changed(id, false)
      return found(id)
    },

    async cancel({ id }, context) {
      const { state } = await found(id)
      if (state !== 'waiting' && state !== 'running' && state !== 'paused') {
        throw new AppError('conflict', 'The import is over already; there is nothing to stop.')
      }
      await jobs.cancelSubject(IMPORT_JOB, id)
      await endImport(storage, id, async tx => {
        await importStore.end(tx, id, 'cancelled', null, kernel.clock.now())
        await audit(tx, 'import.cancelled', id, context)
      })
      changed(id, true)
      return found(id)
    },

    async undo({ id, keepChanged }, context) {
      const { changeId, state } = await found(id)
      if (state === 'waiting' || state === 'running' || state === 'paused')
        throw new AppError('conflict', 'The import is not over. Cancel it first, then undo it.')
      if (changeId === null) throw new AppError('conflict', 'This import changed no contact; there is nothing to undo.')
      await parts.undoChange({ id: changeId, keepChanged, actor: context.actor.id })
      changed(id, false)
      return found(id)
    },

    async rejects({ id, offset, limit }) {
      const header = await headerOf(id)
      const { rows, total } = await importStore.rejectsPage(storage.reader, id, offset, limit)
      return { header, total, rows: rows.map(row => ({ ...row, cells: cellsOf(row.cells) })) }
    },

    async rejectsFile({ id }) {
      const row = await importStore.find(storage.reader, id)
      if (!row) throw notFound('import', id)
      const file = await files.create(`${row.file_name.replace(/\.[^.]*$/, '')} - rejected rows.csv`)
      await writeRejects(file.path, await headerOf(id), after =>
        importStore
          .rejects(storage.reader, id, after, 1000)
          .then(rows => rows.map(reject => ({ ...reject, cells: cellsOf(reject.cells) }))),
      )
      const { bytes } = await files.find(file.token)
      return { token: file.token, fileName: file.name, bytes }
    },
  }

  const audit = (tx: Tx, action: string, id: string, { actor }: RequestContext): Promise<void> =>
    accounts.audit(tx, { actor: actor.id, action, entity: 'import', entityId: id, data: {} })

  async function headerOf(id: string): Promise<string[]> {
    const row = await importStore.find(storage.reader, id)
    if (!row) throw notFound('import', id)
    const mapping = z.array(ColumnMapping).parse(JSON.parse(row.mapping))
    const width = mapping.reduce((most, { column }) => Math.max(most, column + 1), 0)
    const names = new Map(mapping.map(({ column, name }) => [column, name]))
    return Array.from({ length: width }, (_, column) => names.get(column) ?? `Column ${column + 1}`)
  }

  return { handlers, stop: inspections.stop }
}

/** Publishes that an import changed, at most twice a second; its end, and with it contacts, lists and tags, at once. */
function announcer({ kernel }: ImportParts): (id: string, over: boolean) => void {
  let last = 0
  return (id, over) => {
    const now = kernel.clock.now()
    if (!over && now - last < EVENTS_EVERY_MS) return
    last = now
    kernel.events.publish({ kind: 'changed', entity: 'import', ids: [id] })
    if (!over) return
    for (const entity of ['contact', 'list', 'tag'] as const)
      kernel.events.publish({ kind: 'changed', entity, ids: [] })
  }
}

function cellsOf(text: string): string[] {
  return z.array(z.string()).parse(JSON.parse(text))
}

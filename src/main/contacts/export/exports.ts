import { z } from 'zod'
import { ContactExport, type ExportState } from '../../../shared/contract/contacts.ts'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import { changingStore } from '../changes/changing-store.ts'
import { contactCondition } from '../table/contact-condition-store.ts'
import { searchIndexStore } from '../table/search-index-store.ts'
import { keepExportsClean } from './export-cleaning.ts'
import { openExportFile } from './export-file.ts'
import { exportStore, type KeptExport } from './export-store.ts'
import { exportColumns } from './exported-contact.ts'
import { MOST_SHEET_ROWS } from './xlsx-sheet.ts'

type ExportHandlers = Pick<
  Handlers<(typeof contract)['contacts']>,
  'export' | 'startExport' | 'exportState' | 'cancelExport'
>

/** The job that writes an export. */
export const EXPORT_JOB = 'contacts.export'

const PAGE = 500
const MOST_LOOKED_AT = 10_000
const LATER_MS = 2000
const ENDINGS = { csv: 'csv', xlsx: 'xlsx', json: 'json', vcard: 'vcf' } as const

interface Writing {
  readonly path: string
  readonly signal: AbortSignal | undefined
  readonly progress: (written: number, total: number) => Promise<void> | void
}

/** Answers what is asked about exports of contacts: written at once, or by a job that survives a restart. */
export function exportHandlers(parts: DomainParts & { readonly accounts: Accounts }): ExportHandlers {
  const { kernel, storage, scheduler, jobs, files, accounts } = parts

  /** Those that are written while somebody waits, without a job. */
  const atOnce = new Set<string>()
  keepExportsClean(parts, EXPORT_JOB, id => atOnce.has(id))

  function fileNameOf({ format }: ContactExport): string {
    return `contacts-${new Date(kernel.clock.now()).toISOString().slice(0, 10)}.${ENDINGS[format]}`
  }

  async function write(request: ContactExport, { path, signal, progress }: Writing) {
    const { reader } = storage
    const { ids, except, format, columns, safeForSpreadsheets, ...filter } = request
    const asked = ids
      ? await exportStore.numbersOf(reader, ids)
      : await exportStore.numbers(reader, contactCondition(filter, kernel.clock.now()))
    const left = new Set(except.length === 0 ? [] : await exportStore.numbersOf(reader, except))
    const numbers = left.size === 0 ? asked : asked.filter(no => !left.has(no))
    if (format === 'xlsx' && numbers.length >= MOST_SHEET_ROWS) {
      throw new AppError(
        'invalid_input',
        `A worksheet holds ${MOST_SHEET_ROWS - 1} contacts at most. Choose CSV, or narrow the table first.`,
      )
    }
    const shape = { format, safeForSpreadsheets, columns: exportColumns(await exportStore.fields(reader), columns) }
    const file = await openExportFile(reader, path, shape)
    try {
      let written = 0
      for (let from = 0; from < numbers.length; from += PAGE) {
        signal?.throwIfAborted()
        const page = await exportStore.contacts(reader, numbers.slice(from, from + PAGE))
        await file.write(page)
        written += page.length
        await progress(written, numbers.length)
      }
      signal?.throwIfAborted()
      return { rows: written, bytes: await file.end() }
    } catch (error) {
      await file.abandon()
      throw error
    }
  }

  /** Who took which contacts out of the house is on record. */
  async function audit(actor: string, request: ContactExport, rows: number): Promise<void> {
    const { format, listId, tagId } = request
    const data = { rows, format, listId, tagId, narrowed: request.ids !== null || request.conditions.length > 0 }
    await transaction(
      storage.db,
      tx => accounts.audit(tx, { actor, action: 'contact.exported', entity: 'contact', entityId: '', data }),
      { name: 'contact.export' },
    )
  }

  async function note(id: string, change: Parameters<typeof exportStore.note>[2]): Promise<void> {
    await transaction(storage.db, tx => exportStore.note(tx, id, change), { name: 'contacts.export.note' })
  }

  async function giveUp({ id, token }: KeptExport, signal: AbortSignal | undefined, error: unknown): Promise<void> {
    const reason = error instanceof AppError ? error.message : 'The file could not be written. Is the disk full?'
    await note(id, signal?.aborted ? { state: 'cancelled' } : { state: 'failed', reason })
    await files.remove(token)
  }

  async function runKept(
    kept: KeptExport,
    signal: AbortSignal | undefined,
    tell: (done: number, total: number) => void,
  ): Promise<{ readonly bytes: number }> {
    const request = ContactExport.parse(JSON.parse(kept.request))
    let told = kernel.clock.now()
    const { path } = await files.find(kept.token)
    const { rows, bytes } = await write(request, {
      path,
      signal,
      async progress(written, total) {
        tell(written, total)
        if (kernel.clock.now() - told < 400) return
        told = kernel.clock.now()
        await note(kept.id, { written, total })
      },
    })
    await audit(kept.madeBy, request, rows)
    await note(kept.id, { state: 'done', written: rows, total: rows, bytes })
    return { bytes }
  }

  jobs.register({
    kind: EXPORT_JOB,
    payload: z.object({ id: z.string() }),
    title: () => 'Export contacts',
    link: () => '/contacts',
    canCancel: true,
    async run({ payload, signal, progress }) {
      const kept = await exportStore.find(storage.reader, payload.id)
      if (kept?.state !== 'running') return { kind: 'done' }
      if (await isSearchBehind(ContactExport.parse(JSON.parse(kept.request)))) {
        const reason = 'Waits until the search of contacts is prepared.'
        return { kind: 'retry', at: kernel.clock.now() + LATER_MS, reason }
      }
      try {
        await runKept(kept, signal, progress)
        return { kind: 'done' }
      } catch (error) {
        // Stopped with the application, it begins again with the next start; everything else is its end.
        if (signal.aborted && signal.reason === 'stopping') throw error
        await giveUp(kept, signal, error)
        throw error
      }
    },
  })

  /** Right after a large import a search looks at contacts one by one: everybody else would wait for that. */
  async function isSearchBehind({ search }: ContactExport): Promise<boolean> {
    if (search.trim() === '' || (await changingStore.isUnderWay(storage.reader))) return false
    const { waiting } = await searchIndexStore.state(storage.reader, MOST_LOOKED_AT)
    return waiting >= MOST_LOOKED_AT
  }

  /** Keeps what is asked for; with `isJob` a job writes it. */
  async function begin(request: ContactExport, madeBy: string, isJob: boolean): Promise<KeptExport> {
    const { token, name: fileName } = await files.create(fileNameOf(request))
    const id = kernel.ids.next()
    const now = kernel.clock.now()
    const begun: KeptExport = {
      id,
      token,
      fileName,
      request: JSON.stringify(request),
      state: 'running',
      total: 0,
      written: 0,
      bytes: 0,
      reason: '',
      madeBy,
    }
    if (!isJob) atOnce.add(id)
    await transaction(
      storage.db,
      async tx => {
        await exportStore.add(tx, begun, now)
        if (isJob) await jobs.add(tx, { kind: EXPORT_JOB, subject: id, payload: { id }, dueAt: now })
      },
      { name: 'contacts.startExport' },
    )
    return begun
  }

  return {
    async export(request, { actor, signal }) {
      const kept = await begin(request, actor.id, false)
      try {
        const { bytes } = await runKept(kept, signal, () => undefined)
        return { token: kept.token, fileName: kept.fileName, bytes }
      } catch (error) {
        await giveUp(kept, signal, error)
        throw error
      } finally {
        atOnce.delete(kept.id)
      }
    },

    async startExport(request, { actor }) {
      const { id } = await begin(request, actor.id, true)
      scheduler.wake()
      return { id }
    },

    async exportState({ id }): Promise<ExportState> {
      const kept = await exportStore.find(storage.reader, id)
      if (!kept) throw notFound('export', id)
      const { token, fileName, bytes, state, total, written, reason } = kept
      return { id, state, total, written, fileName, reason, file: state === 'done' ? { token, fileName, bytes } : null }
    },

    async cancelExport({ id }) {
      await jobs.cancelSubject(EXPORT_JOB, id)
      await note(id, { state: 'cancelled' })
      const kept = await exportStore.find(storage.reader, id)
      // A job that had not begun leaves its empty file.
      if (kept?.state === 'cancelled') await files.remove(kept.token)
      return { done: true }
    },
  }
}

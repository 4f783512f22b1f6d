import { z } from 'zod'
import { AppError, notFound } from '../../../../shared/contract/failure.ts'
import type { contract } from '../../../../shared/contract/index.ts'
import { OrderChoices, OrderColumnMapping, type OrderInspection } from '../../../../shared/contract/purchases.ts'
import type { Accounts } from '../../../accounts/index.ts'
import type { DomainParts } from '../../../domain-parts.ts'
import type { Handlers } from '../../../request.ts'
import { type Tx, transaction } from '../../../storage/transaction.ts'
import type { Changes } from '../../changes/changes.ts'
import { columnNames } from '../../import/mapping/columns.ts'
import { headerKey } from '../../import/mapping/import-options.ts'
import { lookAtTable } from '../../import/reading/look-at-table.ts'
import { importStore } from '../../import/runs/import-store.ts'
import { writeRejects } from '../../import/runs/rejects-file.ts'
import type { ImportReader } from '../../import/thread/import-reader.ts'
import type { Figures } from '../../scores/figures.ts'
import { suggestOrderColumns } from './order-columns.ts'
import { FIRST_ORDER_CURSOR } from './order-cursor.ts'
import { customerSourceOf, missingIn, orderDefaults } from './order-defaults.ts'
import { endOrderImport } from './order-import-end.ts'
import { orderImportJob } from './order-import-job.ts'
import { ORDER_IMPORT_JOB, type OrderImportRow, orderImportStore } from './order-import-store.ts'
import { orderImportView } from './order-import-view.ts'

/** What requests about imports of orders answer. */
export type OrderImportHandlers = Pick<
  Handlers<(typeof contract)['purchases']>,
  'inspect' | 'startImport' | 'getImport' | 'listImports' | 'cancelImport' | 'undoImport' | 'rejects' | 'rejectsFile'
>

interface Parts extends DomainParts {
  readonly accounts: Accounts
  readonly figures: Figures
  readonly changes: Changes
  readonly importReader: ImportReader
}

const MOST_ROWS_INSPECTED = 50_000
const EVENTS_EVERY_MS = 500
const Cells = z.array(z.string())

/** Registers the job of order imports and answers what is asked about them. */
export function createOrderImports(parts: Parts): OrderImportHandlers {
  const { kernel, storage, files, jobs, scheduler, accounts, changes, importReader } = parts
  const changed = announcer(parts)
  jobs.register(orderImportJob({ ...parts, changed }))

  async function found(id: string): Promise<OrderImportRow> {
    const row = await orderImportStore.find(storage.reader, id)
    if (!row) throw notFound('import', id)
    return row
  }
  const view = async (id: string) => orderImportView(await found(id), kernel.clock.now())

  async function savedFor(names: readonly string[]) {
    const saved = await importStore.savedMapping(storage.reader, `orders:${headerKey(names)}`)
    if (!saved) return null
    const mapping = z.array(OrderColumnMapping).safeParse(JSON.parse(saved.mapping))
    const options = OrderChoices.safeParse(JSON.parse(saved.options))
    return mapping.success && options.success ? { mapping: mapping.data, options: options.data } : null
  }

  return {
    async inspect(input): Promise<z.input<typeof OrderInspection>> {
      const file = await files.find(input.token)
      if (file.bytes === 0) throw new AppError('invalid_input', `${file.name} is empty. Choose another file.`)
      const seen = await lookAtTable(file.path, given(input.reading ?? {}))
      const names = columnNames(seen.header, widthOf(seen.rows))
      const columns = suggestOrderColumns(names, seen.rows)
      const saved = await savedFor(names)
      const suggested = columns.map(({ column, name, suggestion }) => ({
        column,
        name: name.slice(0, 300),
        target: suggestion,
      }))
      const mapping = input.mapping ?? saved?.mapping ?? suggested
      const settings = await accounts.settings(storage.reader)
      const chosen = { ...given(saved?.options ?? {}), ...given(input.options ?? {}) }
      const options = { ...orderDefaults(mapping, seen.rows, settings), ...chosen }
      const { identities, ...findings } = await importReader.inspectOrders({
        path: file.path,
        reading: seen.reading,
        mapping,
        options,
        timeZone: settings.timeZone,
        now: kernel.clock.now(),
        mostRows: MOST_ROWS_INSPECTED,
      })
      let knownCustomers = 0
      for (const batch of identities) {
        knownCustomers += await orderImportStore.countKnown(storage.reader, batch, customerSourceOf(mapping))
      }
      return {
        token: file.token,
        fileName: file.name,
        bytes: file.bytes,
        reading: seen.reading,
        readingWhy: seen.why,
        columns,
        mapping,
        options,
        missing: missingIn(mapping),
        knownCustomers,
        ...findings,
      }
    },

    async startImport(input, { actor }) {
      const [missing] = missingIn(input.mapping)
      if (missing !== undefined) throw new AppError('invalid_input', missing)
      const file = await files.find(input.token)
      const id = kernel.ids.next()
      const now = kernel.clock.now()
      const names = columnNames(
        input.mapping.map(({ name }) => name),
        0,
      )
      const active = await transaction(
        storage.db,
        async tx => {
          // A second click on "Import" is the same wish, not another import.
          const already = await orderImportStore.activeOf(tx, file.token)
          if (already !== null) return already
          const mapping = JSON.stringify(input.mapping)
          await importStore.saveMapping(tx, `orders:${headerKey(names)}`, mapping, JSON.stringify(input.options), now)
          await orderImportStore.add(tx, newRow({ id, file, input, by: actor.id, now }))
          const payload = { fileName: file.name }
          await jobs.add(tx, { kind: ORDER_IMPORT_JOB, subject: id, payload, dueAt: now })
          const entry = { action: 'orders.import_started', entity: 'order_import', entityId: id }
          await accounts.audit(tx, { ...entry, actor: actor.id, data: { bytes: file.bytes } })
          return null
        },
        { name: 'orders.start' },
      )
      scheduler.wake()
      return view(active ?? id)
    },

    getImport: ({ id }) => view(id),

    async listImports({ offset, limit }) {
      const { rows, total } = await orderImportStore.page(storage.reader, offset, limit)
      return { rows: rows.map(row => orderImportView(row, kernel.clock.now())), total }
    },

    async cancelImport({ id }, { actor }) {
      const row = await found(id)
      if (row.state !== 'waiting' && row.state !== 'running') {
        throw new AppError('conflict', 'The import is over already; there is nothing to stop.')
      }
      await jobs.cancelSubject(ORDER_IMPORT_JOB, id)
      const entry = { action: 'orders.import_cancelled', entity: 'order_import', entityId: id, data: {} }
      const also = (tx: Tx) => accounts.audit(tx, { ...entry, actor: actor.id })
      await endOrderImport(parts, id, { state: 'cancelled', error: null, also })
      changed(id, true)
      return view(id)
    },

    async undoImport({ id }, { actor }) {
      await found(id)
      await changes.undo({ id, keepChanged: true, actor: actor.id })
      return view(id)
    },

    async rejects({ id, offset, limit }) {
      const row = await found(id)
      const { rows, total } = await orderImportStore.rejectsPage(storage.reader, row.number, offset, limit)
      return { header: headerOf(row), total, rows: rows.map(reject => ({ ...reject, cells: cellsOf(reject.cells) })) }
    },

    async rejectsFile({ id }) {
      const row = await found(id)
      const file = await files.create(`${row.file_name.replace(/\.[^.]*$/, '')} - rejected rows.csv`)
      await writeRejects(file.path, headerOf(row), async after => {
        const rows = await orderImportStore.rejects(storage.reader, row.number, after, 1000)
        return rows.map(reject => ({ ...reject, cells: cellsOf(reject.cells) }))
      })
      const { bytes } = await files.find(file.token)
      return { token: file.token, fileName: file.name, bytes }
    },
  }
}

function newRow(made: {
  readonly id: string
  readonly file: { readonly name: string; readonly token: string; readonly bytes: number }
  readonly input: { readonly reading: unknown; readonly mapping: unknown; readonly options: unknown }
  readonly by: string
  readonly now: number
}): Omit<OrderImportRow, 'number'> {
  return {
    id: made.id,
    file_name: made.file.name,
    stored_path: made.file.token,
    state: 'waiting',
    reading: JSON.stringify(made.input.reading),
    mapping: JSON.stringify(made.input.mapping),
    options: JSON.stringify(made.input.options),
    phase: 'read',
    cursor: JSON.stringify(FIRST_ORDER_CURSOR),
    rows: 0,
    taken: 0,
    rejected: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    customers_made: 0,
    bytes: made.file.bytes,
    bytes_read: 0,
    change_no: null,
    error: null,
    created_by: made.by,
    created_at: made.now,
    started_at: null,
    ended_at: null,
  }
}

/** Publishes that an import changed, at most twice a second; its end, and with it orders and contacts, at once. */
function announcer({ kernel }: DomainParts): (id: string, over: boolean) => void {
  let last = 0
  return (id, over) => {
    const now = kernel.clock.now()
    if (!over && now - last < EVENTS_EVERY_MS) return
    last = now
    kernel.events.publish({ kind: 'changed', entity: 'order', ids: over ? [] : [id] })
    if (over) kernel.events.publish({ kind: 'changed', entity: 'contact', ids: [] })
  }
}

function headerOf(row: OrderImportRow): string[] {
  const mapping = z.array(OrderColumnMapping).parse(JSON.parse(row.mapping))
  const names = new Map(mapping.map(({ column, name }) => [column, name]))
  const width = mapping.reduce((most, { column }) => Math.max(most, column + 1), 0)
  return Array.from({ length: width }, (_, column) => names.get(column) ?? `Column ${column + 1}`)
}

function cellsOf(text: string): string[] {
  return Cells.parse(JSON.parse(text))
}

function widthOf(rows: readonly (readonly string[])[]): number {
  return rows.reduce((width, row) => Math.max(width, row.length), 0)
}

/** An object without the keys that were not given. */
function given<T extends object>(from: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in from) {
    const value = from[key]
    if (isGiven(value)) kept[key] = value
  }
  return kept
}

function isGiven<V>(value: V): value is Exclude<V, undefined> {
  return value !== undefined
}

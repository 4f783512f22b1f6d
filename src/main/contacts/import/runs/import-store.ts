import { type Selectable, sql } from 'kysely'
import type { Tables } from '../../../storage/tables.ts'
import type { Reader, Tx } from '../../../storage/transaction.ts'
import { UNDO_JOB } from '../../changes/change-jobs.ts'
import { journalStore } from '../../changes/journal-store.ts'
import { madeStore } from '../../changes/made-store.ts'

const COLUMNS = [
  'id',
  'number',
  'file_name',
  'stored_path',
  'state',
  'reading',
  'mapping',
  'options',
  'rows',
  'created',
  'updated',
  'unchanged',
  'duplicates',
  'rejected',
  'bytes',
  'bytes_read',
  'cursor',
  'change_no',
  'idle_ms',
  'error',
  'created_by',
  'created_at',
  'started_at',
  'ended_at',
] as const

/** An import as it is stored. `stored_path` holds the token of the file. */
export type ImportRow = Selectable<Tables['imports']>

/** An import with its newest job. */
export interface ImportWithJob extends ImportRow {
  readonly job_id: string | null
  readonly job_state: string | null
  readonly job_reason: string | null
  readonly change_id: string | null
  readonly change_state: string | null
  readonly change_contacts: number | null
  /** 1 while it is taken back. */
  readonly is_undoing: number
}

/** How many rows more went each way. */
export interface ImportCounts {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly duplicates: number
  readonly rejected: number
}

export interface RejectRow {
  readonly line: number
  readonly field: string
  readonly reason: string
  readonly cells: string
}

const JOB_KIND = 'contacts.import'

/** The SQL of imports, their rejected rows and the saved mappings. */
export const importStore = {
  async add(tx: Tx, row: Omit<ImportRow, 'number'>): Promise<void> {
    const last = await tx
      .selectFrom('imports')
      .select(eb => eb.fn.max('number').as('number'))
      .executeTakeFirst()
    await tx
      .insertInto('imports')
      .values({ ...row, number: (last?.number ?? 0) + 1 })
      .execute()
  },

  async find(reader: Reader, id: string): Promise<ImportWithJob | null> {
    return (await withJob(reader).where('imports.id', '=', id).executeTakeFirst()) ?? null
  },

  async page(reader: Reader, offset: number, limit: number): Promise<{ rows: ImportWithJob[]; total: number }> {
    const rows = await withJob(reader)
      .orderBy('imports.created_at', 'desc')
      .orderBy('imports.id', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await reader
      .selectFrom('imports')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return { rows, total }
  },

  /** The import of this file that is at work or waits its turn, if there is one. */
  async activeOf(reader: Reader, token: string): Promise<string | null> {
    const row = await reader
      .selectFrom('imports')
      .innerJoin('jobs', 'jobs.subject', 'imports.id')
      .select('imports.id')
      .where('imports.stored_path', '=', token)
      .where('imports.state', 'in', ['waiting', 'running'])
      .where('jobs.kind', '=', JOB_KIND)
      .where('jobs.state', 'in', ['waiting', 'running'])
      .executeTakeFirst()
    return row?.id ?? null
  },

  /** Imports that are not over but whose job is: it was cancelled before it began. */
  async abandoned(reader: Reader): Promise<readonly { readonly id: string; readonly number: number }[]> {
    return reader
      .selectFrom('imports')
      .select(['id', 'number'])
      .where('state', 'in', ['waiting', 'running'])
      .where(eb =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('jobs')
              .select('jobs.id')
              .where('jobs.kind', '=', JOB_KIND)
              .whereRef('jobs.subject', '=', 'imports.id')
              .where('jobs.state', 'in', ['waiting', 'running']),
          ),
        ),
      )
      .execute()
  },

  async start(tx: Tx, id: string, now: number): Promise<void> {
    await sql`update imports set state = 'running', started_at = coalesce(started_at, ${now})
      where id = ${id} and state in ('waiting', 'running')`.execute(tx)
  },

  /** Lets an import rest that is not over. While it rests, `ended_at` says since when. Returns whether it does. */
  async pause(tx: Tx, id: string, now: number): Promise<boolean> {
    const result = await tx
      .updateTable('imports')
      .set({ state: 'paused', ended_at: now })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst()
    return result.numUpdatedRows > 0n
  },

  /** Lets a paused import go on; the time it rested does not count as work. Returns whether it was paused. */
  async resume(tx: Tx, id: string, now: number): Promise<boolean> {
    const result = await sql`update imports set state = 'waiting', ended_at = null,
        idle_ms = idle_ms + iif(started_at is null, 0, max(0, ${now} - ended_at))
      where id = ${id} and state = 'paused'`.execute(tx)
    return Number(result.numAffectedRows ?? 0) > 0
  },

  /** Ends an import that is not over, and with it its change; returns whether it was not. */
  async end(
    tx: Tx,
    id: string,
    state: 'done' | 'failed' | 'cancelled',
    error: string | null,
    now: number,
  ): Promise<boolean> {
    const ended = await tx
      .updateTable('imports')
      .set({ state, error, ended_at: now })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'running', 'paused'])
      .returning('change_no')
      .executeTakeFirst()
    if (!ended) return false
    if (ended.change_no !== null && !(await journalStore.finish(tx, ended.change_no)))
      await tx.updateTable('imports').set({ change_no: null }).where('id', '=', id).execute()
    return true
  },

  /** Moves the cursor on and adds to the counts; `rows` stays their sum. */
  async advance(tx: Tx, id: string, cursor: string, bytesRead: number, counts: ImportCounts): Promise<void> {
    const { created, updated, unchanged, duplicates, rejected } = counts
    await sql`update imports set cursor = ${cursor}, bytes_read = ${bytesRead},
      rows = rows + ${created + updated + unchanged + duplicates + rejected}, created = created + ${created},
      updated = updated + ${updated}, unchanged = unchanged + ${unchanged},
      duplicates = duplicates + ${duplicates}, rejected = rejected + ${rejected} where id = ${id}`.execute(tx)
  },

  /** Moves only the cursor on. */
  async moveCursor(tx: Tx, id: string, cursor: string): Promise<void> {
    await tx.updateTable('imports').set({ cursor }).where('id', '=', id).execute()
  },

  /** Keeps rejected rows: a JSON array of [line, field, reason, cells as JSON]. */
  async addRejects(tx: Tx, id: string, rejects: string): Promise<void> {
    await sql`insert into import_rejects (import_id, line, field, reason, cells)
      select ${id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(${rejects}) where true
      on conflict do nothing`.execute(tx)
  },

  async rejects(reader: Reader, id: string, afterLine: number, limit: number): Promise<readonly RejectRow[]> {
    return reader
      .selectFrom('import_rejects')
      .select(['line', 'field', 'reason', 'cells'])
      .where('import_id', '=', id)
      .where('line', '>', afterLine)
      .orderBy('line')
      .limit(limit)
      .execute()
  },

  async rejectsPage(
    reader: Reader,
    id: string,
    offset: number,
    limit: number,
  ): Promise<{ rows: RejectRow[]; total: number }> {
    const rows = await reader
      .selectFrom('import_rejects')
      .select(['line', 'field', 'reason', 'cells'])
      .where('import_id', '=', id)
      .orderBy('line')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total } = await reader
      .selectFrom('import_rejects')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .where('import_id', '=', id)
      .executeTakeFirstOrThrow()
    return { rows, total }
  },

  async savedMapping(reader: Reader, headerKey: string): Promise<{ mapping: string; options: string } | null> {
    const row = await reader
      .selectFrom('import_mappings')
      .select(['mapping', 'options'])
      .where('header_key', '=', headerKey)
      .executeTakeFirst()
    return row ?? null
  },

  async saveMapping(tx: Tx, headerKey: string, mapping: string, options: string, now: number): Promise<void> {
    const kept = { mapping, options, used_at: now }
    await tx
      .insertInto('import_mappings')
      .values({ header_key: headerKey, ...kept })
      .onConflict(conflict => conflict.column('header_key').doUpdateSet(kept))
      .execute()
  },

  /** How many of these contacts are known: a JSON array of idents, each `e` and an e-mail key or `p` and a phone number. */
  async countKnown(reader: Reader, idents: string): Promise<number> {
    const { rows } = await sql<{ known: number }>`select count(*) as known from json_each(${idents}) as asked
      where case when asked.value >= 'p' then exists (select 1 from contacts where phone = substr(asked.value, 2))
        else exists (select 1 from contacts where email_key = substr(asked.value, 2)) end`.execute(reader)
    return rows[0]?.known ?? 0
  },

  async customFieldTypes(reader: Reader): Promise<ReadonlyMap<string, string>> {
    const rows = await reader.selectFrom('custom_fields').select(['key', 'type']).execute()
    return new Map(rows.map(row => [row.key, row.type]))
  },

  /** Adds a custom field, as part of a change, when there is none with this key yet. */
  async addCustomField(
    tx: Tx,
    field: { key: string; label: string; type: string; options: string },
    by: { readonly changeNo: number; readonly now: number },
  ): Promise<void> {
    const added = await tx
      .insertInto('custom_fields')
      .values({ ...field, created_at: by.now })
      .onConflict(conflict => conflict.column('key').doNothing())
      .executeTakeFirst()
    if ((added.numInsertedOrUpdatedRows ?? 0n) > 0n) await madeStore.noteField(tx, by.changeNo, field.key)
  },

  /** The id of the list with this name; it is made, as part of a change, when there is none yet. */
  async ensureList(
    tx: Tx,
    list: { id: string; name: string; name_key: string },
    changeNo: number,
    now: number,
  ): Promise<string> {
    const before = await madeStore.newest(tx)
    await tx
      .insertInto('lists')
      .values({ ...list, description: '', created_at: now, updated_at: now })
      .onConflict(conflict => conflict.column('name_key').doNothing())
      .execute()
    await madeStore.note(tx, changeNo, before)
    const row = await tx
      .selectFrom('lists')
      .select('id')
      .where('name_key', '=', list.name_key)
      .executeTakeFirstOrThrow()
    return row.id
  },

  /** Makes the tags that are missing, as part of a change. */
  async ensureTags(
    tx: Tx,
    tags: readonly { id: string; name: string; name_key: string }[],
    changeNo: number | null,
  ): Promise<void> {
    if (tags.length === 0) return
    const before = await madeStore.newest(tx)
    await sql`insert into tags (id, name, name_key)
      select value ->> 'id', value ->> 'name', value ->> 'name_key' from json_each(${JSON.stringify(tags)}) where true
      on conflict do nothing`.execute(tx)
    if (changeNo !== null) await madeStore.note(tx, changeNo, before)
  },
}

function withJob(reader: Reader) {
  return reader
    .selectFrom('imports')
    .leftJoin('jobs', join =>
      join
        .on('jobs.kind', '=', JOB_KIND)
        .on('jobs.id', '=', eb =>
          eb
            .selectFrom('jobs as newest')
            .select('newest.id')
            .where('newest.kind', '=', JOB_KIND)
            .whereRef('newest.subject', '=', 'imports.id')
            .orderBy('newest.created_at', 'desc')
            .orderBy('newest.id', 'desc')
            .limit(1),
        ),
    )
    .select(COLUMNS.map(column => `imports.${column}` as const))
    .leftJoin('changes', 'changes.no', 'imports.change_no')
    .select([
      'jobs.id as job_id',
      'jobs.state as job_state',
      'jobs.reason as job_reason',
      'changes.id as change_id',
      'changes.state as change_state',
      'changes.contacts as change_contacts',
    ])
    .select(
      sql<number>`exists (select 1 from jobs undo where undo.kind = ${UNDO_JOB} and undo.subject = changes.id
        and undo.state in ('waiting','running'))`.as('is_undoing'),
    )
}

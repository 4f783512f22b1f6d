import { type RawBuilder, sql } from 'kysely'
import type { ConflictReason } from '../../../shared/contract/changes.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { UNDO_JOB } from './change-jobs.ts'
import { type FieldColumn, placeOf } from './snapshot.ts'

/** A change as it is stored, with what is at work on it. */
export interface ChangeRow {
  readonly no: number
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly state: 'recording' | 'done' | 'undoing' | 'undone' | 'expired'
  readonly contacts: number
  readonly restored: number
  readonly madeBy: string
  readonly madeAt: number
  readonly undoneAt: number | null
  /** A job or an import is still making it: 0 or 1. */
  readonly isAtWork: number
  /** The undo that is under way. */
  readonly undoJobId: string | null
}

/** A contact that an undo leaves as she is. */
export interface ConflictRow {
  readonly contactId: string | null
  readonly reason: ConflictReason
  readonly firstName: string | null
  readonly lastName: string | null
  readonly company: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly changedAt: number | null
}

/** How many contacts were looked at, up to which one, and how many of them an undo leaves as they are. */
export interface ConflictCount {
  readonly seen: number
  readonly lastNo: number
  readonly conflicts: number
}

const ACTIVE_JOB = sql`from jobs where jobs.state in ('waiting','running') and jobs.subject = changes.id and jobs.kind`

const COLUMNS = sql`changes.no, changes.id, changes.kind, changes.title, changes.state, changes.contacts, changes.restored,
  changes.made_by as "madeBy", changes.made_at as "madeAt", changes.undone_at as "undoneAt",
  changes.state = 'recording' and (exists (select 1 ${ACTIVE_JOB} <> ${UNDO_JOB})
    or exists (select 1 from imports where imports.change_no = changes.no and imports.state in ('waiting','running','paused')))
    as "isAtWork",
  (select jobs.id ${ACTIVE_JOB} = ${UNDO_JOB}) as "undoJobId"`

/** The SQL of changes as a whole. */
export const changeStore = {
  async find(reader: Reader, id: string): Promise<ChangeRow | null> {
    const { rows } = await sql<ChangeRow>`select ${COLUMNS} from changes where changes.id = ${id}`.execute(reader)
    return rows[0] ?? null
  },

  async page(reader: Reader, offset: number, limit: number): Promise<{ rows: readonly ChangeRow[]; total: number }> {
    const { rows } = await sql<ChangeRow>`select ${COLUMNS} from changes
      order by changes.made_at desc, changes.no desc limit ${limit} offset ${offset}`.execute(reader)
    const { total } = await reader
      .selectFrom('changes')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return { rows, total }
  },

  async idOf(reader: Reader, no: number): Promise<string | null> {
    return (await reader.selectFrom('changes').select('id').where('no', '=', no).executeTakeFirst())?.id ?? null
  },

  /** Begins an undo. Whom a cancelled bulk change had still to come to is left alone for good. */
  async beginUndo(tx: Tx, no: number): Promise<void> {
    await tx.deleteFrom('bulk_parts').where('change_no', '=', no).execute()
    await tx.updateTable('changes').set({ state: 'undoing' }).where('no', '=', no).execute()
  },

  /** Ends an undo; an import that made the change is undone with it. */
  async endUndo(tx: Tx, no: number, now: number): Promise<void> {
    await tx
      .updateTable('changes')
      .set({ state: 'undone', undone_at: now })
      .where('no', '=', no)
      .where('state', '=', 'undoing')
      .execute()
    await tx.updateTable('imports').set({ state: 'undone' }).where('change_no', '=', no).execute()
  },

  /** How many of the next `most` contacts of a change an undo would leave as they are, or left, as things are now. */
  async countConflicts(reader: Reader, no: number, afterNo: number, most: number): Promise<ConflictCount> {
    const { rows } = await sql<ConflictCount>`
      select count(*) as seen, coalesce(max(j.contact_no), 0) as "lastNo",
        coalesce(sum(${reasonOf(no)} is not null), 0) as conflicts
      from (${some(no, afterNo, most)}) j left join contacts c on c.no = j.contact_no`.execute(reader)
    return rows[0] ?? { seen: 0, lastNo: afterNo, conflicts: 0 }
  },

  /** Those of the next `among` contacts of a change that an undo would leave as they are, or left. */
  async conflicts(
    reader: Reader,
    no: number,
    page: { readonly afterNo: number; readonly among: number; readonly offset: number; readonly limit: number },
  ): Promise<readonly ConflictRow[]> {
    const shown = (column: FieldColumn): RawBuilder<unknown> =>
      sql`iif(c.no is null, j.before ->> ${sql.lit(`$.fields[${placeOf(column)}]`)}, ${sql.ref(`c.${column}`)})`
    const { rows } = await sql<ConflictRow>`
      select c.id as "contactId", ${reasonOf(no)} as reason, c.updated_at as "changedAt",
        ${shown('first_name')} as "firstName", ${shown('last_name')} as "lastName", ${shown('company')} as company,
        ${shown('email')} as email, ${shown('phone')} as phone
      from (${some(no, page.afterNo, page.among)}) j left join contacts c on c.no = j.contact_no
      where ${reasonOf(no)} is not null
      order by j.contact_no limit ${page.limit} offset ${page.offset}`.execute(reader)
    return rows
  },
}

/** The next contacts of a change, in order of their numbers. */
function some(no: number, afterNo: number, most: number): RawBuilder<unknown> {
  return sql`select change_no, contact_no, before, after_revision, kept from change_contacts
    where change_no = ${no} and contact_no > ${afterNo} order by contact_no limit ${most}`
}

/** Why a contact `c` of the change's row `j` would stay as she is; null when nothing is in the way. */
function reasonOf(no: number): RawBuilder<unknown> {
  const emailKey = sql`j.before ->> ${sql.lit(`$.fields[${placeOf('email_key')}]`)}`
  const twin = sql`j.before ->> ${sql.lit(`$.fields[${placeOf('twin')}]`)}`
  const taken = sql`exists (select 1 from contacts h where h.email_key = ${emailKey} and h.twin = ${twin}
    and h.no <> j.contact_no
    and not exists (select 1 from change_contacts o where o.change_no = j.change_no and o.contact_no = h.no))`
  return sql`case
    when j.kept is not null then j.kept
    when j.before is null and c.no is null then null
    when j.before is null and c.revision <> j.after_revision then 'changed'
    when j.before is null and ((exists (select 1 from messages)
        and exists (select 1 from messages where messages.contact_id = c.id))
      or exists (select 1 from orders where orders.contact_no = c.no and orders.change_no is not ${no})) then 'in_use'
    when j.before is null then null
    when j.after_revision is null and c.no is not null then null
    when j.after_revision is not null and c.no is null then 'gone'
    when c.revision <> j.after_revision then 'changed'
    when (c.no is null or (c.email_key, c.twin) is not (${emailKey}, ${twin})) and ${taken} then 'address_taken'
  end`
}

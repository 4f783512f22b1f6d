import { type RawBuilder, sql } from 'kysely'
import type { ConflictReason } from '../../../shared/contract/changes.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { placeOf } from './snapshot.ts'

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

/** The kind of job that takes changes back; its subject is the id of the change. */
export const UNDO_JOB = 'contacts.undo'

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

  /** Contacts that an undo would leave as they are, or left. What it would decide is asked as things are now. */
  async conflicts(reader: Reader, no: number, offset: number, limit: number): Promise<readonly ConflictRow[]> {
    const fallback = (column: Parameters<typeof placeOf>[0]): RawBuilder<unknown> =>
      sql`j.before ->> ${sql.lit(`$.fields[${placeOf(column)}]`)}`
    const { rows } = await sql<ConflictRow>`
      select c.id as "contactId", ${reasonOf(no)} as reason, c.updated_at as "changedAt",
        iif(c.no is null, ${fallback('first_name')}, c.first_name) as "firstName",
        iif(c.no is null, ${fallback('last_name')}, c.last_name) as "lastName",
        iif(c.no is null, ${fallback('company')}, c.company) as company,
        iif(c.no is null, ${fallback('email')}, c.email) as email, iif(c.no is null, ${fallback('phone')}, c.phone) as phone
      from change_contacts j left join contacts c on c.no = j.contact_no
      where j.change_no = ${no} and ${reasonOf(no)} is not null
      order by j.contact_no limit ${limit} offset ${offset}`.execute(reader)
    return rows
  },

  async countConflicts(reader: Reader, no: number): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n
      from change_contacts j left join contacts c on c.no = j.contact_no
      where j.change_no = ${no} and ${reasonOf(no)} is not null`.execute(reader)
    return rows[0]?.n ?? 0
  },
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
    when j.before is null and (exists (select 1 from messages where messages.contact_id = c.id)
      or exists (select 1 from orders where orders.contact_no = c.no and orders.change_no is not ${no})) then 'in_use'
    when j.before is null then null
    when j.after_revision is null and c.no is not null then null
    when j.after_revision is not null and c.no is null then 'gone'
    when c.revision <> j.after_revision then 'changed'
    when (c.no is null or (c.email_key, c.twin) is not (${emailKey}, ${twin})) and ${taken} then 'address_taken'
  end`
}

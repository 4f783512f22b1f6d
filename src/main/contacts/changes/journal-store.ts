import { type RawBuilder, sql } from 'kysely'
import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { Tx } from '../../storage/transaction.ts'
import { type Aspect, BROKEN, FIELD_COLUMNS, type FieldColumn, REAL_COLUMNS } from './snapshot.ts'

/** A change as it begins. */
export interface NewChange {
  readonly id: string
  readonly kind: ChangeKind
  /** For people, such as "Import of customers.csv". */
  readonly title: string
  readonly actor: string
  readonly now: number
}

/** Contacts by number: a list, or a select of the column `no` that answers the same throughout the step. */
export type Contacts = readonly number[] | RawBuilder<unknown>

/**
 * Records a change to contacts, so that it can be undone exactly. Within the transaction of each step:
 *
 * 1. `before` the contacts change, with the aspects that will; or nothing for contacts that are made.
 * 2. The change. It counts `contacts.revision` up for everybody who is not as before.
 * 3. `created` for contacts that are new, `after` for those that were changed or deleted.
 *
 * `begin` comes before the first step and `finish` after the last; a job whose change is `recording` has the change's id as
 * its subject, or is the import that names the change.
 */
export const journalStore = {
  /** Begins a change; returns its number. */
  async begin(tx: Tx, change: NewChange): Promise<number> {
    const row = await tx
      .insertInto('changes')
      .values({
        id: change.id,
        kind: change.kind,
        title: change.title,
        state: 'recording',
        contacts: 0,
        restored: 0,
        made_by: change.actor,
        made_at: change.now,
        undone_at: null,
      })
      .returning('no')
      .executeTakeFirstOrThrow()
    return row.no
  },

  /** Keeps how contacts are now. Who is in the change already keeps her first snapshot; aspects that it lacks are added. */
  async before(tx: Tx, changeNo: number, contacts: Contacts, aspects: readonly Aspect[]): Promise<void> {
    const snapshot = sql`json_object('revision', c.revision, 'id', c.id, ${sql.join(
      aspects.map(aspect => sql`${sql.lit(aspect)}, ${SNAPSHOTS[aspect]}`),
    )})`
    const taken = await sql`insert into change_contacts (change_no, contact_no, before, after_revision)
      select ${changeNo}, c.no, ${snapshot}, null from (${numbers(contacts)}) asked cross join contacts c on c.no = asked.no
      where true on conflict do nothing`.execute(tx)
    const added = Number(taken.numAffectedRows ?? 0)
    await countUp(tx, changeNo, added)
    if (added === (await countOf(tx, contacts))) return
    const more = aspects.map(aspect => sql`${sql.lit(`$.${aspect}`)}, json(excluded.before -> ${sql.lit(aspect)})`)
    // Whoever was changed by somebody else between two steps is no longer as this change left her, whatever it does next.
    await sql`insert into change_contacts (change_no, contact_no, before, after_revision)
      select ${changeNo}, c.no, ${snapshot}, null from (${numbers(contacts)}) asked cross join contacts c on c.no = asked.no
      where true
      on conflict do update set before = json_insert(before, ${sql.join(more)}),
        after_revision = iif(after_revision is not null and after_revision <> excluded.before ->> 'revision',
          ${BROKEN}, after_revision)`.execute(tx)
  },

  /** Notes contacts that this transaction made, at revision 1. In ascending order it is one append each. */
  async created(tx: Tx, changeNo: number, contacts: Contacts): Promise<void> {
    const added = await sql`insert into change_contacts (change_no, contact_no, before, after_revision)
      select ${changeNo}, asked.no, null, 1 from (${numbers(contacts)}) asked where true on conflict do nothing`.execute(
      tx,
    )
    await countUp(tx, changeNo, Number(added.numAffectedRows ?? 0))
  },

  /** Notes how the change left contacts. Who is as before is taken out of it again; returns how many are not. */
  async after(tx: Tx, changeNo: number, contacts: Contacts): Promise<number> {
    const these = sql`change_no = ${changeNo} and contact_no in (select no from (${numbers(contacts)}))`
    const all = await sql`update change_contacts
      set after_revision = (select revision from contacts where contacts.no = change_contacts.contact_no)
      where ${these} and after_revision is not ${BROKEN}`.execute(tx)
    const same = await sql`delete from change_contacts
      where ${these} and before is not null and after_revision = before ->> 'revision'`.execute(tx)
    const unchanged = Number(same.numAffectedRows ?? 0)
    await countUp(tx, changeNo, -unchanged)
    return Number(all.numAffectedRows ?? 0) - unchanged
  },

  /** Ends a change. One that changed nobody is forgotten. Returns whether it can be undone. */
  async finish(tx: Tx, changeNo: number): Promise<boolean> {
    const done = await tx
      .updateTable('changes')
      .set({ state: 'done' })
      .where('no', '=', changeNo)
      .where('state', '=', 'recording')
      .where(eb =>
        eb.or([
          eb('contacts', '>', 0),
          eb.exists(eb.selectFrom('change_orders').select('order_no').where('change_no', '=', changeNo)),
        ]),
      )
      .executeTakeFirst()
    if (done.numUpdatedRows > 0n) return true
    await sql`delete from changes where no = ${changeNo} and state = 'recording'`.execute(tx)
    return false
  },
}

/** Every aspect as SQL over the contact `c`. Numbers and rows are arrays: short, and in the order of the columns. */
const SNAPSHOTS: Readonly<Record<Aspect, RawBuilder<unknown>>> = {
  fields: sql`json_array(${sql.join(FIELD_COLUMNS.map(fieldValue))})`,
  touched: sql`c.updated_at`,
  tags: sql`(select json_group_array(tag_no) from contact_tags where contact_no = c.no)`,
  lists: sql`(select json_group_array(json_array(list_no, status, added_at, added_by, source, changed_at))
    from list_members where contact_no = c.no)`,
  notes: sql`(select json_group_array(json_array(id, body, author_id, created_at)) from notes where contact_no = c.no)`,
  consents: sql`(select json_group_array(json_array(seq, channel, status, basis, source, evidence, at, actor, expires_at))
    from consents where contact_no = c.no)`,
  externals: sql`(select json_group_array(json_array(source, external_id)) from contact_external_ids
    where contact_no = c.no)`,
  aliases: sql`(select json_group_array(json_array(old_id, old_no, change_no)) from contact_aliases
    where contact_no = c.no)`,
  orders: sql`(select json_group_array(no) from orders where contact_no = c.no)`,
  events: sql`(select json_group_array(no) from contact_events where contact_no = c.no)`,
  segments: sql`(select json_group_array(json_array(segment_no, entered_at)) from segment_members
    where contact_no = c.no)`,
}

function fieldValue(column: FieldColumn): RawBuilder<unknown> {
  const value = sql.ref(`c.${column}`)
  return REAL_COLUMNS.includes(column) ? sql`iif(${value} is null, null, printf('%!.17g', ${value}))` : value
}

function numbers(contacts: Contacts): RawBuilder<unknown> {
  return isSelect(contacts) ? contacts : sql`select value as no from json_each(${JSON.stringify(contacts)})`
}

function isSelect(contacts: Contacts): contacts is RawBuilder<unknown> {
  return !Array.isArray(contacts)
}

async function countOf(tx: Tx, contacts: Contacts): Promise<number> {
  if (!isSelect(contacts)) return contacts.length
  const { rows } = await sql<{ asked: number }>`select count(*) as asked from (${contacts})`.execute(tx)
  return rows[0]?.asked ?? 0
}

async function countUp(tx: Tx, changeNo: number, by: number): Promise<void> {
  if (by === 0) return
  await sql`update changes set contacts = contacts + ${by} where no = ${changeNo}`.execute(tx)
}

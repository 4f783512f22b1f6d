import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../storage/transaction.ts'
import { REFUSED_BEFORE } from './keep-refusals.ts'
import { type Aspect, DERIVED_COLUMNS, FIELD_COLUMNS, type FieldColumn, placeOf, REAL_COLUMNS } from './snapshot.ts'

/** The SQL that does what `temp.undo_step` says: deletes, restores and makes contacts again. */
export const restoreStore = {
  /**
   * Deletes what the change had made. What it had given them goes with them, but their places: those lie all over their
   * index, where taking them out one by one takes longer than all the rest, so a job does it.
   */
  async removeCreated(tx: Tx): Promise<void> {
    await sql`insert or ignore into contact_places_gone (no) select c.no
      from temp.undo_step s cross join contacts c on c.no = s.contact_no
      where s.action = 'delete' and s.reason is null and c.latitude is not null and c.longitude is not null`.execute(tx)
    await sql`delete from contacts where no in (
      select contact_no from temp.undo_step where action = 'delete' and reason is null)`.execute(tx)
  },

  /** Puts the columns of contacts back, and contacts that were deleted with their number and id. Revisions go on upward. */
  async restoreContacts(tx: Tx): Promise<void> {
    // Two contacts may have swapped an address: first everybody gives hers up, then everybody takes hers back.
    await sql`update contacts set twin = -contacts.no from temp.undo_step s
      where contacts.no = s.contact_no and s.action = 'restore' and s.reason is null and s.has_fields
        and contacts.email_key is not null and (s.email_key, s.twin) is not (contacts.email_key, contacts.twin)`.execute(
      tx,
    )
    await sql`update contacts set revision = revision + 1 where no in (
      select contact_no from temp.undo_step where action = 'restore' and reason is null)`.execute(tx)
    const moved = await movedColumns(tx)
    if (moved.length > 0) {
      await sql`update contacts set ${sql.join(moved.map(column => sql`${sql.ref(column)} = ${stored(column)}`))}
        from temp.undo_step s
        where contacts.no = s.contact_no and s.action = 'restore' and s.reason is null and s.has_fields`.execute(tx)
    }
    await sql`insert into contacts (no, id, revision, ${sql.join(FIELD_COLUMNS.map(column => sql.ref(column)))})
      select s.contact_no, s.before ->> 'id', (s.before ->> 'revision') + 1, ${sql.join(FIELD_COLUMNS.map(stored))}
      from temp.undo_step s where s.action = 'recreate' and s.reason is null order by s.contact_no`.execute(tx)
  },

  /** Puts back what belongs to contacts, aspect by aspect. */
  async restoreAspects(tx: Tx, change: { readonly no: number; readonly madeAt: number }): Promise<void> {
    const { rows } = await sql<{ aspect: string }>`select distinct j.key as aspect
      from temp.undo_step s cross join json_each(s.before) j where s.reason is null`.execute(tx)
    const present = new Set(rows.map(row => row.aspect))
    for (const [aspect, statements] of Object.entries(aspectStatements(change))) {
      if (!present.has(aspect)) continue
      for (const statement of statements) await statement.execute(tx)
    }
  },

  /**
   * Somebody who unsubscribed while she was deleted, through an e-mail that she still had, is on no list as active. What a
   * deletion itself wrote to keep a refusal says nothing new.
   */
  async keepUnsubscribed(tx: Tx, madeAt: number): Promise<void> {
    await sql`update list_members set status = 'unsubscribed' where status in ('active', 'bounced') and contact_no in (
      select c.no from temp.undo_step s cross join contacts c on c.no = s.contact_no
        cross join suppressions x on x.channel = 'email' and x.address_key = c.email_key
      where s.reason is null and s.action in ('restore', 'recreate') and x.reason in ('unsubscribe', 'complaint')
        and x.created_at >= ${madeAt} and x.source <> ${REFUSED_BEFORE})`.execute(tx)
  },

  /**
   * Whoever comes back has her refusal as a consent again: what stood for it while she was gone goes, unless somebody else has
   * the address by now.
   */
  async dropKeptRefusals(tx: Tx, madeAt: number): Promise<void> {
    await sql`delete from suppressions where source = ${REFUSED_BEFORE} and created_at >= ${madeAt}
      and (iif(channel = 'email', 'email', 'phone'), address_key, contact_id) in (
        select 'email', c.email_key, c.id from temp.undo_step s cross join contacts c on c.no = s.contact_no
          where s.reason is null and s.action = 'recreate' and c.email_key is not null and not exists (
            select 1 from contacts o where o.email_key = c.email_key and o.no <> c.no)
        union all
        select 'phone', c.phone, c.id from temp.undo_step s cross join contacts c on c.no = s.contact_no
          where s.reason is null and s.action = 'recreate' and c.phone is not null and not exists (
            select 1 from contacts o where o.phone = c.phone and o.no <> c.no))`.execute(tx)
  },

  /** Whoever is again as an older change left her can be taken back to before that one as well. */
  async freeOlderChanges(tx: Tx, changeNo: number): Promise<void> {
    const { rows } = await sql<{ no: number }>`select no from changes where no < ${changeNo} and exists (
      select 1 from change_contacts where change_no = changes.no and contact_no between
        (select min(contact_no) from temp.undo_step) and (select max(contact_no) from temp.undo_step))`.execute(tx)
    for (const { no } of rows) {
      await sql`update change_contacts set after_revision = (
          select revision from contacts where no = change_contacts.contact_no)
        where change_no = ${no} and exists (select 1 from temp.undo_step s where s.contact_no = change_contacts.contact_no
          and s.reason is null and not s.moved and s.action in ('restore', 'recreate')
          and s.before ->> 'revision' = change_contacts.after_revision)
          and contact_no in (select contact_no from temp.undo_step)`.execute(tx)
    }
  },
}

/** The columns in which some contact of the step is not as before. Setting the others would change their indexes for nothing. */
async function movedColumns(tx: Tx): Promise<readonly FieldColumn[]> {
  const kept = FIELD_COLUMNS.filter(column => !DERIVED_COLUMNS.includes(column))
  const differs = kept.map(
    column => sql`max(contacts.${sql.ref(column)} is not ${stored(column)}) as ${sql.ref(column)}`,
  )
  const { rows } = await sql<Record<string, number | null>>`select ${sql.join(differs)}
    from temp.undo_step s cross join contacts on contacts.no = s.contact_no
    where s.action = 'restore' and s.reason is null and s.has_fields`.execute(tx)
  return kept.filter(column => rows[0]?.[column] === 1)
}

function stored(column: FieldColumn): RawBuilder<unknown> {
  const value = sql`s.before ->> ${sql.lit(`$.fields[${placeOf(column)}]`)}`
  return REAL_COLUMNS.includes(column) ? sql`cast(${value} as real)` : value
}

/** Contacts of the step that come back with an aspect. */
function returning(aspect: Aspect): RawBuilder<unknown> {
  return sql`select contact_no from temp.undo_step s where s.reason is null and s.action in ('restore', 'recreate')
    and s.before -> ${sql.lit(aspect)} is not null`
}

/** The kept rows of an aspect: `s` is the contact, `j.value` the row. */
function rowsOf(aspect: Aspect): RawBuilder<unknown> {
  return sql`temp.undo_step s cross join json_each(s.before, ${sql.lit(`$.${aspect}`)}) j`
}

const COMES_BACK = sql`s.reason is null and s.action in ('restore', 'recreate')`
const column = (place: number): RawBuilder<unknown> => sql`j.value ->> ${sql.lit(place)}`
// Only after a person said that changes made since may go: a refusal made since does not go with them.
const MOVED = sql`select contact_no from temp.undo_step where moved`

/** Rows that a merge gave to somebody else, by their numbers. What she got since stays with whom it is. */
function movedBack(aspect: 'orders' | 'events', table: 'orders' | 'contact_events'): readonly RawBuilder<unknown>[] {
  const rows = sql.ref(table)
  return [
    sql`delete from temp.undo_moved`,
    sql`insert or ignore into temp.undo_moved (no, contact_no) select j.value, s.contact_no from ${rowsOf(aspect)}
      where ${COMES_BACK}`,
    sql`update ${rows} set contact_no = (select m.contact_no from temp.undo_moved m where m.no = ${rows}.no)
      where no in (select no from temp.undo_moved) and contact_no is not
        (select m.contact_no from temp.undo_moved m where m.no = ${rows}.no)`,
  ]
}

function aspectStatements(change: { readonly no: number; readonly madeAt: number }) {
  return {
    touched: [
      sql`update contacts set updated_at = s.before ->> 'touched' from temp.undo_step s
        where contacts.no = s.contact_no and ${COMES_BACK} and s.before -> 'touched' is not null`,
    ],
    tags: [
      sql`delete from contact_tags where contact_no in (${returning('tags')})`,
      sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
        from ${rowsOf('tags')} cross join tags on tags.no = j.value where ${COMES_BACK}`,
    ],
    lists: [
      sql`delete from list_members where contact_no in (${returning('lists')})
        and not (status = 'unsubscribed' and contact_no in (${MOVED}))`,
      sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
        select lists.no, s.contact_no, ${column(1)}, ${column(2)}, ${column(3)}, ${column(4)}, ${column(5)}
        from ${rowsOf('lists')} cross join lists on lists.no = j.value ->> 0 where ${COMES_BACK} on conflict do nothing`,
    ],
    notes: [
      sql`delete from notes where contact_no in (${returning('notes')})`,
      sql`insert into notes (id, contact_no, body, author_id, created_at)
        select ${column(0)}, s.contact_no, ${column(1)}, ${column(2)}, ${column(3)} from ${rowsOf('notes')}
        where ${COMES_BACK} on conflict (id) do update set contact_no = excluded.contact_no`,
    ],
    consents: [
      sql`delete from consents where contact_no in (${returning('consents')})
        and not (status <> 'granted' and contact_no in (${MOVED}))`,
      sql`insert into consents (seq, contact_no, channel, status, basis, source, evidence, at, actor, expires_at)
        select ${column(0)}, s.contact_no, ${column(1)}, ${column(2)}, ${column(3)}, ${column(4)}, ${column(5)},
          ${column(6)}, ${column(7)}, ${column(8)} from ${rowsOf('consents')}
        where ${COMES_BACK} on conflict (seq) do update set contact_no = excluded.contact_no`,
    ],
    externals: [
      sql`delete from contact_external_ids where contact_no in (${returning('externals')})`,
      // An id that somebody outside the change has by now stays hers.
      sql`insert into contact_external_ids (source, external_id, contact_no)
        select ${column(0)}, ${column(1)}, s.contact_no from ${rowsOf('externals')} where ${COMES_BACK}
        on conflict do update set contact_no = excluded.contact_no where contact_external_ids.contact_no in (
          select contact_no from change_contacts where change_no = ${change.no})`,
    ],
    aliases: [
      sql`delete from contact_aliases where contact_no in (${returning('aliases')})
        or old_no in (select contact_no from temp.undo_step s where ${COMES_BACK} and s.action = 'recreate')`,
      sql`insert into contact_aliases (old_id, old_no, contact_no, change_no)
        select ${column(0)}, ${column(1)}, s.contact_no, ${column(2)} from ${rowsOf('aliases')} where ${COMES_BACK}
        on conflict do update set contact_no = excluded.contact_no, change_no = excluded.change_no`,
    ],
    orders: movedBack('orders', 'orders'),
    events: movedBack('events', 'contact_events'),
    segments: [
      // What she entered since stays; refreshing a dynamic segment puts right what changed with her.
      sql`delete from segment_members where contact_no in (${returning('segments')}) and entered_at <= ${change.madeAt}`,
      sql`insert into segment_members (segment_no, contact_no, entered_at)
        select segments.no, s.contact_no, ${column(1)}
        from ${rowsOf('segments')} cross join segments on segments.no = j.value ->> 0
        where ${COMES_BACK} on conflict do nothing`,
    ],
  } satisfies Partial<Record<Aspect, readonly RawBuilder<unknown>[]>>
}

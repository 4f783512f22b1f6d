import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { placeOf } from './snapshot.ts'

/** Which contacts of a change a step takes, and whom it spares. */
export interface UndoStep {
  readonly changeNo: number
  readonly afterNo: number
  readonly mostRows: number
  /** Leave contacts that were changed, written to or bought something since. */
  readonly keepChanged: boolean
  /** Take those again whose address somebody else had: it may be free by now. */
  readonly retry: boolean
}

/** How many contacts go which way. */
export interface UndoOutcome {
  readonly deleted: number
  /** Put back, and of them those who were gone. */
  readonly back: number
  readonly recreated: number
  readonly kept: number
}

/** What a step would do with a contact, unless there is a reason not to. */
type Action = 'delete' | 'restore' | 'recreate' | 'nothing'

const EMAIL_KEY = sql.lit(`$.fields[${placeOf('email_key')}]`)
const TWIN = sql.lit(`$.fields[${placeOf('twin')}]`)

/** The SQL that decides what an undo does with the next contacts of a change. The decisions are in `temp.undo_step`. */
export const undoStepStore = {
  /** Takes the next contacts, in order of their numbers. */
  async take(tx: Tx, step: UndoStep): Promise<{ readonly rows: number; readonly lastNo: number }> {
    await sql`create temp table if not exists undo_step (
      contact_no integer primary key, action text not null, before blob, after_revision integer, has_fields integer,
      email_key text, twin integer, moved integer not null default 0, reason text) strict`.execute(tx)
    await sql`create temp table if not exists undo_moved (
      no integer primary key, contact_no integer not null) strict`.execute(tx)
    await sql`create index if not exists temp.undo_step_email on undo_step (email_key) where email_key is not null`.execute(
      tx,
    )
    await sql`delete from temp.undo_step`.execute(tx)
    const wanted = step.retry
      ? sql`kept = 'address_taken'`
      : step.keepChanged
        ? sql`kept is null`
        : sql`(kept is null or kept in ('changed', 'in_use'))`
    const action = sql`case when before is null then ${lit('delete')}
      when after_revision is null then ${lit('recreate')} else ${lit('restore')} end`
    await sql`insert into temp.undo_step (contact_no, action, before, after_revision, has_fields, email_key, twin)
      select contact_no, ${action}, jsonb(before), after_revision, before -> 'fields' is not null,
        before ->> ${EMAIL_KEY}, before ->> ${TWIN}
      from change_contacts where change_no = ${step.changeNo} and contact_no > ${step.afterNo} and ${wanted}
      order by contact_no limit ${step.mostRows}`.execute(tx)
    const { rows } = await sql<{ taken: number; lastNo: number | null }>`
      select count(*) as taken, max(contact_no) as "lastNo" from temp.undo_step`.execute(tx)
    return { rows: rows[0]?.taken ?? 0, lastNo: rows[0]?.lastNo ?? step.afterNo }
  },

  /** Finds the reasons to leave contacts as they are. */
  async judge(tx: Tx, step: UndoStep): Promise<void> {
    const there = sql`exists (select 1 from contacts where no = contact_no)`
    await sql`update temp.undo_step set action = ${lit('nothing')}
      where (action = ${lit('delete')} and not ${there}) or (action = ${lit('recreate')} and ${there})`.execute(tx)
    await sql`update temp.undo_step set reason = 'gone' where action = ${lit('restore')} and not ${there}`.execute(tx)
    await sql`update temp.undo_step
      set moved = (select revision from contacts where no = contact_no) is not after_revision
      where action in (${lit('delete')}, ${lit('restore')}) and reason is null`.execute(tx)
    if (step.keepChanged) {
      await sql`update temp.undo_step set reason = 'changed' where moved and reason is null`.execute(tx)
      await sql`update temp.undo_step set reason = 'in_use'
        where action = ${lit('delete')} and reason is null and (
          exists (select 1 from orders where orders.contact_no = undo_step.contact_no
            and orders.change_no is not ${step.changeNo})
          or exists (select 1 from contacts cross join messages on messages.contact_id = contacts.id
            where contacts.no = undo_step.contact_no))`.execute(tx)
    }
    let taken = 0
    do taken = await findTakenAddresses(tx)
    while (taken > 0)
  },

  /** How many contacts the step takes away, brings back, and leaves as they are. */
  async outcome(tx: Tx): Promise<UndoOutcome> {
    const { rows } = await sql<UndoOutcome>`select
        coalesce(sum(reason is null and action = ${lit('delete')}), 0) as deleted,
        coalesce(sum(reason is null and action in (${lit('restore')}, ${lit('recreate')})), 0) as back,
        coalesce(sum(reason is null and action = ${lit('recreate')}), 0) as recreated,
        coalesce(sum(reason is not null), 0) as kept
      from temp.undo_step`.execute(tx)
    return rows[0] ?? { deleted: 0, back: 0, recreated: 0, kept: 0 }
  },

  /** Ids of the contacts that the step deletes and that refused messages on a channel. */
  async refusers(tx: Tx): Promise<readonly string[]> {
    const { rows } = await sql<{
      id: string
    }>`select c.id from temp.undo_step s cross join contacts c on c.no = s.contact_no
      where s.action = ${lit('delete')} and s.reason is null
        and exists (select 1 from consents where consents.contact_no = c.no and status <> 'granted')`.execute(tx)
    return rows.map(row => row.id)
  },

  /** Forgets who was handled, keeps the reasons of the others, and counts. Returns how many were handled. */
  async settle(tx: Tx, changeNo: number, outcome: UndoOutcome): Promise<number> {
    const gone = await sql`delete from change_contacts where change_no = ${changeNo}
      and contact_no in (select contact_no from temp.undo_step where reason is null)`.execute(tx)
    const restored = Number(gone.numAffectedRows ?? 0)
    if (outcome.kept > 0) {
      await sql`update change_contacts
        set kept = (select s.reason from temp.undo_step s where s.contact_no = change_contacts.contact_no)
        where change_no = ${changeNo}
          and contact_no in (select contact_no from temp.undo_step where reason is not null)`.execute(tx)
    }
    await sql`update changes set restored = restored + ${restored} where no = ${changeNo}`.execute(tx)
    return restored
  },

  /** Numbers of the contacts that the step made again, for those who work figures out from them. */
  async recreated(tx: Reader): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`select contact_no as no from temp.undo_step
      where reason is null and action = ${lit('recreate')} order by contact_no`.execute(tx)
    return rows.map(row => row.no)
  },
}

/**
 * An address is free when nobody has it, or when the one who has it gives it up in this very step. Whoever stays gives up
 * nothing, so the question is asked again until nothing changes. Returns how many more are left as they are.
 */
async function findTakenAddresses(tx: Tx): Promise<number> {
  const comesBack = sql`action in (${lit('restore')}, ${lit('recreate')})`
  const result = await sql`update temp.undo_step set reason = 'address_taken'
    where reason is null and ${comesBack} and email_key is not null and (
      exists (select 1 from contacts h where h.email_key = undo_step.email_key and h.twin = undo_step.twin
        and h.no <> undo_step.contact_no and not exists (
          select 1 from temp.undo_step o where o.contact_no = h.no and o.reason is null and (o.action = ${lit('delete')}
            or (o.action = ${lit('restore')} and o.has_fields and (o.email_key, o.twin) is not (h.email_key, h.twin)))))
      or exists (select 1 from temp.undo_step o where o.email_key = undo_step.email_key and o.twin = undo_step.twin
        and o.contact_no < undo_step.contact_no and o.reason is null and o.${comesBack}))`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

function lit(action: Action) {
  return sql.lit(action)
}

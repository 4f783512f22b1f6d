import { type RawBuilder, sql } from 'kysely'
import { assertNever } from '../../kernel/assert-never.ts'
import type { Tx } from '../../storage/transaction.ts'
import { journalStore } from '../changes/journal-store.ts'
import { type Aspect, EVERYTHING } from '../changes/snapshot.ts'
import type { BulkStep } from './bulk-step.ts'

/** A step, for whom, and by whom. */
export interface BulkStepRun {
  readonly changeNo: number
  readonly step: BulkStep
  /** Numbers of contacts, up to 10,000. Those that are gone are passed over. */
  readonly contactNos: readonly number[]
  readonly actor: string
  readonly now: number
  /** Called between the snapshot and the deletion of contacts. */
  readonly beforeDelete: (tx: Tx) => Promise<void>
}

const ASPECTS: Readonly<Record<BulkStep['kind'], readonly Aspect[]>> = {
  set_fields: ['fields'],
  set_tags: ['tags', 'touched'],
  add_to_lists: ['lists'],
  remove_from_lists: ['lists'],
  delete: EVERYTHING,
}

/** The SQL of changes to many contacts, each recorded so that it can be undone. */
export const bulkStepStore = {
  /** Does the step to these contacts; returns how many are not as before. Whoever is as wished already is left alone. */
  async apply(tx: Tx, run: BulkStepRun): Promise<number> {
    const { changeNo, contactNos } = run
    await journalStore.before(tx, changeNo, contactNos, ASPECTS[run.step.kind])
    await change(tx, run)
    const changed = await journalStore.after(tx, changeNo, contactNos)
    if (changed > 0 && 'listNos' in run.step) await touchLists(tx, run.step.listNos, run.now)
    return changed
  },

  /** The numbers of contacts by their ids, in ascending order. Those that are gone are left out. */
  async numbersOf(tx: Tx, ids: readonly string[]): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`select contacts.no from json_each(${JSON.stringify(ids)}) asked
      cross join contacts on contacts.id = asked.value order by contacts.no`.execute(tx)
    return rows.map(row => row.no)
  },

  /** The numbers of lists by their ids; shorter than the ids when one is gone. */
  async listNumbers(tx: Tx, ids: readonly string[]): Promise<readonly number[]> {
    const rows = await tx.selectFrom('lists').select('no').where('id', 'in', ids).execute()
    return rows.map(row => row.no)
  },

  /** The numbers of tags by their ids, or by the keys of their names. */
  async tagNumbers(tx: Tx, column: 'id' | 'name_key', values: readonly string[]): Promise<readonly number[]> {
    if (values.length === 0) return []
    const rows = await tx.selectFrom('tags').select('no').where(column, 'in', values).execute()
    return rows.map(row => row.no)
  },

  /** Ids of those who refused messages on a channel. */
  async refusers(tx: Tx, contactNos: readonly number[]): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`select id from contacts
      where no in (select value from json_each(${JSON.stringify(contactNos)}))
        and exists (select 1 from consents where consents.contact_no = contacts.no and status <> 'granted')`.execute(tx)
    return rows.map(row => row.id)
  },
}

async function change(tx: Tx, run: BulkStepRun): Promise<void> {
  const { step, now, actor } = run
  const these = sql`(select value from json_each(${JSON.stringify(run.contactNos)}))`
  switch (step.kind) {
    case 'set_fields': {
      const set = step.columns.map(({ name, value }) => ({ column: sql.ref(name), value: sql`${value}` }))
      if (step.customPatch !== null)
        set.push({ column: sql.ref('custom'), value: sql`json_patch(custom, ${step.customPatch})` })
      await sql`update contacts set ${sql.join(set.map(({ column, value }) => sql`${column} = ${value}`))},
          updated_at = ${now}, revision = revision + 1
        where no in ${these} and (${sql.join(
          set.map(({ column, value }) => sql`${column} is not ${value}`),
          sql` or `,
        )})`.execute(tx)
      return
    }
    case 'set_tags': {
      const added = await changedBy(
        tx,
        sql`insert into contact_tags (contact_no, tag_no) select contacts.no, tags.no
          from contacts cross join tags on tags.no in (select value from json_each(${JSON.stringify(step.add)}))
          where contacts.no in ${these} on conflict do nothing`,
      )
      const removed = await changedBy(
        tx,
        sql`delete from contact_tags where contact_no in ${these}
          and tag_no in (select value from json_each(${JSON.stringify(step.remove)}))`,
      )
      await countChange(tx, [...added, ...removed], sql`, updated_at = ${now}`)
      return
    }
    case 'add_to_lists':
      await countChange(
        tx,
        await changedBy(
          tx,
          // Who unsubscribed or bounced stays so; who was removed is back.
          sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
            select lists.no, contacts.no, 'active', ${now}, ${actor}, 'added by hand', ${now}
            from contacts cross join lists on lists.no in (select value from json_each(${JSON.stringify(step.listNos)}))
            where contacts.no in ${these}
            on conflict (list_no, contact_no) do update set status = 'active', added_at = excluded.added_at,
              added_by = excluded.added_by, changed_at = excluded.changed_at where list_members.status = 'removed'`,
        ),
      )
      return
    case 'remove_from_lists':
      await countChange(
        tx,
        await changedBy(
          tx,
          // An unsubscribe is kept: taken off and put on again she would be written to.
          sql`update list_members set status = 'removed', changed_at = ${now} where contact_no in ${these}
            and list_no in (select value from json_each(${JSON.stringify(step.listNos)})) and status in ('active', 'bounced')`,
        ),
      )
      return
    case 'delete':
      await run.beforeDelete(tx)
      await sql`delete from contacts where no in ${these}`.execute(tx)
      return
    default:
      assertNever(step)
  }
}

async function changedBy(tx: Tx, statement: RawBuilder<unknown>): Promise<readonly number[]> {
  const { rows } = await sql<{ contactNo: number }>`${statement} returning contact_no as "contactNo"`.execute(tx)
  return rows.map(row => row.contactNo)
}

/** What belongs to a contact is part of her. */
async function countChange(tx: Tx, contactNos: readonly number[], more: RawBuilder<unknown> = sql``): Promise<void> {
  if (contactNos.length === 0) return
  await sql`update contacts set revision = revision + 1 ${more}
    where no in (select value from json_each(${JSON.stringify(contactNos)}))`.execute(tx)
}

async function touchLists(tx: Tx, listNos: readonly number[], at: number): Promise<void> {
  await tx.updateTable('lists').set({ updated_at: at }).where('no', 'in', listNos).execute()
}

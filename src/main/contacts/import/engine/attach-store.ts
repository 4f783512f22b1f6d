import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import type { Aspect } from '../../changes/snapshot.ts'
import type { MergeStep } from './merge-step.ts'
import { stagedRows } from './touched-store.ts'

/** The SQL of what comes to contacts beside their fields. */
export const attachStore = {
  /** Adds tags, ids of other systems, notes and the list. */
  async add(tx: Tx, step: MergeStep): Promise<void> {
    const { plan } = step
    const rows = stagedRows(step)
    const wanted = (policy: string): RawBuilder<unknown> => (policy === 'skip' ? sql`s.is_new = 1` : sql`true`)
    if (plan.tags !== null) {
      await sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
        from ${rows} cross join json_each(r.tags) named cross join tags on tags.name_key = named.value
        where r.tags is not null and ${wanted(plan.tags)} order by s.pos on conflict do nothing`.execute(tx)
    }
    if (plan.externalIds !== null) {
      await sql`insert into contact_external_ids (source, external_id, contact_no)
        select pair.value ->> 0, pair.value ->> 1, s.contact_no from ${rows} cross join json_each(r.external_ids) pair
        where r.external_ids is not null and ${wanted(plan.externalIds)} order by s.pos on conflict do nothing`.execute(
        tx,
      )
    }
    if (plan.notes !== null) {
      await sql`insert into notes (id, contact_no, body, author_id, created_at)
        select ${step.notePrefix} || printf('%08x', ${step.idStart - step.after} + s.pos), s.contact_no, r.note,
          ${step.actor}, ${step.now}
        from ${rows} where r.note is not null and ${wanted(plan.notes)} order by s.pos`.execute(tx)
    }
    if (step.tagKeys.length > 0) {
      await sql`insert into contact_tags (contact_no, tag_no) select s.contact_no, tags.no
        from temp.import_step s cross join tags
        where tags.name_key in (select value from json_each(${JSON.stringify(step.tagKeys)}))
        order by s.pos on conflict do nothing`.execute(tx)
    }
    if (step.listId !== null) {
      // Who is on the list already stays as she is: an import never re-activates anybody.
      await sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
        select (select no from lists where id = ${step.listId}), s.contact_no, 'active', ${step.now}, ${step.actor},
          ${step.source}, ${step.now}
        from temp.import_step s where true order by s.pos on conflict do nothing`.execute(tx)
    }
  },

  /** What came to known contacts beside their fields counts their revision up once. */
  async countRevisions(tx: Tx, touched: readonly Aspect[]): Promise<void> {
    if (touched.every(aspect => aspect === 'fields')) return
    await sql`update contacts set revision = revision + 1
      where no in (select no from temp.import_touched where aspect <> 'fields')`.execute(tx)
  },
}

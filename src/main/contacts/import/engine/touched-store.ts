import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../storage/transaction.ts'
import type { Aspect } from '../../changes/snapshot.ts'
import type { MergeStep } from './merge-step.ts'
import { changing, differs, lacksAddress } from './merge-values-store.ts'

/** The rows of a step, `r`, with what was found out about them, `s`. */
export function stagedRows({ rows }: Pick<MergeStep, 'rows'>): RawBuilder<unknown> {
  return sql`temp.import_step s cross join ${sql.table(rows)} r on r.rowid = s.pos`
}

/** The SQL of whom a step will change, before it does: known contacts in the temporary table `import_touched`. */
export const touchedStore = {
  /** Finds them; contacts above `lastNo` come with the step itself. */
  async find(tx: Tx, step: MergeStep, lastNo: number): Promise<void> {
    const { plan } = step
    await sql`create temp table if not exists import_touched (aspect text not null, no integer not null,
      primary key (aspect, no)) strict, without rowid`.execute(tx)
    await sql`delete from temp.import_touched`.execute(tx)
    const rows = stagedRows(step)
    const isKnown = sql`s.is_new = 0 and s.contact_no <= ${lastNo}`
    const add = (aspect: Aspect, found: RawBuilder<unknown>): Promise<unknown> =>
      sql`insert or ignore into temp.import_touched (aspect, no) select ${aspect}, s.contact_no from ${found}`.execute(
        tx,
      )
    const columns = changing(plan, step.haveEmail)
    const changes: RawBuilder<unknown>[] = []
    if (columns.length > 0) changes.push(differs(columns))
    if (step.haveEmail && plan.externalIds !== null) changes.push(lacksAddress(plan))
    if (plan.changesKnown && changes.length > 0) {
      await add(
        'fields',
        sql`${rows} cross join contacts on contacts.no = s.contact_no
          where ${isKnown} and (${sql.join(changes, sql` or `)})`,
      )
    }
    if (plan.tags !== null && plan.tags !== 'skip') {
      await add(
        'tags',
        sql`${rows} cross join json_each(r.tags) named cross join tags on tags.name_key = named.value
          where ${isKnown} and r.tags is not null and ${lacksTag}`,
      )
    }
    if (step.tagKeys.length > 0) {
      await add(
        'tags',
        sql`temp.import_step s cross join tags where ${isKnown} and ${lacksTag}
          and tags.name_key in (select value from json_each(${JSON.stringify(step.tagKeys)}))`,
      )
    }
    if (step.listId !== null) {
      await add(
        'lists',
        sql`temp.import_step s where ${isKnown} and not exists (select 1 from list_members
          where list_no = (select no from lists where id = ${step.listId}) and contact_no = s.contact_no)`,
      )
    }
    if (plan.externalIds !== null && plan.externalIds !== 'skip') {
      await add(
        'externals',
        sql`${rows} cross join json_each(r.external_ids) pair
          where ${isKnown} and r.external_ids is not null and not exists (select 1 from contact_external_ids
            where source = pair.value ->> 0 and external_id = pair.value ->> 1)`,
      )
    }
    if (plan.notes !== null && plan.notes !== 'skip') {
      await add('notes', sql`${rows} where ${isKnown} and r.note is not null`)
    }
  },

  /** In what they will change. */
  async aspects(tx: Tx): Promise<readonly Aspect[]> {
    const { rows } = await sql<{ aspect: Aspect }>`select distinct aspect from temp.import_touched`.execute(tx)
    return rows.map(({ aspect }) => aspect)
  },

  /** Those who will change in an aspect, or in any, as a select of `no`. */
  contacts: (aspect: Aspect | null): RawBuilder<unknown> =>
    aspect === null
      ? sql`select distinct no from temp.import_touched`
      : sql`select no from temp.import_touched where aspect = ${aspect}`,
}

const lacksTag = sql`not exists (select 1 from contact_tags
  where contact_no = s.contact_no and tag_no = tags.no)`

import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** The newest tag and list at some moment of a transaction. */
export interface Newest {
  readonly tagNo: number
  readonly listNo: number
}

/** A tag or list that a change made. */
export interface Made {
  readonly kind: 'tag' | 'list'
  readonly no: number
  readonly id: string
}

/** The SQL of tags, lists and custom fields that came with a change and go with its undo. */
export const madeStore = {
  async newest(tx: Tx): Promise<Newest> {
    const { rows } = await sql<Newest>`select coalesce((select max(no) from tags), 0) as "tagNo",
      coalesce((select max(no) from lists), 0) as "listNo"`.execute(tx)
    return rows[0] ?? { tagNo: 0, listNo: 0 }
  },

  /** Notes what this transaction made since `before` as made by the change. */
  async note(tx: Tx, changeNo: number, before: Newest): Promise<void> {
    await sql`insert into change_made (change_no, kind, no)
      select ${changeNo}, 'tag', no from tags where no > ${before.tagNo}
      union all select ${changeNo}, 'list', no from lists where no > ${before.listNo}`.execute(tx)
  },

  /** Notes a custom field as made by the change. */
  async noteField(tx: Tx, changeNo: number, key: string): Promise<void> {
    await tx.insertInto('change_made_fields').values({ change_no: changeNo, key }).execute()
  },

  /** Keys of custom fields that the change made and that no contact has a value of. Reads every contact: for the heavy reader. */
  async fieldsWithoutValues(reader: Reader, changeNo: number): Promise<readonly string[]> {
    const { rows } = await sql<{ key: string }>`select m.key from change_made_fields m
      cross join custom_fields f on f.key = m.key where m.change_no = ${changeNo} and not exists (
        select 1 from contacts where custom <> '{}' and custom -> ('$."' || m.key || '"') is not null)`.execute(reader)
    return rows.map(row => row.key)
  },

  /** Whether a custom field is there that the change made. */
  async hasMadeFields(reader: Reader, changeNo: number): Promise<boolean> {
    const { rows } = await sql`select 1 as one from change_made_fields m cross join custom_fields f on f.key = m.key
      where m.change_no = ${changeNo} limit 1`.execute(reader)
    return rows.length > 0
  },

  /** Where custom fields can be asked for by key: rules, views, scores and what is written to people, as texts. */
  async fieldMentions(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ says: string | null }>`select rule as says from segments
      union all select rule from segment_versions union all select rule from score_rules
      union all select draft from campaigns union all select frozen from campaigns
      union all select content from templates union all select content from template_versions
      union all select view from saved_views`.execute(reader)
    return rows.map(row => row.says ?? '')
  },

  /** Deletes custom fields. */
  async removeFields(tx: Tx, keys: readonly string[]): Promise<void> {
    await sql`delete from custom_fields where key in (select value from json_each(${JSON.stringify(keys)}))`.execute(tx)
  },

  /** What the change made that nobody has and that is still there. */
  async unused(reader: Reader, changeNo: number): Promise<readonly Made[]> {
    const { rows } = await sql<Made>`
      select 'tag' as kind, tags.no, tags.id from change_made m cross join tags on tags.no = m.no
      where m.change_no = ${changeNo} and m.kind = 'tag'
        and not exists (select 1 from contact_tags where tag_no = tags.no)
      union all
      select 'list', lists.no, lists.id from change_made m cross join lists on lists.no = m.no
      where m.change_no = ${changeNo} and m.kind = 'list'
        and not exists (select 1 from list_members where list_no = lists.no)`.execute(reader)
    return rows
  },

  /** Where tags and lists can be asked for by id: rules, audiences and views, as texts. */
  async mentions(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ says: string | null }>`select rule as says from segments
      union all select draft ->> '$.audience' from campaigns
      union all select frozen ->> '$.audience' from campaigns
      union all select view from saved_views`.execute(reader)
    return rows.map(row => row.says ?? '')
  },

  /** Deletes tags and lists, unless somebody has got them by now. */
  async remove(tx: Tx, made: readonly Made[]): Promise<void> {
    const numbers = (kind: Made['kind']): string =>
      JSON.stringify(made.filter(one => one.kind === kind).map(one => one.no))
    await sql`delete from tags where no in (select value from json_each(${numbers('tag')}))
      and not exists (select 1 from contact_tags where tag_no = tags.no)`.execute(tx)
    await sql`delete from lists where no in (select value from json_each(${numbers('list')}))
      and not exists (select 1 from list_members where list_no = lists.no)`.execute(tx)
  },
}

import { sql } from 'kysely'
import type { ContactFilter } from '../../../shared/contract/contact-filter.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { contactCondition } from '../table/contact-condition-store.ts'

/** A part of a selection: numbers of contacts in ascending order, as a JSON array. */
export interface BulkPart {
  readonly part: number
  readonly contactNos: string
}

/** The SQL of selections that wait to be changed. */
export const bulkStore = {
  /** Everybody that a filter finds but some, in parts of `size`, as of one moment; and how many they are. */
  async select(
    reader: Reader,
    filter: ContactFilter,
    except: readonly string[],
    options: { readonly size: number; readonly now: number },
  ): Promise<{ readonly parts: readonly BulkPart[]; readonly contacts: number }> {
    const others =
      except.length === 0 ? sql`true` : sql`id not in (select value from json_each(${JSON.stringify(except)}))`
    const { rows } = await sql<BulkPart & { readonly contacts: number }>`
      select part, json_group_array(no) as "contactNos", count(*) as contacts from (
        select no, (row_number() over (order by no) - 1) / ${sql.lit(options.size)} as part
        from contacts where ${contactCondition(filter, options.now)} and ${others} order by no)
      group by part order by part`.execute(reader)
    return { parts: rows, contacts: rows.reduce((sum, row) => sum + row.contacts, 0) }
  },

  /** These contacts, as far as they are there, in parts of `size`. */
  async selectIds(
    reader: Reader,
    ids: readonly string[],
    size: number,
  ): Promise<{ readonly parts: readonly BulkPart[]; readonly contacts: number }> {
    const { rows } = await sql<BulkPart & { readonly contacts: number }>`
      select part, json_group_array(no) as "contactNos", count(*) as contacts from (
        select contacts.no, (row_number() over (order by contacts.no) - 1) / ${sql.lit(size)} as part
        from contacts where id in (select value from json_each(${JSON.stringify(ids)})) order by contacts.no)
      group by part order by part`.execute(reader)
    return { parts: rows, contacts: rows.reduce((sum, row) => sum + row.contacts, 0) }
  },

  /** How many contacts are still to be changed. */
  async countLeft(reader: Reader, changeNo: number): Promise<number> {
    const { rows } = await sql<{ n: number | null }>`select sum(json_array_length(contact_nos)) as n from bulk_parts
      where change_no = ${changeNo}`.execute(reader)
    return rows[0]?.n ?? 0
  },

  async addParts(tx: Tx, changeNo: number, parts: readonly BulkPart[]): Promise<void> {
    const rows = JSON.stringify(parts.map(({ part, contactNos }) => [part, contactNos]))
    await sql`insert into bulk_parts (change_no, part, contact_nos)
      select ${changeNo}, value ->> 0, value ->> 1 from json_each(${rows})`.execute(tx)
  },

  /** The next parts that are not done yet, up to `most`; none after the last. */
  async nextParts(tx: Tx, changeNo: number, most: number): Promise<readonly BulkPart[]> {
    return tx
      .selectFrom('bulk_parts')
      .select(['part', 'contact_nos as contactNos'])
      .where('change_no', '=', changeNo)
      .orderBy('part')
      .limit(most)
      .execute()
  },

  /** Removes the parts up to one. */
  async removePartsTo(tx: Tx, changeNo: number, part: number): Promise<void> {
    await tx.deleteFrom('bulk_parts').where('change_no', '=', changeNo).where('part', '<=', part).execute()
  },

  /** What was not done yet will not be. */
  async removeParts(tx: Tx, changeNo: number): Promise<void> {
    await tx.deleteFrom('bulk_parts').where('change_no', '=', changeNo).execute()
  },

  /** Changes whose job was cancelled before it began. */
  async abandoned(reader: Reader): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`select distinct change_no as no from bulk_parts
      where not exists (select 1 from jobs join changes on changes.no = bulk_parts.change_no
        where jobs.state in ('waiting','running') and jobs.subject = changes.id)`.execute(reader)
    return rows.map(row => row.no)
  },
}

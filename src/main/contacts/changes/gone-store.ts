import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** Some contacts that are gone for good, and the last one that was looked at; null after the last of all. */
export interface Gone {
  readonly nos: readonly number[]
  readonly last: number | null
}

// What outlives a contact, so that an undo finds it: tables with a column contact_no and no foreign key.
const BELONGINGS = [
  'orders',
  'order_totals',
  'rfm',
  'contact_events',
  'contact_activity',
  'engagement',
  'lead_scores',
  'stale_figures',
  'segment_members',
  'segment_moves',
] as const

/** The SQL of what is left of contacts who are gone. Their numbers are never used again. */
export const goneStore = {
  /** Of the next `most` contacts that are gone and have left something, those whom no change can bring back. */
  async forGood(reader: Reader, after: number, most: number): Promise<Gone> {
    const { rows } = await sql<{ no: number; isForGood: number }>`select no,
        not exists (select 1 from changes cross join change_contacts k on k.change_no = changes.no and k.contact_no = gone.no)
          and ${hasBelongings()} as "isForGood"
      from (select no from contacts_gone where no > ${after} order by no limit ${most}) gone`.execute(reader)
    const last = rows.at(-1)
    return {
      nos: rows.filter(row => row.isForGood === 1).map(row => row.no),
      last: last === undefined || rows.length < most ? null : last.no,
    }
  },

  /** Removes what belonged to these contacts, a JSON array of numbers, unless they are there. */
  async removeBelongings(tx: Tx, nos: string): Promise<void> {
    const gone = sql`select value from json_each(${nos}) where value not in (select no from contacts)
      and value not in (select contact_no from change_contacts where contact_no = value and change_no in (
        select no from changes))`
    for (const table of BELONGINGS) await sql`delete from ${sql.table(table)} where contact_no in (${gone})`.execute(tx)
  },
}

function hasBelongings() {
  return sql`(${sql.join(
    BELONGINGS.map(table => sql`exists (select 1 from ${sql.table(table)} where contact_no = gone.no)`),
    sql` or `,
  )})`
}

import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** How much is remembered of changes. */
export interface Retention {
  readonly keepMs: number
  /** Of changes to many contacts, the newest so many are remembered; and of all changes, the newest so many. */
  readonly mostBig: number
  readonly mostInAll: number
  /** A change to more contacts than this is a big one. */
  readonly bigContacts: number
  /** For how long a line says that there was a change. */
  readonly keepLinesMs: number
}

const OVER = sql`not exists (select 1 from jobs where jobs.state in ('waiting','running') and jobs.subject = changes.id)
  and not exists (select 1 from imports where imports.change_no = changes.no
    and imports.state in ('waiting','running','paused'))`

/** The SQL of forgetting changes. */
export const forgetStore = {
  /** The next change to forget, oldest first; null when all may stay. */
  async next(reader: Reader, now: number, retention: Retention): Promise<number | null> {
    const { rows } = await sql<{ no: number }>`select no from (
        select no, id, state, made_at, exists (select 1 from change_contacts where change_no = changes.no) as has_rows,
          row_number() over (order by no desc) as place,
          sum(contacts > ${retention.bigContacts}) over (order by no desc) as big_place, contacts
        from changes) changes
      where has_rows and (state = 'expired' or (${OVER} and (made_at <= ${now - retention.keepMs}
        or place > ${retention.mostInAll} or (contacts > ${retention.bigContacts} and big_place > ${retention.mostBig}))))
      order by no limit 1`.execute(reader)
    return rows[0]?.no ?? null
  },

  /** From now on the change cannot be undone. One that was undone stays so. */
  async expire(tx: Tx, no: number): Promise<void> {
    await sql`update changes set state = 'expired' where no = ${no} and state in ('recording', 'done', 'undoing')`.execute(
      tx,
    )
  },

  /** Deletes up to `most` snapshots of a change; returns how many. */
  async removeRows(tx: Tx, no: number, most: number): Promise<number> {
    const result = await sql`delete from change_contacts where change_no = ${no} and contact_no < coalesce(
      (select contact_no from change_contacts where change_no = ${no} order by contact_no limit 1 offset ${most}),
      9007199254740991)`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  /** Deletes the lines of changes that nobody asks for any more. */
  async removeLines(tx: Tx, before: number): Promise<void> {
    await sql`delete from changes where made_at <= ${before} and state in ('undone', 'expired')
      and not exists (select 1 from change_contacts where change_no = changes.no)`.execute(tx)
  },
}

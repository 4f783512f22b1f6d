import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** How much is remembered of changes. */
export interface Retention {
  readonly keepMs: number
  /** The newest so many are remembered: of changes to many contacts, to a few, and of edits of a single one. */
  readonly mostBig: number
  readonly mostSmall: number
  readonly mostSingle: number
  /** A change to more contacts than this is a big one. */
  readonly bigContacts: number
  /** For how long a line says that there was a change. */
  readonly keepLinesMs: number
}

/** A change whose snapshots may go. */
export interface Forgettable {
  readonly no: number
  readonly kind: string
}

const OVER = sql`not exists (select 1 from jobs where jobs.state in ('waiting','running') and jobs.subject = changes.id)
  and not exists (select 1 from imports where imports.change_no = changes.no
    and imports.state in ('waiting','running','paused'))`

/** The SQL of forgetting changes. */
export const forgetStore = {
  /** The next change to forget, oldest first; null when all may stay. */
  async next(reader: Reader, now: number, retention: Retention): Promise<Forgettable | null> {
    const { rows } = await sql<Forgettable>`select no, kind from (
        select no, id, kind, state, made_at, most, row_number() over (partition by most order by no desc) as place from (
          select no, id, kind, state, made_at, case when contacts > ${retention.bigContacts} or kind = 'orders' then ${retention.mostBig}
            when contacts > 1 then ${retention.mostSmall} else ${retention.mostSingle} end as most
          from changes where exists (select 1 from change_contacts where change_no = changes.no)
            or exists (select 1 from change_orders where change_no = changes.no))) changes
      where state = 'expired' or (${OVER} and (made_at <= ${now - retention.keepMs} or place > most))
      order by no limit 1`.execute(reader)
    return rows[0] ?? null
  },

  /** From now on the change cannot be undone. One that was undone stays so. */
  async expire(tx: Tx, no: number): Promise<void> {
    await sql`update changes set state = 'expired' where no = ${no} and state in ('recording', 'done', 'undoing')`.execute(
      tx,
    )
  },

  /** Deletes up to `most` snapshots of orders of a change; returns how many. */
  async removeOrders(tx: Tx, no: number, most: number): Promise<number> {
    const result = await sql`delete from change_orders where change_no = ${no} and order_no in (
      select order_no from change_orders where change_no = ${no} order by order_no limit ${most})`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  /** Deletes up to `most` snapshots of contacts of a change; returns how many. */
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

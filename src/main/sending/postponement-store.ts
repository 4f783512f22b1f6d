import { sql } from 'kysely'
import type { Tx } from '../storage/transaction.ts'

/** The SQL of messages that wait for a better time. */
export const postponementStore = {
  /** When messages were put off for the first time, by message; nothing for those that never were. */
  async firstTimes(tx: Tx, messageIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ id: string; at: number }>`
      select l.message_id as id, min(l.at) as at
      from json_each(${JSON.stringify(messageIds)}) as asked cross join ledger l on l.message_id = asked.value
      where l.kind = 'postponed' and l.seq > coalesce((select max(r.seq) from ledger r
        where r.message_id = l.message_id and r.kind = 'reopened'), 0) group by l.message_id`.execute(tx)
    return new Map(rows.map(row => [row.id, row.at]))
  },

  /** Makes messages due later; only those that are still ready. Returns which were. */
  async putOff(
    tx: Tx,
    later: readonly { readonly messageId: string; readonly until: number }[],
    now: number,
  ): Promise<ReadonlySet<string>> {
    const rows = JSON.stringify(later.map(one => [one.messageId, one.until]))
    const changed = await sql<{ id: string }>`
      update messages set due_at = asked.until, updated_at = ${now}
      from (select value ->> 0 as id, value ->> 1 as until from json_each(${rows})) as asked
      where messages.id = asked.id and messages.state = 'ready'
      returning messages.id as id`.execute(tx)
    return new Set(changed.rows.map(row => row.id))
  },
}

import { sql } from 'kysely'
import type { Tx } from '../storage/transaction.ts'

/**
 * A message that a person lets go again begins another life. The keys of its lines in the ledger carry the number of the life
 * from the second on, so that it can be skipped, moved or cancelled once in each.
 */
export const livesStore = {
  /** What is added to the keys of these messages: nothing in the first life, `:2` in the second. */
  async suffixes(tx: Tx, messageIds: readonly string[]): Promise<(messageId: string) => string> {
    const { rows } = await sql<{ id: string; lives: number }>`
      select l.message_id as id, count(*) + 1 as lives from json_each(${JSON.stringify(messageIds)}) as asked
      cross join ledger l on l.message_id = asked.value where l.kind = 'reopened' group by l.message_id`.execute(tx)
    const lives = new Map(rows.map(row => [row.id, row.lives]))
    return messageId => {
      const life = lives.get(messageId)
      return life === undefined ? '' : `:${life}`
    }
  },
}

import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** How far an account's events were read. */
export interface PollState {
  readonly cursor: string
  readonly polledAt: number
  readonly problem: string
}

// `poll_cursors` is for mailboxes too; accounts have one source.
const SOURCE = 'events'

/** What is asked of providers, and how far it was read. */
export const pollStore = {
  /** Accounts that have sent since an instant: only they can have news. */
  async senders(reader: Reader, since: number): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`
      select s.id from senders s where s.archived_at is null and s.provider not in ('practice', 'smtp')
        and exists (select 1 from attempts a where a.sender_id = s.id and a.started_at >= ${since})`.execute(reader)
    return rows.map(row => row.id)
  },

  /** What is known of accounts, by id. */
  async states(reader: Reader): Promise<ReadonlyMap<string, PollState>> {
    const rows = await reader
      .selectFrom('poll_cursors')
      .select(['owner', 'cursor', 'polled_at', 'problem'])
      .where('source', '=', SOURCE)
      .execute()
    return new Map(
      rows.map(({ owner, cursor, polled_at: polledAt, problem }) => [owner, { cursor, polledAt, problem }]),
    )
  },

  async save(tx: Tx, owner: string, state: PollState): Promise<void> {
    const { cursor, polledAt, problem } = state
    await tx
      .insertInto('poll_cursors')
      .values({ owner, source: SOURCE, cursor, polled_at: polledAt, problem })
      .onConflict(conflict =>
        conflict.columns(['owner', 'source']).doUpdateSet({ cursor, polled_at: polledAt, problem }),
      )
      .execute()
  },
}

import { sql } from 'kysely'
import type { Tx } from '../storage/transaction.ts'
import type { LedgerEntry } from './index.ts'

/** The only writes to the ledger besides the set-based ones of planning and cancelling. */
export const ledgerStore = {
  /** Appends; an entry whose key is known already is left as it was. */
  async append(tx: Tx, entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length === 0) return
    const rows = entries.map(entry => [
      entry.at,
      entry.kind,
      entry.campaignId,
      entry.messageId,
      entry.contactId,
      entry.eventKey,
      JSON.stringify(entry.data),
    ])
    await sql`
      insert into ledger (at, kind, campaign_id, message_id, contact_id, event_key, data)
      select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
      from json_each(${JSON.stringify(rows)}) where true
      on conflict (event_key) do nothing`.execute(tx)
  },
}

import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { addToActivity } from './projection-store.ts'

/** An event that did not come from the ledger. */
export interface NewContactEvent {
  readonly contactNo: number
  readonly kind: 'custom' | 'score_crossed'
  readonly name: string
  readonly at: number
  /** JSON. */
  readonly properties: string
  /** The second event with a key is passed over. */
  readonly key: string
}

/** The SQL of events of contacts besides those of the ledger. */
export const eventStore = {
  /** Adds events and counts them into the activity; returns how many are new. */
  async add(tx: Tx, events: readonly NewContactEvent[]): Promise<number> {
    if (events.length === 0) return 0
    const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) as no from contact_events`.execute(tx)
    const json = JSON.stringify(
      events.map(event => [event.contactNo, event.kind, event.name, event.at, event.properties, event.key]),
    )
    const result = await sql`insert into contact_events (contact_no, kind, name, at, campaign_id, properties, event_key)
      select value ->> 0, value ->> 1, value ->> 2, value ->> 3, null, value ->> 4, value ->> 5 from json_each(${json}) where true
      on conflict (event_key) do nothing`.execute(tx)
    await addToActivity(tx, rows[0]?.no ?? 0)
    return Number(result.numAffectedRows ?? 0)
  },

  async contactNo(reader: Reader, id: string): Promise<number | null> {
    const row = await reader.selectFrom('contacts').select('no').where('id', '=', id).executeTakeFirst()
    return row?.no ?? null
  },

  async page(
    reader: Reader,
    contactNo: number,
    before: { readonly at: number; readonly no: number } | null,
    limit: number,
  ) {
    let query = reader
      .selectFrom('contact_events')
      .select(['no', 'kind', 'name', 'at', 'campaign_id', 'properties'])
      .where('contact_no', '=', contactNo)
      .orderBy('at', 'desc')
      .orderBy('no', 'desc')
      .limit(limit)
    if (before) {
      query = query.where(eb =>
        eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('no', '<', before.no)])]),
      )
    }
    return query.execute()
  },

  /** Names of custom events, the most frequent first. */
  async names(
    reader: Reader,
  ): Promise<readonly { readonly name: string; readonly events: number; readonly contacts: number }[]> {
    const { rows } = await sql<{ name: string; events: number; contacts: number }>`
      select name, sum(events) as events, count(*) as contacts from contact_activity indexed by contact_activity_by_events
      where kind = 'custom' group by name order by events desc, name limit 500`.execute(reader)
    return rows
  },
}

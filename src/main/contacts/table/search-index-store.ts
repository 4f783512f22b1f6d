import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { NAMES_TEXT, REST_TEXT } from './column-store.ts'
import { LOOKED_AT } from './contact-condition-store.ts'

// A campaign with a low limit has moments without a message on its way.
const QUIET_MS = 10_000

/** How far the search index is. */
export interface IndexState {
  /** Contacts up to this number are in the index, but those that changed since. */
  readonly indexedTo: number
  readonly newest: number
  /** Contacts that the index does not show as they are; counted up to a limit. */
  readonly waiting: number
}

/** How many contacts a step takes in: of those that changed or are gone, and of new ones. */
export interface CaughtUp {
  readonly changed: number
  readonly fresh: number
}

/** The SQL of the search index. It has no copy of the text: what a contact says is read from the contact. */
export const searchIndexStore = {
  async state(reader: Reader, countUpTo: number): Promise<IndexState> {
    const { rows } = await sql<{ indexedTo: number; newest: number; pending: number; fresh: number }>`
      select s.indexed_to as "indexedTo", coalesce((select max(no) from contacts), 0) as newest,
        (select count(*) from (select 1 from contacts_search_pending limit ${countUpTo})) as pending,
        (select count(*) from (select 1 from contacts where no > s.indexed_to limit ${countUpTo})) as fresh
      from contacts_search_state s`.execute(reader)
    const row = rows[0]
    if (!row) throw new Error('the search index has no state')
    return { indexedTo: row.indexedTo, newest: row.newest, waiting: row.pending + row.fresh }
  },

  /** About how many contacts a search with the reach `so_far` does not look at; 0 only when it finds everybody. */
  async unsearched(reader: Reader): Promise<number> {
    const { rows } = await sql<{ fresh: number; isSome: number; changed: number; all: number }>`
      select s.fresh, exists (select 1 from contacts where no > s.indexed_to and no <= s.indexed_to + s.fresh) as "isSome",
        (select count(*) from contacts_search_pending) - ${LOOKED_AT} as changed, (select count(*) from contacts) as "all"
      from (select indexed_to, (select max(no) from contacts) - ${LOOKED_AT} - indexed_to as fresh
        from contacts_search_state) s`.execute(reader)
    const row = rows[0]
    if (!row) throw new Error('the search index has no state')
    // Numbers are never used twice, so the span may have been thinned out by deletions.
    const fresh = row.isSome === 1 ? Math.min(row.fresh, row.all) : 0
    return fresh + Math.max(0, row.changed)
  },

  /** Takes in the next contacts: those that changed, or new ones when none did. */
  async catchUp(tx: Tx, most: CaughtUp): Promise<CaughtUp> {
    const changed = await changedOnes(tx, most.changed)
    if (changed.length > 0) {
      const numbers = JSON.stringify(changed)
      await sql`delete from contacts_search where rowid in (select value from json_each(${numbers}))`.execute(tx)
      await sql`insert into contacts_search (rowid, names, rest)
        select contacts.no, ${NAMES_TEXT}, ${REST_TEXT} from json_each(${numbers}) as asked
          cross join contacts on contacts.no = asked.value`.execute(tx)
      await sql`delete from contacts_search_pending
        where contact_no in (select value from json_each(${numbers}))`.execute(tx)
      return { changed: changed.length, fresh: 0 }
    }
    return { changed: 0, fresh: await takeNew(tx, most.fresh) }
  },

  /** True when more than `least` contacts, and most that the index holds, are not as it shows them or gone. */
  async isMostlyStale(reader: Reader, least: number): Promise<boolean> {
    const { rows } = await sql<{ stale: number; held: number }>`
      select (select count(*) from contacts_search_pending) as stale,
        (select count(*) from contacts_search_docsize) as held`.execute(reader)
    const { stale = 0, held = 0 } = rows[0] ?? {}
    return stale > least && stale * 2 > held
  },

  /** Begins the index anew. */
  async empty(tx: Tx): Promise<void> {
    await sql`insert into contacts_search (contacts_search) values ('delete-all')`.execute(tx)
    await sql`delete from contacts_search_pending`.execute(tx)
    await sql`update contacts_search_state set indexed_to = 0`.execute(tx)
  },

  /** True while messages go out: one is on its way, or was within the last seconds. Long statements can wait. */
  async isSending(reader: Reader, now: number): Promise<boolean> {
    const { rows } = await sql<{ busy: number }>`
      select exists (select 1 from messages where state in ('claimed', 'attempting'))
        or exists (select 1 from senders cross join attempts on attempts.sender_id = senders.id
          and attempts.started_at > ${now - QUIET_MS}) as busy`.execute(reader)
    return rows[0]?.busy === 1
  },
}

async function changedOnes(tx: Tx, most: number): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('contacts_search_pending')
    .select('contact_no')
    .orderBy('contact_no')
    .limit(most)
    .execute()
  return rows.map(row => row.contact_no)
}

async function takeNew(tx: Tx, most: number): Promise<number> {
  const { rows } = await sql<{ last: number | null; n: number }>`
    select max(no) as last, count(*) as n from (
      select no from contacts where no > (select indexed_to from contacts_search_state) order by no limit ${most}
    )`.execute(tx)
  const { last = null, n = 0 } = rows[0] ?? {}
  if (last === null) return 0
  await sql`insert into contacts_search (rowid, names, rest)
    select contacts.no, ${NAMES_TEXT}, ${REST_TEXT} from contacts
    where contacts.no > (select indexed_to from contacts_search_state) and contacts.no <= ${last}`.execute(tx)
  await sql`update contacts_search_state set indexed_to = ${last}`.execute(tx)
  return n
}

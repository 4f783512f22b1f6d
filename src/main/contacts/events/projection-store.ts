import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'

const CURSOR = 'ledger'

/** The SQL that turns lines of the ledger into events of contacts. It only reads the ledger, and nothing of it is slower for it. */
export const projectionStore = {
  /** Up to which line of the ledger events are there, and which line is the last. */
  async position(reader: Reader): Promise<{ readonly at: number; readonly last: number }> {
    const { rows } = await sql<{ at: number; last: number }>`select
      coalesce((select position from event_cursors where name = ${CURSOR}), 0) as at,
      coalesce((select max(seq) from ledger), 0) as last`.execute(reader)
    return rows[0] ?? { at: 0, last: 0 }
  },

  /**
   * Projects the lines after the cursor, at most `limit`, and moves the cursor. Their contacts become stale. Lines of
   * contacts that were merged away go to the survivor; lines of contacts that were deleted are passed over.
   */
  async step(tx: Tx, limit: number): Promise<number> {
    const { at, last } = await projectionStore.position(tx)
    const upTo = Math.min(at + limit, last)
    if (upTo <= at) return 0
    await project(tx, sql`l.seq > ${at} and l.seq <= ${upTo}`)
    await sql`insert into event_cursors (name, position) values (${CURSOR}, ${upTo})
      on conflict (name) do update set position = excluded.position`.execute(tx)
    return upTo - at
  },

  /** Projects everything on record about contacts again, such as after a deletion was undone. */
  async ofContacts(tx: Tx, ids: readonly string[]): Promise<void> {
    await project(tx, sql`l.contact_id in (select value from json_each(${JSON.stringify(ids)}))`)
  },

  /** Forgets what was projected from the ledger and begins again; custom events stay. */
  async restart(tx: Tx): Promise<void> {
    await sql`insert or ignore into stale_figures select distinct contact_no from contact_activity`.execute(tx)
    await sql`delete from contact_events where event_key like 'ledger:%'`.execute(tx)
    await sql`delete from contact_activity`.execute(tx)
    await sql`delete from event_cursors where name = ${CURSOR}`.execute(tx)
    await addToActivity(tx, 0)
  },

  /** Counts events again from the rows for those of these contacts, a JSON array of numbers, whose events changed hands. */
  async recount(tx: Tx, contactNos: string): Promise<void> {
    const { rows } = await sql<{
      nos: string
    }>`select json_group_array(chunk.value) as nos from json_each(${contactNos}) as chunk
      where (select count(*) from contact_events e where e.contact_no = chunk.value)
        <> (select coalesce(sum(a.events), 0) from contact_activity a where a.contact_no = chunk.value)`.execute(tx)
    const nos = rows[0]?.nos ?? '[]'
    if (nos === '[]') return
    await sql`delete from contact_activity where contact_no in (select value from json_each(${nos}))`.execute(tx)
    await sql`insert into contact_activity (contact_no, kind, name, events, first_at, last_at)
      select e.contact_no, e.kind, e.name, count(*), min(e.at), max(e.at)
      from json_each(${nos}) as chunk join contact_events e on e.contact_no = chunk.value
      group by e.contact_no, e.kind, e.name`.execute(tx)
  },
}

async function project(tx: Tx, lines: ReturnType<typeof sql>): Promise<void> {
  const before = await lastNo(tx)
  await sql`insert into contact_events (contact_no, kind, name, at, campaign_id, properties, event_key)
    select coalesce(c.no, a.contact_no), case l.kind when 'accepted' then 'sent' else l.kind end, '', l.at, l.campaign_id,
      case l.kind
        when 'replied' then json_object('channel', (select m.channel from messages m where m.id = l.message_id))
        when 'clicked' then json_object('url', coalesce(l.data ->> '$.url', ''))
        else '{}' end,
      'ledger:' || l.seq
    from ledger l left join contacts c on c.id = l.contact_id left join contact_aliases a on a.old_id = l.contact_id
    where ${lines}
      and l.kind in ('accepted', 'delivered', 'opened', 'clicked', 'replied', 'bounced', 'unsubscribed', 'complained')
      and coalesce(c.no, a.contact_no) is not null
    order by l.seq on conflict (event_key) do nothing`.execute(tx)
  await addToActivity(tx, before)
  await sql`insert or ignore into stale_figures select contact_no from contact_events where no > ${before}`.execute(tx)
}

async function lastNo(tx: Tx): Promise<number> {
  const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) as no from contact_events`.execute(tx)
  return rows[0]?.no ?? 0
}

/** Counts the events above a number into the activity of their contacts. */
export async function addToActivity(tx: Tx, after: number): Promise<void> {
  await sql`insert into contact_activity (contact_no, kind, name, events, first_at, last_at)
    select contact_no, kind, name, count(*), min(at), max(at) from contact_events where no > ${after}
    group by contact_no, kind, name having true
    on conflict (contact_no, kind, name) do update set events = events + excluded.events,
      first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)`.execute(tx)
}

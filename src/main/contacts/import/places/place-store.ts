import { type RawBuilder, sql } from 'kysely'
import type { Reader, Tx } from '../../../storage/transaction.ts'

/**
 * The SQL of places that come later. A row put into the R*Tree (`contact_places`) changes pages all over it, which for a
 * million rows in the order of their keys takes longer than the whole import. From `deferred_from` on, triggers leave new
 * contacts out, and whoever asks for places looks at these contacts themselves.
 */
export const placeStore = {
  /** Leaves the places of contacts above `lastNo` to the job; those that wait for it already still do. */
  async defer(tx: Tx, lastNo: number): Promise<void> {
    await sql`update contact_places_state set deferred_from = coalesce(deferred_from, ${lastNo + 1})`.execute(tx)
  },

  /** The first contact whose place may be missing; null when none is. */
  async deferredFrom(reader: Reader): Promise<number | null> {
    const row = await reader.selectFrom('contact_places_state').select('deferred_from').executeTakeFirst()
    return row?.deferred_from ?? null
  },

  /** Whether contacts are gone whose places are still in the index. */
  async hasGone(reader: Reader): Promise<boolean> {
    const { rows } = await sql`select 1 as one from contact_places_gone limit 1`.execute(reader)
    return rows.length > 0
  },

  /** The next `most` contacts that are gone and still have a place, as a JSON array; neighbours follow each other. */
  async goneNeighbours(reader: Reader, most: number): Promise<string> {
    const { rows } = await sql<{ numbers: string }>`select json_group_array(no) as numbers from (
      select g.no from (select no from contact_places_gone order by no limit ${most}) g
        left join contact_places p on p.no = g.no
      order by cast(p.min_latitude * 2 as integer), p.min_longitude)`.execute(reader)
    return rows[0]?.numbers ?? '[]'
  },

  /** Takes the places of these contacts, a JSON array, out of the index, but of those who are back. */
  async takeOut(tx: Tx, numbers: string): Promise<void> {
    await sql`delete from contact_places where no in (
      select value from json_each(${numbers}) where value in (select no from contact_places_gone))`.execute(tx)
    await sql`delete from contact_places_gone where no in (select value from json_each(${numbers}))`.execute(tx)
  },

  /** Contacts with a place from one number to another as a JSON array, in strips from west to east: neighbours follow each other. */
  async neighbours(reader: Reader, from: number, to: number): Promise<string> {
    const { rows } = await sql<{ numbers: string }>`select json_group_array(no) as numbers from (
      select no from contacts where no >= ${from} and no <= ${to} and latitude is not null and longitude is not null
      order by cast(latitude * 2 as integer), longitude)`.execute(reader)
    return rows[0]?.numbers ?? '[]'
  },

  /** Takes in these contacts, a JSON array, but those who are in. */
  async add(tx: Tx, numbers: string): Promise<void> {
    await takeIn(tx, sql`json_each(${numbers}) asked cross join contacts c on c.no = asked.value`, sql`true`)
  },

  /**
   * Takes in who is still missing up to a number, and says that nobody is any more. Returns false when no contact is behind
   * it: then all are in.
   */
  async settle(tx: Tx, upTo: number): Promise<boolean> {
    const from = sql`(select deferred_from from contact_places_state)`
    await takeIn(tx, sql`contacts c`, sql`c.no >= ${from} and c.no <= ${upTo}`)
    const { rows } = await sql<{ last: number | null }>`select max(no) as last from contacts`.execute(tx)
    const more = (rows[0]?.last ?? 0) > upTo
    await tx
      .updateTable('contact_places_state')
      .set({ deferred_from: more ? upTo + 1 : null })
      .execute()
    return more
  },
}

async function takeIn(tx: Tx, contacts: RawBuilder<unknown>, which: RawBuilder<unknown>): Promise<void> {
  // An R*Tree that is being read in a statement cannot be written in it.
  const { rows } = await sql<{ missing: string }>`select json_group_array(c.no) as missing from ${contacts}
    where ${which} and c.latitude is not null and c.longitude is not null
      and not exists (select 1 from contact_places p where p.no = c.no)`.execute(tx)
  await sql`insert into contact_places select c.no, c.latitude, c.latitude, c.longitude, c.longitude
    from json_each(${rows[0]?.missing ?? '[]'}) asked cross join contacts c on c.no = asked.value`.execute(tx)
}

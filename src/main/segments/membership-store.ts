import { sql } from 'kysely'
import type { Reader, Tx } from '../storage/transaction.ts'

/** An entry or exit, with the contact's name where she is still there. */
export interface MoveRow {
  readonly contactId: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly company: string | null
  readonly email: string | null
  readonly kind: 'entered' | 'left'
  readonly at: number
}

/** The SQL of who is in a segment, and of who entered and left. */
export const membershipStore = {
  /**
   * Makes the members of a segment with numbers from `from` to below `to` be exactly `nos` (a JSON array), and writes down who
   * entered and who left. Members that stay are not touched. Doing it again changes nothing.
   */
  async replaceRange(
    tx: Tx,
    segmentNo: number,
    range: { readonly from: number; readonly to: number; readonly nos: string },
    at: number,
  ): Promise<{ readonly entered: number; readonly left: number }> {
    const { from, to, nos } = range
    await sql`insert into segment_moves (segment_no, contact_no, kind, at)
      select ${segmentNo}, m.contact_no, 'left', ${at} from segment_members m
      where m.segment_no = ${segmentNo} and m.contact_no >= ${from} and m.contact_no < ${to}
        and m.contact_no not in (select value from json_each(${nos}))`.execute(tx)
    const left = await sql`delete from segment_members
      where segment_no = ${segmentNo} and contact_no >= ${from} and contact_no < ${to}
        and contact_no not in (select value from json_each(${nos}))`.execute(tx)
    await sql`insert into segment_moves (segment_no, contact_no, kind, at)
      select ${segmentNo}, value, 'entered', ${at} from json_each(${nos}) as found
      where not exists (select 1 from segment_members m where m.segment_no = ${segmentNo} and m.contact_no = found.value)`.execute(
      tx,
    )
    const entered = await sql`insert into segment_members (segment_no, contact_no, entered_at)
      select ${segmentNo}, value, ${at} from json_each(${nos}) where true
      on conflict (segment_no, contact_no) do nothing`.execute(tx)
    return { entered: Number(entered.numAffectedRows ?? 0n), left: Number(left.numAffectedRows ?? 0n) }
  },

  /** Numbers of the members of a range, ascending, as a JSON array. */
  async inRange(reader: Reader, segmentNo: number, from: number, to: number): Promise<string> {
    const { rows } = await sql<{ nos: string }>`
      select json_group_array(contact_no) as nos from (select contact_no from segment_members
        where segment_no = ${segmentNo} and contact_no >= ${from} and contact_no < ${to} order by contact_no)`.execute(
      reader,
    )
    return rows[0]?.nos ?? '[]'
  },

  /** The greatest number of a member. */
  async last(reader: Reader, segmentNo: number): Promise<number> {
    const { rows } = await sql<{ no: number | null }>`
      select max(contact_no) as no from segment_members where segment_no = ${segmentNo}`.execute(reader)
    return rows[0]?.no ?? 0
  },

  /** Members that are still contacts. */
  async count(reader: Reader, segmentNo: number): Promise<number> {
    const { rows } = await sql<{ people: number }>`
      select count(*) as people from segment_members
      where segment_no = ${segmentNo} and contact_no not in (select no from contacts_gone)`.execute(reader)
    return rows[0]?.people ?? 0
  },

  async moves(reader: Reader, segmentNo: number, offset: number, limit: number): Promise<readonly MoveRow[]> {
    const { rows } = await sql<MoveRow>`
      select c.id as "contactId", c.first_name as "firstName", c.last_name as "lastName", c.company, c.email, m.kind, m.at
      from (select no, contact_no, kind, at from segment_moves where segment_no = ${segmentNo}
        order by at desc, no desc limit ${limit} offset ${offset}) m
      left join contacts c on c.no = m.contact_no order by m.at desc, m.no desc`.execute(reader)
    return rows
  },

  async movesTotal(reader: Reader, segmentNo: number): Promise<number> {
    const { rows } = await sql<{ total: number }>`
      select count(*) as total from segment_moves where segment_no = ${segmentNo}`.execute(reader)
    return rows[0]?.total ?? 0
  },

  /** Entries and exits between the bounds of days (ascending instants, one more than there are days). */
  async movesByDay(
    reader: Reader,
    segmentNo: number,
    bounds: readonly number[],
  ): Promise<readonly { readonly entered: number; readonly left: number }[]> {
    const days = bounds.slice(0, -1).map((from, n) => [from, bounds[n + 1] ?? from])
    const { rows } = await sql<{ entered: number; left: number }>`
      select (select count(*) from segment_moves m where m.segment_no = ${segmentNo} and m.kind = 'entered'
          and m.at >= value ->> 0 and m.at < value ->> 1) as entered,
        (select count(*) from segment_moves m where m.segment_no = ${segmentNo} and m.kind = 'left'
          and m.at >= value ->> 0 and m.at < value ->> 1) as "left"
      from json_each(${JSON.stringify(days)}) order by key`.execute(reader)
    return rows
  },

  async ofContact(reader: Reader, contactNo: number) {
    return reader
      .selectFrom('segment_members as m')
      .innerJoin('segments as s', 's.no', 'm.segment_no')
      .select(['s.id', 's.name', 'm.entered_at as enteredAt'])
      .where('m.contact_no', '=', contactNo)
      .where('s.archived_at', 'is', null)
      .orderBy('s.name_key')
      .execute()
  },

  async movesOfContact(reader: Reader, contactNo: number, limit: number) {
    return reader
      .selectFrom('segment_moves as m')
      .innerJoin('segments as s', 's.no', 'm.segment_no')
      .select(['s.id', 's.name', 'm.kind', 'm.at'])
      .where('m.contact_no', '=', contactNo)
      .orderBy('m.at', 'desc')
      .orderBy('m.no', 'desc')
      .limit(limit)
      .execute()
  },
}

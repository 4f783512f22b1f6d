import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'
import type { Person } from './person.ts'

/** A group as it is stored: reasons and contact numbers as JSON arrays. */
export interface GroupRow {
  readonly no: number
  readonly confidence: number
  readonly reasons: string
  readonly contacts: string
}

const PERSON = [
  'no',
  'first_name as firstName',
  'last_name as lastName',
  'company',
  'email_key as emailKey',
  'phone',
  'street',
  'postal_code as postalCode',
  'city',
] as const

/** The SQL of the search for duplicates. */
export const duplicateStore = {
  /** The next contacts in ascending order of their numbers. */
  async peopleAfter(reader: Reader, afterNo: number, limit: number): Promise<readonly Person[]> {
    return reader.selectFrom('contacts').select(PERSON).where('no', '>', afterNo).orderBy('no').limit(limit).execute()
  },

  async people(reader: Reader, nos: readonly number[]): Promise<readonly Person[]> {
    return reader
      .selectFrom('contacts')
      .select(PERSON)
      .where(sql<boolean>`no in (select value from json_each(${JSON.stringify(nos)}))`)
      .execute()
  },

  async count(reader: Reader): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from contacts`.execute(reader)
    return rows[0]?.n ?? 0
  },

  /** Pairs that somebody said are two people, as "lower higher". */
  async dismissed(reader: Reader): Promise<ReadonlySet<string>> {
    const rows = await reader.selectFrom('duplicate_dismissals').select(['one_no', 'other_no']).execute()
    return new Set(rows.map(row => `${row.one_no} ${row.other_no}`))
  },

  /** Ids of the contacts with these numbers that are still there, in the order in which they came. */
  async idsOf(reader: Reader, nos: readonly number[]): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`select id from contacts
      where no in (select value from json_each(${JSON.stringify(nos)})) order by no`.execute(reader)
    return rows.map(row => row.id)
  },

  /** The search that is under way, if there is one. */
  async searching(reader: Reader, kind: string): Promise<string | null> {
    const row = await reader
      .selectFrom('jobs')
      .select('id')
      .where('kind', '=', kind)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst()
    return row?.id ?? null
  },

  /** Writes that these contacts (a JSON array of numbers) are different people, every two of them. */
  async dismiss(tx: Tx, nos: string, by: string, at: number): Promise<void> {
    await sql`insert into duplicate_dismissals (one_no, other_no, dismissed_by, at)
      select a.value, b.value, ${by}, ${at}
      from json_each(${nos}) a join json_each(${nos}) b on a.value < b.value
      where true on conflict do nothing`.execute(tx)
  },

  /** Puts the groups of a finished search in the place of those that were there. */
  async replaceGroups(tx: Tx, groups: string, at: number): Promise<void> {
    await tx.deleteFrom('duplicate_groups').execute()
    await sql`insert into duplicate_groups (confidence, reasons, contacts, found_at)
      select value ->> 'confidence', value -> 'reasons', value -> 'contacts', ${at} from json_each(${groups})`.execute(
      tx,
    )
  },

  async removeGroup(tx: Tx, no: number): Promise<void> {
    await tx.deleteFrom('duplicate_groups').where('no', '=', no).execute()
  },

  async group(reader: Reader, no: number): Promise<GroupRow | null> {
    const row = await reader
      .selectFrom('duplicate_groups')
      .select(['no', 'confidence', 'reasons', 'contacts'])
      .where('no', '=', no)
      .executeTakeFirst()
    return row ?? null
  },

  /** Groups that still have two contacts, the surest first, with how many there are and when they were looked for. */
  async page(
    reader: Reader,
    least: number,
    offset: number,
    limit: number,
  ): Promise<{ readonly rows: readonly GroupRow[]; readonly total: number; readonly foundAt: number | null }> {
    const alive = sql<boolean>`(select count(*) from json_each(duplicate_groups.contacts) m
      join contacts c on c.no = m.value) > 1`
    const rows = await reader
      .selectFrom('duplicate_groups')
      .select(['no', 'confidence', 'reasons', 'contacts'])
      .where('confidence', '>=', least)
      .where(alive)
      .orderBy('confidence', 'desc')
      .orderBy('no')
      .offset(offset)
      .limit(limit)
      .execute()
    const { total, foundAt } = await reader
      .selectFrom('duplicate_groups')
      .select(eb => [eb.fn.countAll<number>().as('total'), eb.fn.max('found_at').as('foundAt')])
      .where('confidence', '>=', least)
      .where(alive)
      .executeTakeFirstOrThrow()
    return { rows, total, foundAt }
  },
}

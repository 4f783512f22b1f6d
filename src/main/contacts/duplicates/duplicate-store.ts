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

  /** Adds groups (a JSON array) to a search that is not shown yet. */
  async addGroups(tx: Tx, search: number, groups: string): Promise<void> {
    await sql`insert into duplicate_groups (search, confidence, reasons, contacts)
      select ${search}, value ->> 'confidence', value -> 'reasons', value -> 'contacts' from json_each(${groups})`.execute(
      tx,
    )
  },

  /** The search whose groups are shown; 0 before the first. */
  async shown(reader: Reader): Promise<number> {
    const row = await reader.selectFrom('duplicate_search').select('shown').executeTakeFirst()
    return row?.shown ?? 0
  },

  /** Shows the groups of a finished search instead of those before. */
  async show(tx: Tx, search: number, at: number): Promise<void> {
    await tx
      .insertInto('duplicate_search')
      .values({ id: 1, shown: search, found_at: at })
      .onConflict(conflict => conflict.column('id').doUpdateSet({ shown: search, found_at: at }))
      .execute()
  },

  /** Removes up to `most` groups that are not shown. Returns how many. */
  async clear(tx: Tx, most: number): Promise<number> {
    const result = await sql`delete from duplicate_groups where no in (select no from duplicate_groups
      where search <> coalesce((select shown from duplicate_search), 0) limit ${most})`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
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

  /** Groups that still have two contacts, the surest first. */
  async best(reader: Reader, least: number, offset: number, limit: number): Promise<readonly GroupRow[]> {
    return reader
      .selectFrom('duplicate_groups')
      .select(['no', 'confidence', 'reasons', 'contacts'])
      .where('search', '=', SHOWN)
      .where('confidence', '>=', least)
      .where(ALIVE)
      .orderBy('confidence', 'desc')
      .orderBy('no')
      .offset(offset)
      .limit(limit)
      .execute()
  },

  /** How many groups still have two contacts, and when they were looked for; null before the first search. */
  async summary(reader: Reader, least: number): Promise<{ readonly total: number; readonly foundAt: number | null }> {
    const { total } = await reader
      .selectFrom('duplicate_groups')
      .select(eb => eb.fn.countAll<number>().as('total'))
      .where('search', '=', SHOWN)
      .where('confidence', '>=', least)
      .where(ALIVE)
      .executeTakeFirstOrThrow()
    const search = await reader.selectFrom('duplicate_search').select('found_at').executeTakeFirst()
    return { total, foundAt: search?.found_at ?? null }
  },
}

const SHOWN = sql<number>`coalesce((select shown from duplicate_search), 0)`
// Who was merged or deleted since is in no group any more; after an undo she is again.
const ALIVE = sql<boolean>`(select count(*) from json_each(duplicate_groups.contacts) m
  cross join contacts c on c.no = m.value) > 1`

import { type RawBuilder, sql } from 'kysely'
import type { Audience, SkipReason } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { SUPPRESSION_PRECEDENCE } from '../compliance/index.ts'
import type { Reader } from '../storage/transaction.ts'

type Condition = RawBuilder<boolean>
type Text = RawBuilder<string>

/** A contact of the audience as SQL finds her. */
export interface MemberRow {
  readonly contactId: string
  readonly address: string
  readonly skip: SkipReason | null
}

/** Contacts by why they fall out (null: they do not), and how many different addresses they have. */
export interface CountRow {
  readonly skip: SkipReason | 'excluded' | null
  readonly people: number
  readonly addresses: number
}

// Up to so many memberships are quicker gathered and sorted for each page than found by a walk over every contact.
const SMALL = 5000

/**
 * The SQL of audiences. `members` and `count` are put together from the same expressions, so that they cannot disagree.
 * Exclusions, suppressions, consents and list statuses are looked up by primary key or covering index (1 µs each).
 */
export const segmentStore = {
  /**
   * The next ids that the audience names, exclusions not yet taken out. A large audience is found on a walk over the index of
   * ids, which costs 1 µs for every contact passed; lists and tags are kept by number and could not be read in order of id.
   */
  async candidates(
    reader: Reader,
    audience: Audience,
    after: string,
    limit: number,
    small = SMALL,
  ): Promise<readonly string[]> {
    const branches = chosenBranches(audience)
    if (branches.length === 0) return []
    const gather = !audience.everyone && (await isSmall(reader, branches, small))
    const { rows } = gather
      ? await sql<{
          id: string
        }>`select c.id from (${union(branches)}) as chosen cross join contacts c on c.no = chosen.no
          where c.id > ${after} order by c.id limit ${limit}`.execute(reader)
      : await sql<{ id: string }>`select c.id from contacts c where c.id > ${after} and ${chosen(audience, 'c')}
          order by c.id limit ${limit}`.execute(reader)
    return rows.map(row => row.id)
  },

  /** What becomes of these contacts, ascending; those that are excluded or gone are left out. */
  async members(
    reader: Reader,
    channel: Channel,
    audience: Audience,
    ids: readonly string[],
  ): Promise<readonly MemberRow[]> {
    const { rows } = await sql<MemberRow>`
      select c.id as "contactId", coalesce(${address(channel, 'c')}, '') as address,
        coalesce(${skip(channel, audience, 'c')}, ${duplicate(channel, audience)}) as skip
      from json_each(${JSON.stringify(ids)}) as asked cross join contacts c on c.id = asked.value
      where not ${excluded(audience, 'c')}
      order by c.id`.execute(reader)
    return rows
  },

  async count(reader: Reader, channel: Channel, audience: Audience): Promise<readonly CountRow[]> {
    const branches = chosenBranches(audience)
    if (branches.length === 0) return []
    const people = audience.everyone
      ? sql`contacts c`
      : sql`(${union(branches)}) as chosen cross join contacts c on c.no = chosen.no`
    // Materialised, because SQLite would otherwise work the reason out once for every place that names it (twice as slow).
    const { rows } = await sql<CountRow>`
      with member (address_key, skip) as materialized (
        select ${key(channel, 'c')},
          case when ${excluded(audience, 'c')} then 'excluded' else ${skip(channel, audience, 'c')} end
        from ${people}
      )
      select skip, count(*) as people, count(distinct case when skip is null then address_key end) as addresses
      from member group by skip`.execute(reader)
    return rows
  },
}

function union(branches: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(branches, sql` union `)
}

/** Whether the branches find at most `most` contacts, each counted as often as she is named. */
async function isSmall(reader: Reader, branches: readonly RawBuilder<unknown>[], most: number): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (${sql.join(branches, sql` union all `)} limit ${most + 1})`.execute(reader)
  return (rows[0]?.n ?? 0) <= most
}

/** One select of numbers of contacts for each thing that the audience names. */
function chosenBranches(audience: Audience): readonly RawBuilder<unknown>[] {
  if (audience.everyone) return [sql`select no from contacts`]
  return [
    ...audience.listIds.map(
      listId =>
        sql`select contact_no as no from list_members where list_no = (select no from lists where id = ${listId}) and status <> 'removed'`,
    ),
    ...audience.tagIds.map(
      tagId => sql`select contact_no as no from contact_tags where tag_no = (select no from tags where id = ${tagId})`,
    ),
    ...(audience.contactIds.length > 0
      ? [sql`select no from contacts where id in (select value from json_each(${JSON.stringify(audience.contactIds)}))`]
      : []),
  ]
}

function any(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql<boolean>`0` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

function onList(listIds: readonly string[], status: Condition, alias: string): Condition[] {
  if (listIds.length === 0) return []
  const ids = sql.join(listIds)
  return [
    sql<boolean>`exists (select 1 from list_members m where m.list_no in (select no from lists where id in (${ids})) and m.contact_no = ${sql.ref(`${alias}.no`)} and ${status})`,
  ]
}

function tagged(tagIds: readonly string[], alias: string): Condition[] {
  if (tagIds.length === 0) return []
  return [
    sql<boolean>`exists (select 1 from contact_tags t where t.contact_no = ${sql.ref(`${alias}.no`)} and t.tag_no in (select no from tags where id in (${sql.join(tagIds)})))`,
  ]
}

const STILL_ON = sql<boolean>`m.status <> 'removed'`

/** Whether a contact is named by the audience; the same people as chosenBranches. */
function chosen(audience: Audience, alias: string): Condition {
  if (audience.everyone) return sql<boolean>`1`
  return any([
    ...onList(audience.listIds, STILL_ON, alias),
    ...tagged(audience.tagIds, alias),
    ...(audience.contactIds.length > 0
      ? [
          sql<boolean>`${sql.ref(`${alias}.id`)} in (select value from json_each(${JSON.stringify(audience.contactIds)}))`,
        ]
      : []),
  ])
}

function excluded(audience: Audience, alias: string): Condition {
  return any([...onList(audience.excludeListIds, STILL_ON, alias), ...tagged(audience.excludeTagIds, alias)])
}

function address(channel: Channel, alias: string): Text {
  return sql.ref<string>(`${alias}.${channel === 'email' ? 'email' : 'phone'}`)
}

function key(channel: Channel, alias: string): Text {
  return sql.ref<string>(`${alias}.${channel === 'email' ? 'email_key' : 'phone'}`)
}

/** E-mail without a key and phones that are not E.164 cannot be written to. */
function invalid(channel: Channel, alias: string): Condition {
  if (channel === 'email') return sql<boolean>`${key('email', alias)} is null`
  const phone = key('sms', alias)
  return sql<boolean>`(${phone} not glob '+[1-9]*' or substr(${phone}, 2) glob '*[^0-9]*' or length(${phone}) not between 8 and 16)`
}

/** Why a contact falls out by herself, the first that applies: address, suppression, consent, list. Null when she does not. */
function skip(channel: Channel, audience: Audience, alias: string): RawBuilder<SkipReason | null> {
  const no = sql.ref(`${alias}.no`)
  const rank = sql.join(
    SUPPRESSION_PRECEDENCE.map(({ reason }, n) => sql`when ${sql.lit(reason)} then ${sql.lit(n)}`),
    sql` `,
  )
  const byRank = sql.join(
    SUPPRESSION_PRECEDENCE.map(({ skip: name }, n) => sql`when ${sql.lit(n)} then ${sql.lit(name)}`),
    sql` `,
  )
  const left = any(onList(audience.listIds, sql<boolean>`m.status = 'unsubscribed'`, alias))
  return sql<SkipReason | null>`case
    when coalesce(${address(channel, alias)}, '') = '' then 'no_address'
    when ${invalid(channel, alias)} then 'invalid_address'
    else coalesce(
      case (select min(case s.reason ${rank} end) from suppressions s
            where s.channel = ${channel} and s.address_key = ${key(channel, alias)}) ${byRank} end,
      case
        when (select status from consents n where n.contact_no = ${no} and n.channel = ${channel}
              order by n.seq desc limit 1) <> 'granted' then 'consent_denied'
        when ${left} then 'list_unsubscribed'
      end)
    end`
}

/** Whether somebody before her in the audience is reached at the same address. Addresses are all but unique, so this is rare. */
function duplicate(channel: Channel, audience: Audience): RawBuilder<SkipReason | null> {
  return sql<SkipReason | null>`case when exists (
    select 1 from contacts o
    where ${key(channel, 'o')} = ${key(channel, 'c')} and o.id < c.id
      and ${chosen(audience, 'o')} and not ${excluded(audience, 'o')} and ${skip(channel, audience, 'o')} is null
  ) then 'duplicate_address' end`
}

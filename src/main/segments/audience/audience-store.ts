import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Audience, SkipReason } from '../../../shared/contract/campaigns.ts'
import type { Channel } from '../../../shared/contract/define.ts'
import { SUPPRESSION_PRECEDENCE } from '../../compliance/index.ts'
import type { Reader } from '../../storage/transaction.ts'
import { isFound, type Plan, peopleOf, sizeOf } from '../people/people-store.ts'
import type { AudienceAsk, ExclusionStep } from './audience-ask.ts'

type Condition = RawBuilder<boolean>
const Fates = z.array(z.custom<FallStep>(step => typeof step === 'string').nullable())

/** A contact of the audience as SQL finds her. */
export interface MemberRow {
  readonly contactId: string
  readonly address: string
  readonly skip: SkipReason | null
}

/** Where one contact stands in an audience. */
export interface StandingRow {
  readonly address: string
  readonly isChosen: number
  readonly exclusion: ExclusionStep | null
  readonly skip: SkipReason | null
  readonly duplicate: SkipReason | null
}

/** Why somebody who was chosen gets nothing. */
export type FallStep = ExclusionStep | SkipReason

/** Contacts by where they fall out (null: nowhere), and how many different addresses they have. */
export interface StepRow {
  readonly step: FallStep | null
  readonly people: number
  readonly addresses: number
}

/** Everything that decides about an audience. */
export interface AudienceQuestion {
  readonly channel: Channel
  readonly audience: Audience
  readonly ask: AudienceAsk
  readonly plan: Plan
  readonly now: number
  /** The campaign that asks: its own messages keep nobody out of it. Empty when there is none. */
  readonly campaignId: string
}

// Up to so many memberships are quicker gathered and sorted for each page than found by a walk over every contact.
const SMALL = 5000
// A page asks about a thousand people and a few of their neighbours.
const PAGE = 2000
const HOUR_MS = 3_600_000

/**
 * The SQL of audiences. Members, counts and steps are put together from the same expressions, so that they cannot disagree.
 * Every expression is about the row `c` of contacts.
 */
export const audienceStore = {
  /**
   * The next ids that the audience names, exclusions not yet taken out. A large audience is found on a walk over the index of
   * ids, which costs 1 µs for every contact passed; lists and tags are kept by number and could not be read in order of id.
   */
  async candidates(
    reader: Reader,
    question: AudienceQuestion,
    after: string,
    limit: number,
    small = SMALL,
  ): Promise<readonly string[]> {
    const set = chosenSet(question)
    if (set === null) return []
    const gather = !question.audience.everyone && sizeOfChosen(question) <= small
    const { rows } = gather
      ? await sql<{ id: string }>`
          select c.id from (${set}) as chosen cross join contacts c on c.no = chosen.no
          where c.id > ${after} order by c.id limit ${limit}`.execute(reader)
      : await sql<{ id: string }>`
          select c.id from contacts c where c.id > ${after} and ${isChosen(question, PAGE)}
          order by c.id limit ${limit}`.execute(reader)
    return rows.map(row => row.id)
  },

  /** What becomes of these contacts, ascending; those that are excluded or gone are left out. */
  async members(reader: Reader, question: AudienceQuestion, ids: readonly string[]): Promise<readonly MemberRow[]> {
    const { rows } = await sql<MemberRow>`
      select c.id as "contactId", coalesce(${address(question.channel)}, '') as address,
        coalesce(${skip(question)}, ${duplicate(question)}) as skip
      from json_each(${JSON.stringify(ids)}) as asked cross join contacts c on c.id = asked.value
      where ${exclusion(question, PAGE)} is null
      order by c.id`.execute(reader)
    return rows
  },

  /** Where one contact stands: chosen or not, what excludes her, why she falls out by herself. Null when she is gone. */
  async standing(reader: Reader, question: AudienceQuestion, id: string): Promise<StandingRow | null> {
    const { rows } = await sql<StandingRow>`
      select coalesce(${address(question.channel)}, '') as address, ${isChosen(question, 1)} as "isChosen",
        ${exclusion(question, 1)} as exclusion, ${skip(question)} as skip, ${duplicate(question)} as duplicate
      from contacts c where c.id = ${id}`.execute(reader)
    return rows[0] ?? null
  },

  /** Everybody who is chosen, by the step at which they fall out. */
  async steps(reader: Reader, question: AudienceQuestion): Promise<readonly StepRow[]> {
    const set = chosenSet(question)
    if (set === null) return []
    // Materialised, because SQLite would otherwise work the step out once for every place that names it (twice as slow).
    const { rows } = await sql<StepRow>`
      with member (address_key, step) as materialized (
        select ${key(question.channel)}, coalesce(${exclusion(question, question.plan.ground.people)}, ${skip(question)})
        from ${chosenRows(question, set)}
      )
      select step, count(*) as people, count(distinct case when step is null then address_key end) as addresses
      from member group by step`.execute(reader)
    return rows
  },

  /**
   * Everybody who is chosen, by what becomes of them on each of several channels (null: reached). The questions differ in their
   * channel only. Of several at one address the first in order of contact id is reached.
   */
  async fates(
    reader: Reader,
    questions: readonly AudienceQuestion[],
  ): Promise<readonly { readonly fates: readonly (FallStep | null)[]; readonly people: number }[]> {
    const [first] = questions
    const set = first === undefined ? null : chosenSet(first)
    if (first === undefined || set === null) return []
    const columns = questions.map(
      (question, n) => sql`${key(question.channel)} as ${sql.ref(`key_${n}`)},
        coalesce(${exclusion(question, question.plan.ground.people)}, ${skip(question)}) as ${sql.ref(`step_${n}`)}`,
    )
    const fates = questions.map((_, n) => {
      const step = sql.ref(`step_${n}`)
      return sql`coalesce(${step}, case when id <> min(id) filter (where ${step} is null)
        over (partition by ${sql.ref(`key_${n}`)}) then 'duplicate_address' end)`
    })
    const { rows } = await sql<{ fates: string; people: number }>`
      with member as materialized (select c.id as id, ${sql.join(columns)} from ${chosenRows(first, set)})
      select fates, count(*) as people from (select json_array(${sql.join(fates)}) as fates from member)
      group by fates`.execute(reader)
    return rows.map(row => ({ fates: Fates.parse(JSON.parse(row.fates)), people: row.people }))
  },

  /** Numbers of contacts who fall out at a step (null: who are reached), after a number, ascending. */
  async peopleAt(
    reader: Reader,
    question: AudienceQuestion,
    step: FallStep | null,
    after: number,
    limit: number,
  ): Promise<readonly number[]> {
    const set = chosenSet(question)
    if (set === null) return []
    const found = sql`coalesce(${exclusion(question, question.plan.ground.people)}, ${skip(question)})`
    const isThere =
      step === null || step === 'duplicate_address'
        ? sql`${found} is null and ${duplicate(question)} is ${step}`
        : sql`${found} = ${step}`
    const { rows } = await sql<{ no: number }>`
      select c.no from ${chosenRows(question, set)} where c.no > ${after} and ${isThere} order by c.no limit ${limit}`.execute(
      reader,
    )
    return rows.map(row => row.no)
  },
}

/** About how many contacts the audience names; seldom fewer than there are. */
function sizeOfChosen({ audience, ask, plan }: AudienceQuestion): number {
  return audience.contactIds.length + (ask.chosen === null ? 0 : sizeOf(ask.chosen, plan))
}

function picked({ audience }: AudienceQuestion): RawBuilder<unknown> {
  return sql`select value from json_each(${JSON.stringify(audience.contactIds)})`
}

/** The numbers of everybody whom the audience names, each once; null when it names nobody. */
function chosenSet(question: AudienceQuestion): RawBuilder<unknown> | null {
  const { audience, ask, plan } = question
  if (audience.everyone) return sql`select no from contacts`
  const sets = [
    ...(ask.chosen === null ? [] : [sql`select no from (${peopleOf(ask.chosen, plan)})`]),
    ...(audience.contactIds.length > 0 ? [sql`select no from contacts where id in (${picked(question)})`] : []),
  ]
  return sets.length === 0 ? null : sql`select no from (${sql.join(sets, sql` union `)})`
}

function chosenRows({ audience }: AudienceQuestion, set: RawBuilder<unknown>): RawBuilder<unknown> {
  return audience.everyone ? sql`contacts c` : sql`(${set}) as chosen cross join contacts c on c.no = chosen.no`
}

/** Whether a contact is named by the audience; the same people as chosenSet. */
function isChosen(question: AudienceQuestion, times: number): Condition {
  const { audience, ask, plan } = question
  if (audience.everyone) return sql<boolean>`1`
  const parts = [
    ...(ask.chosen === null ? [] : [isFound(ask.chosen, plan, times)]),
    ...(audience.contactIds.length > 0 ? [sql`c.id in (${picked(question)})`] : []),
  ]
  return parts.length === 0 ? sql<boolean>`0` : sql<boolean>`(${sql.join(parts, sql` or `)})`
}

/** The first exclusion that takes a contact out; null when none does. */
function exclusion(question: AudienceQuestion, times: number): RawBuilder<ExclusionStep | null> {
  const { audience, ask, plan, channel, now, campaignId } = question
  const { inRunningCampaign, messagedWithinHours, unsubscribedFrom, withoutConsent } = audience.exclusions
  const found = new Map<ExclusionStep, RawBuilder<unknown>>(
    ask.excluded.map(one => [one.step, isFound(one.ask, plan, times)]),
  )
  if (inRunningCampaign) {
    found.set(
      'in_running_campaign',
      isOnRecord(
        sql`messages r`,
        sql`r.state in ('waiting', 'ready', 'claimed', 'attempting', 'accepted', 'unknown') and +r.campaign_id in (
          select id from campaigns where status in ('running', 'paused') and id <> ${campaignId})`,
      ),
    )
  }
  if (messagedWithinHours !== null) {
    found.set(
      'messaged_recently',
      // Asked of attempts: a message changes long after it left, when somebody decides about it or the application starts again.
      isOnRecord(
        sql`messages r cross join attempts t on t.message_id = r.id`,
        sql`r.attempts > 0 and r.campaign_id <> ${campaignId} and ${isNoSample()} and (t.outcome is null or t.outcome in ('accepted', 'unknown'))
          and iif(t.outcome = 'accepted', t.ended_at, t.started_at) >= ${now - messagedWithinHours * HOUR_MS}`,
      ),
    )
  }
  if (unsubscribedFrom !== null) {
    found.set(
      'unsubscribed_category',
      isOnRecord(
        sql`ledger r`,
        sql`r.kind = 'unsubscribed' and ${isNoSample()} and +r.campaign_id in (select id from campaigns
          where coalesce(frozen ->> '$.draft.category', draft ->> '$.category', 'marketing') = ${unsubscribedFrom})`,
      ),
    )
  }
  if (withoutConsent) {
    found.set('no_consent', isFound({ kind: 'not', ask: { kind: 'consent', channel, status: 'granted' } }, plan, times))
  }
  const cases = ORDER.flatMap(step => {
    const condition = found.get(step)
    return condition ? [sql`when ${condition} then ${sql.lit(step)}`] : []
  })
  return cases.length === 0 ? sql<null>`null` : sql<ExclusionStep | null>`case ${sql.join(cases, sql` `)} else null end`
}

/**
 * Whether the row `r` is of a real campaign. Samples wrote to made-up people only; a real one who was merged with one of those
 * has not been written to by it.
 */
function isNoSample(): Condition {
  return sql<boolean>`+r.campaign_id not in (select id from campaigns where is_sample = 1)`
}

/** Whether there is a row `r` about a contact, or about one who was merged into her: what is on record stays under the old id. */
function isOnRecord(rows: RawBuilder<unknown>, test: RawBuilder<unknown>): Condition {
  return sql<boolean>`(exists (select 1 from ${rows} where r.contact_id = c.id and ${test})
    or exists (select 1 from contact_aliases a cross join ${rows}
      where a.contact_no = c.no and r.contact_id = a.old_id and ${test}))`
}

/** The order in which exclusions are looked at. */
export const ORDER = [
  'excluded_list',
  'excluded_tag',
  'excluded_segment',
  'excluded_rule',
  'in_running_campaign',
  'messaged_recently',
  'customer',
  'unsubscribed_category',
  'no_consent',
] as const satisfies readonly ExclusionStep[]

function address(channel: Channel): RawBuilder<string> {
  return sql.ref<string>(`c.${channel === 'email' ? 'email' : 'phone'}`)
}

function key(channel: Channel): RawBuilder<string> {
  return sql.ref<string>(`c.${channel === 'email' ? 'email_key' : 'phone'}`)
}

/** E-mail without a key and phones that are not E.164 cannot be written to. */
function invalid(channel: Channel): Condition {
  if (channel === 'email') return sql<boolean>`c.email_key is null`
  return sql<boolean>`(c.phone not glob '+[1-9]*' or substr(c.phone, 2) glob '*[^0-9]*' or length(c.phone) not between 8 and 16)`
}

/** Why a contact falls out by herself, the first that applies: address, suppression, consent, list. Null when she does not. */
function skip({ channel, ask }: AudienceQuestion): RawBuilder<SkipReason | null> {
  const rank = sql.join(
    SUPPRESSION_PRECEDENCE.map(({ reason }, n) => sql`when ${sql.lit(reason)} then ${sql.lit(n)}`),
    sql` `,
  )
  const byRank = sql.join(
    SUPPRESSION_PRECEDENCE.map(({ skip: name }, n) => sql`when ${sql.lit(n)} then ${sql.lit(name)}`),
    sql` `,
  )
  const left =
    ask.listNos.length === 0
      ? sql`0`
      : sql`exists (select 1 from list_members m where m.list_no in (${sql.join(ask.listNos)}) and m.contact_no = c.no
          and m.status = 'unsubscribed')`
  return sql<SkipReason | null>`case
    when coalesce(${address(channel)}, '') = '' then 'no_address'
    when ${invalid(channel)} then 'invalid_address'
    else coalesce(
      case (select min(case s.reason ${rank} end) from suppressions s
            where s.channel = ${channel} and s.address_key = ${key(channel)}) ${byRank} end,
      case
        when (select status from consents n where n.contact_no = c.no and n.channel = ${channel}
              order by n.seq desc limit 1) <> 'granted' then 'consent_denied'
        when ${left} then 'list_unsubscribed'
      end)
    end`
}

/**
 * Whether somebody before her in the audience is reached at the same address. Addresses are all but unique, so this is rare.
 * The other contact is called `c` inside, so that the same expressions are about her.
 */
function duplicate(question: AudienceQuestion): RawBuilder<SkipReason | null> {
  const { channel } = question
  const same = channel === 'email' ? sql`o.email_key = c.email_key` : sql`o.phone = c.phone`
  return sql<SkipReason | null>`case when exists (
    select 1 from contacts o where ${same} and o.id < c.id
      and exists (select 1 from contacts c where c.no = o.no and ${isChosen(question, PAGE)}
        and ${exclusion(question, PAGE)} is null and ${skip(question)} is null)
  ) then 'duplicate_address' end`
}

import { type RawBuilder, sql } from 'kysely'
import type { LeadField, LeadRule, ScoreRule } from '../../../shared/contract/scores.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** What one rule gives one contact. */
export interface LeadPoints {
  readonly no: number
  readonly rule: number
  readonly points: number
}

/** A contact whose lead score is about to be written. */
export interface LeadState {
  readonly no: number
  readonly id: string
  readonly revision: number
  readonly score: number
  readonly level: number
}

/** What is known of a contact's lead score after it was computed. */
export interface LeadResult {
  readonly no: number
  readonly revision: number
  readonly score: number
  readonly level: number
  readonly decays: 0 | 1
}

const FIELD_COLUMNS: Readonly<Record<LeadField, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  company: 'company',
  email: 'email',
  phone: 'phone',
  city: 'city',
  region: 'region',
  country: 'country',
  language: 'language',
  source: 'source',
  leadStatus: 'lead_status',
  leadQuality: 'lead_quality',
}

/** The SQL of lead scores. Rules are compiled here and nowhere else; every value is a parameter. */
export const leadScoreStore = {
  /** What every rule gives every contact of a JSON array of numbers; nothing where a rule does not apply. */
  async points(
    reader: Reader,
    nos: string,
    rules: readonly { readonly rule: LeadRule; readonly points: number }[],
    now: number,
  ): Promise<readonly LeadPoints[]> {
    if (rules.length === 0) return []
    const parts = rules.map(({ rule, points }, index) => pointsOf(rule, points, index, nos, now))
    const { rows } = await sql<LeadPoints>`${sql.join(parts, sql` union all `)}`.execute(reader)
    return rows
  },

  async states(reader: Reader, nos: string): Promise<readonly LeadState[]> {
    const { rows } =
      await sql<LeadState>`select c.no, c.id, c.revision, c.lead_score as score, coalesce(l.level, 0) as level
      from json_each(${nos}) as chunk join contacts c on c.no = chunk.value
      left join lead_scores l on l.contact_no = c.no order by c.no`.execute(reader)
    return rows
  },

  /** Keeps scores and with which rules they were computed. The revision of the contacts stays: nobody changed them. */
  async save(tx: Tx, results: readonly LeadResult[], rulesVersion: number, now: number): Promise<void> {
    const rows = JSON.stringify(
      results.map(({ no, revision, score, level, decays }) => [no, revision, score, level, decays]),
    )
    await sql`insert into lead_scores (contact_no, revision, rules_version, level, decays, scored_at)
      select value ->> 0, value ->> 1, ${rulesVersion}, value ->> 3, value ->> 4, ${now} from json_each(${rows}) where true
      on conflict (contact_no) do update set revision = excluded.revision, rules_version = excluded.rules_version,
        level = excluded.level, decays = excluded.decays, scored_at = excluded.scored_at`.execute(tx)
    await sql`update contacts set lead_score = chunk.value ->> 2 from json_each(${rows}) as chunk
      where contacts.no = chunk.value ->> 0 and contacts.lead_score <> chunk.value ->> 2`.execute(tx)
  },

  /** Contacts after `after` whose score is not of their present revision and these rules; at most `span` numbers are looked at. */
  async outdated(
    reader: Reader,
    after: number,
    span: number,
    rulesVersion: number,
  ): Promise<{ readonly nos: readonly number[]; readonly upTo: number; readonly more: boolean }> {
    const { rows: ends } = await sql<{ upTo: number | null; last: number | null }>`select
      (select no from contacts where no > ${after} order by no limit 1 offset ${span - 1}) as upTo,
      (select max(no) from contacts) as last`.execute(reader)
    const last = ends[0]?.last ?? 0
    const upTo = ends[0]?.upTo ?? last
    const { rows } = await sql<{
      no: number
    }>`select c.no from contacts c left join lead_scores l on l.contact_no = c.no
      where c.no > ${after} and c.no <= ${upTo}
        and (l.revision is not c.revision or l.rules_version is not ${rulesVersion}) order by c.no`.execute(reader)
    return { nos: rows.map(row => row.no), upTo, more: upTo < last }
  },

  /** Contacts whose points halve with time and were not counted since `before`. */
  async decaying(reader: Reader, before: number, limit: number): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`select contact_no as no from lead_scores
      where decays = 1 and scored_at < ${before} order by scored_at limit ${limit}`.execute(reader)
    return rows.map(row => row.no)
  },

  /** The instant at which the scores that halve with time were counted longest ago; null without one. */
  async oldestDecaying(reader: Reader): Promise<number | null> {
    const { rows } = await sql<{
      at: number | null
    }>`select min(scored_at) as at from lead_scores where decays = 1`.execute(reader)
    return rows[0]?.at ?? null
  },

  async rules(
    reader: Reader,
  ): Promise<
    readonly { readonly id: string; readonly rule: string; readonly points: number; readonly enabled: number }[]
  > {
    return reader.selectFrom('score_rules').select(['id', 'rule', 'points', 'enabled']).orderBy('position').execute()
  },

  async replaceRules(tx: Tx, rules: readonly ScoreRule[], now: number): Promise<void> {
    const kept = JSON.stringify(rules.map(({ id }) => id))
    await sql`delete from score_rules where id not in (select value from json_each(${kept}))`.execute(tx)
    const rows = JSON.stringify(
      rules.map(({ id, rule, points, enabled }, position) => [
        id,
        position,
        JSON.stringify(rule),
        points,
        enabled ? 1 : 0,
      ]),
    )
    await sql`insert into score_rules (id, position, rule, points, enabled, created_at, updated_at)
      select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ${now}, ${now} from json_each(${rows}) where true
      on conflict (id) do update set position = excluded.position, rule = excluded.rule, points = excluded.points,
        enabled = excluded.enabled, updated_at = excluded.updated_at`.execute(tx)
  },
}

function pointsOf(rule: LeadRule, points: number, index: number, nos: string, now: number): RawBuilder<LeadPoints> {
  const chunk = sql`json_each(${nos}) as chunk`
  switch (rule.kind) {
    case 'field':
      return sql`select c.no as no, ${index} as rule, ${points} as points from ${chunk} join contacts c on c.no = chunk.value
        where ${fieldCondition(rule)}`
    case 'tag':
      return sql`select ct.contact_no as no, ${index} as rule, ${points} as points from ${chunk}
        join tags t on t.name_key = ${rule.tag.trim().toLowerCase()}
        join contact_tags ct on ct.contact_no = chunk.value and ct.tag_no = t.no`
    case 'list':
      return sql`select m.contact_no as no, ${index} as rule, ${points} as points from ${chunk}
        join lists l on l.id = ${rule.listId}
        join list_members m on m.list_no = l.no and m.contact_no = chunk.value and m.status = 'active'`
    case 'event': {
      const worth =
        rule.halfLifeDays === null
          ? sql`count(*) * ${points}`
          : sql`sum(${points} * pow(0.5, max(0, ${now} - happened.at) / (${rule.halfLifeDays} * 86400000.0)))`
      return sql`select happened.contact_no as no, ${index} as rule, max(${-rule.most}, min(${rule.most}, ${worth})) as points
        from ${chunk} join ${eventsOf(rule)} as happened on happened.contact_no = chunk.value group by happened.contact_no`
    }
  }
}

function eventsOf(rule: Extract<LeadRule, { kind: 'event' }>): RawBuilder<unknown> {
  if (rule.event === 'purchased') return sql`(select contact_no, at from orders where status = 'paid')`
  if (rule.event === 'custom' && rule.name !== '') {
    return sql`(select contact_no, at from contact_events where kind = 'custom' and name = ${rule.name})`
  }
  return sql`(select contact_no, at from contact_events where kind = ${rule.event})`
}

function fieldCondition(rule: Extract<LeadRule, { kind: 'field' }>): RawBuilder<boolean> {
  const value = textOf(rule.field)
  // ASCII letters are compared without regard to case, as SQLite does; an empty field is equal to nothing.
  switch (rule.operator) {
    case 'equals':
      return sql`${value} = ${rule.value} collate nocase and ${value} <> ''`
    case 'not_equals':
      return sql`${value} <> ${rule.value} collate nocase`
    case 'contains':
      return sql`instr(lower(${value}), lower(${rule.value})) > 0 and ${rule.value} <> ''`
    case 'is_empty':
      return sql`${value} = ''`
    case 'is_not_empty':
      return sql`${value} <> ''`
  }
}

function textOf(field: string): RawBuilder<string> {
  // The key has letters, digits and underscores only (contract), and is a parameter all the same.
  if (field.startsWith('custom:')) {
    return sql`coalesce(cast(c.custom ->> ${`$.${field.slice(7)}`} as text), '')`
  }
  for (const [name, column] of Object.entries(FIELD_COLUMNS)) {
    if (name === field) return sql`coalesce(${sql.ref(`c.${column}`)}, '')`
  }
  throw new Error(`unknown field of a score rule: ${field}`)
}

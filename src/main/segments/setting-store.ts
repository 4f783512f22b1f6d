import { sql } from 'kysely'
import { z } from 'zod'
import type { CustomFieldInfo } from '../../shared/domain/segment-fields.ts'
import { SegmentRule } from '../../shared/domain/segment-rule.ts'
import type { Reader } from '../storage/transaction.ts'
import type { KnownSegment } from './rule/setting.ts'

const FieldType = z.enum(['text', 'number', 'date', 'boolean', 'choice', 'list'])
const Options = z
  .string()
  .transform((text): unknown => (text === '' ? [] : JSON.parse(text)))
  .pipe(z.array(z.string()).catch([]))
const RuleText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(SegmentRule)

/** The stored text of a rule as a rule. */
export function parseRule(text: string): SegmentRule {
  return RuleText.parse(text)
}

/** A thing that a rule names, with what it is called. */
export interface NamedThing {
  readonly id: string
  readonly no: number
  readonly name: string
}

/** The SQL that looks up what rules refer to. */
export const settingStore = {
  async customFields(reader: Reader): Promise<readonly CustomFieldInfo[]> {
    const rows = await reader
      .selectFrom('custom_fields')
      .select(['key', 'label', 'type', 'options'])
      .orderBy('label')
      .execute()
    return rows.map(row => ({
      key: row.key,
      label: row.label,
      type: FieldType.parse(row.type),
      options: Options.parse(row.options),
    }))
  },

  /** Social networks of the newest thousand contacts. */
  async networks(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ network: string }>`
      select distinct s.key as network
      from (select socials from contacts order by no desc limit 1000) as c, json_each(c.socials) as s
      order by 1 limit 40`.execute(reader)
    return rows.map(row => row.network)
  },

  async tags(reader: Reader, ids: readonly string[]): Promise<readonly NamedThing[]> {
    if (ids.length === 0) return []
    return reader.selectFrom('tags').select(['id', 'no', 'name']).where('id', 'in', ids).execute()
  },

  async allTags(reader: Reader): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return reader.selectFrom('tags').select(['id', 'name']).orderBy('name_key').limit(10_000).execute()
  },

  async lists(reader: Reader, ids: readonly string[]): Promise<readonly NamedThing[]> {
    if (ids.length === 0) return []
    return reader.selectFrom('lists').select(['id', 'no', 'name']).where('id', 'in', ids).execute()
  },

  async segments(reader: Reader, ids: readonly string[]): Promise<readonly (KnownSegment & { readonly id: string })[]> {
    if (ids.length === 0) return []
    const rows = await reader
      .selectFrom('segments')
      .select(['id', 'no', 'name', 'kind', 'rule', 'counted_at'])
      .where('id', 'in', ids)
      .execute()
    return rows.map(({ counted_at, ...row }) => ({ ...row, isFilled: counted_at !== null, rule: parseRule(row.rule) }))
  },

  async campaigns(
    reader: Reader,
    ids: readonly string[],
  ): Promise<readonly { readonly id: string; readonly name: string }[]> {
    if (ids.length === 0) return []
    return reader.selectFrom('campaigns').select(['id', 'name']).where('id', 'in', ids).execute()
  },

  /** Names of custom events, systems that contacts have ids in, and currencies of orders; each found by hops over an index. */
  async vocabulary(reader: Reader): Promise<{
    readonly eventNames: readonly string[]
    readonly sources: readonly string[]
    readonly currencies: readonly string[]
  }> {
    const { rows } = await sql<{ eventNames: string; sources: string; currencies: string }>`
      with recursive
        event (name) as (
          select min(name) from contact_activity where kind = 'custom'
          union all
          select (select min(name) from contact_activity where kind = 'custom' and name > event.name)
            from event where event.name is not null
        ),
        source (name) as (
          select min(source) from contact_external_ids
          union all
          select (select min(e.source) from contact_external_ids e where e.source > source.name)
            from source where source.name is not null
        ),
        currency (name) as (
          select min(currency) from order_totals
          union all
          select (select min(o.currency) from order_totals o where o.currency > currency.name)
            from currency where currency.name is not null
        )
      select (select json_group_array(name) from (select name from event where name is not null limit 500)) as "eventNames",
        (select json_group_array(name) from (select name from source where name is not null limit 200)) as sources,
        (select json_group_array(name) from (select name from currency where name is not null limit 200)) as currencies`.execute(
      reader,
    )
    const [row] = rows
    return {
      eventNames: Options.parse(row?.eventNames ?? '[]'),
      sources: Options.parse(row?.sources ?? '[]'),
      currencies: Options.parse(row?.currencies ?? '[]'),
    }
  },
}

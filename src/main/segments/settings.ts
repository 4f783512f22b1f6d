import { fieldCatalogue } from '../../shared/domain/segment-fields.ts'
import { type Condition, conditionsOf, type Rule } from '../../shared/domain/segment-rule.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Reader } from '../storage/transaction.ts'
import type { KnownSegment, RuleSetting } from './rule/setting.ts'
import { settingStore } from './setting-store.ts'

/** What the domain of segments is made from. */
export interface SegmentParts extends DomainParts {
  readonly accounts: Accounts
  /** Brings what is derived of events and orders up to date. */
  catchUp(): Promise<void>
}

/** A setting with the names of everything that was looked up, by id. */
export interface NamedSetting extends RuleSetting {
  readonly names: ReadonlyMap<string, string>
}

/** Looks up everything that rules refer to, segments of segments too, for questions that are asked now. */
export async function settingFor(
  parts: Pick<SegmentParts, 'accounts' | 'kernel'>,
  reader: Reader,
  rules: readonly Rule[],
): Promise<NamedSetting> {
  const { accounts, kernel } = parts
  const { timeZone, currency } = await accounts.settings(reader)
  const conditions = rules.flatMap(conditionsOf)
  const segments = await segmentsOf(reader, conditions)
  for (const { rule } of segments.values()) conditions.push(...conditionsOf(rule))
  const idsOf = (of: 'tags' | 'lists'): readonly string[] => [
    ...new Set(conditions.flatMap(one => (one.kind === 'membership' && one.of === of ? one.ids : []))),
  ]
  const campaignIds = conditions.flatMap(one => (one.kind === 'events' ? (one.campaignId ?? []) : []))
  const [custom, tags, lists, campaigns] = await Promise.all([
    settingStore.customFields(reader),
    settingStore.tags(reader, idsOf('tags')),
    settingStore.lists(reader, idsOf('lists')),
    settingStore.campaigns(reader, [...new Set(campaignIds)]),
  ])
  const networks = conditions.flatMap(one =>
    'field' in one && one.field.startsWith('social:') ? one.field.slice('social:'.length) : [],
  )
  const named = [...tags, ...lists, ...campaigns, ...[...segments].map(([id, { name }]) => ({ id, name }))]
  return {
    fields: fieldCatalogue(custom, [...new Set(networks)]),
    today: { now: kernel.clock.now(), timeZone },
    currency,
    tags: new Map(tags.map(({ id, no }) => [id, no])),
    lists: new Map(lists.map(({ id, no }) => [id, no])),
    segments,
    campaigns: new Set(campaigns.map(({ id }) => id)),
    names: new Map(named.map(({ id, name }) => [id, name])),
  }
}

async function segmentsOf(reader: Reader, conditions: readonly Condition[]): Promise<Map<string, KnownSegment>> {
  const found = new Map<string, KnownSegment>()
  let wanted = segmentIds(conditions)
  while (wanted.length > 0) {
    const rows = await settingStore.segments(reader, wanted)
    for (const { id, ...segment } of rows) found.set(id, segment)
    wanted = segmentIds(rows.flatMap(row => conditionsOf(row.rule))).filter(id => !found.has(id))
    if (rows.length === 0) break
  }
  return found
}

function segmentIds(conditions: readonly Condition[]): readonly string[] {
  return [...new Set(conditions.flatMap(one => (one.kind === 'membership' && one.of === 'segments' ? one.ids : [])))]
}

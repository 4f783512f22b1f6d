import type { Audience } from '../../../shared/contract/campaigns.ts'
import { AppError } from '../../../shared/contract/failure.ts'
import type { MembershipCondition, Rule } from '../../../shared/domain/segment-rule.ts'
import type { Ask } from '../rule/ask.ts'
import { rangeOf } from '../rule/range.ts'
import { readRule } from '../rule/read-rule.ts'
import { problemsOf, type RuleSetting, UNFILLED } from '../rule/setting.ts'

/** Why somebody who was chosen is left alone, in the order in which it is looked at. */
export type ExclusionStep =
  | 'excluded_list'
  | 'excluded_tag'
  | 'excluded_segment'
  | 'excluded_rule'
  | 'in_running_campaign'
  | 'messaged_recently'
  | 'customer'
  | 'unsubscribed_category'
  | 'no_consent'

/** An audience as questions. */
export interface AudienceAsk {
  /** null: nobody, apart from `contactIds`; everybody when the audience says so. */
  readonly chosen: Ask | null
  readonly excluded: readonly { readonly step: ExclusionStep; readonly ask: Ask }[]
  /** Numbers of the lists that were chosen: who unsubscribed from one of them falls out. */
  readonly listNos: readonly number[]
}

const NOT_REMOVED = ['active', 'bounced', 'unsubscribed']
const CUSTOMER: Ask = {
  kind: 'orders',
  measure: 'count',
  of: null,
  currency: null,
  from: null,
  to: null,
  range: rangeOf('>=', 1, 1),
}

/** The rules whose names must be looked up for an audience. */
export function rulesOf(audience: Audience): readonly Rule[] {
  const membership = (of: MembershipCondition['of'], ids: readonly string[]): readonly Rule[] =>
    ids.length === 0
      ? []
      : [{ kind: 'membership', id: of, negated: false, of, operator: 'has_any', ids: [...ids], statuses: [] }]
  return [
    ...membership('lists', [...audience.listIds, ...audience.excludeListIds]),
    ...membership('tags', [...audience.tagIds, ...audience.excludeTagIds]),
    ...membership('segments', [...audience.segmentIds, ...audience.excludeSegmentIds]),
    ...(audience.rule === null ? [] : [audience.rule]),
    ...(audience.excludeRule === null ? [] : [audience.excludeRule]),
  ]
}

/** The questions of an audience. Fails with `conflict` when a segment or rule of it cannot be used: nobody is sent to by half a rule. */
export function audienceAsk(audience: Audience, setting: RuleSetting): AudienceAsk {
  const listNos = nosOf('list', audience.listIds, setting.lists)
  const chosen = [
    ...membersAsk(audience, setting),
    ...segmentAsks(audience.segmentIds, setting),
    ...(audience.rule === null ? [] : [ruleAsk(audience.rule, setting)]),
    ...(audience.customers ? [CUSTOMER] : []),
    ...(audience.leads ? [LEAD] : []),
  ]
  return {
    chosen: chosen.length === 0 ? null : { kind: 'any', asks: chosen },
    excluded: exclusions(audience, setting),
    listNos,
  }
}

const LEAD: Ask = {
  kind: 'all',
  asks: [
    { kind: 'has_text', of: { kind: 'column', column: 'lead_status' } },
    { kind: 'not', ask: CUSTOMER },
  ],
}

function membersAsk(audience: Audience, setting: RuleSetting): readonly Ask[] {
  const lists = nosOf('list', audience.listIds, setting.lists)
  const tags = nosOf('tag', audience.tagIds, setting.tags)
  return [
    ...(lists.length > 0 ? [{ kind: 'listed', nos: lists, statuses: NOT_REMOVED } as const] : []),
    ...(tags.length > 0 ? [{ kind: 'tagged', nos: tags } as const] : []),
  ]
}

function exclusions(audience: Audience, setting: RuleSetting): AudienceAsk['excluded'] {
  const lists = nosOf('list', audience.excludeListIds, setting.lists)
  const tags = nosOf('tag', audience.excludeTagIds, setting.tags)
  const segments = segmentAsks(audience.excludeSegmentIds, setting)
  const found: { step: ExclusionStep; ask: Ask }[] = []
  if (lists.length > 0)
    found.push({ step: 'excluded_list', ask: { kind: 'listed', nos: lists, statuses: NOT_REMOVED } })
  if (tags.length > 0) found.push({ step: 'excluded_tag', ask: { kind: 'tagged', nos: tags } })
  if (segments.length > 0) found.push({ step: 'excluded_segment', ask: { kind: 'any', asks: segments } })
  if (audience.excludeRule !== null) found.push({ step: 'excluded_rule', ask: ruleAsk(audience.excludeRule, setting) })
  if (audience.exclusions.customers) found.push({ step: 'customer', ask: CUSTOMER })
  return found
}

/** Who was on a list that is gone is not known any more: leaving it out of the exclusions would send to people who were kept out. */
function nosOf(of: 'list' | 'tag', ids: readonly string[], known: ReadonlyMap<string, number>): readonly number[] {
  return ids.map(id => {
    const no = known.get(id)
    if (no !== undefined) return no
    throw new AppError('conflict', `A ${of} of the audience is gone. Take it out, or choose another.`, { [of]: id })
  })
}

function segmentAsks(ids: readonly string[], setting: RuleSetting): readonly Ask[] {
  return ids.map(id => {
    const segment = setting.segments.get(id)
    if (!segment)
      throw new AppError('conflict', 'A segment of the audience is gone. Choose another.', { segmentId: id })
    if (segment.kind === 'static' && !segment.isFilled) throw new AppError('conflict', UNFILLED, { segmentId: id })
    return segment.kind === 'static' ? { kind: 'held', nos: [segment.no] } : ruleAsk(segment.rule, setting)
  })
}

function ruleAsk(rule: Rule, setting: RuleSetting): Ask {
  const [problem] = problemsOf(rule, setting)
  if (problem) throw new AppError('conflict', `A rule of the audience cannot be used. ${problem.text}`, { ...problem })
  return readRule(rule, setting)
}

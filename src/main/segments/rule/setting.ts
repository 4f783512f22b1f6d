import type { z } from 'zod'
import type { RuleProblem } from '../../../shared/contract/segments.ts'
import { checkRule } from '../../../shared/domain/segment-check.ts'
import type { SegmentField } from '../../../shared/domain/segment-fields.ts'
import {
  conditionsOf,
  type MembershipCondition,
  type Rule,
  type SegmentRule,
} from '../../../shared/domain/segment-rule.ts'
import type { Today } from './day.ts'

/** A segment that a rule refers to. */
export interface KnownSegment {
  readonly no: number
  readonly name: string
  readonly kind: 'dynamic' | 'static'
  /** Whether a fixed one holds its people already: until then nobody knows whom it means. */
  readonly isFilled: boolean
  readonly rule: SegmentRule
}

/** Everything that the names in a rule refer to, and the moment at which it is asked. */
export interface RuleSetting {
  readonly fields: ReadonlyMap<string, SegmentField>
  readonly today: Today
  /** The workspace's currency, ISO 4217. */
  readonly currency: string
  readonly tags: ReadonlyMap<string, number>
  readonly lists: ReadonlyMap<string, number>
  readonly segments: ReadonlyMap<string, KnownSegment>
  readonly campaigns: ReadonlySet<string>
}

type Problem = z.infer<typeof RuleProblem>

// Segments in segments: more than this many steps is a knot that nobody can read.
const DEEPEST_SEGMENT = 8

/** What is said of a fixed segment whose people are not written down yet. */
export const UNFILLED = 'A fixed segment is still being filled. Try again in a moment.'

/** Everything that stands in the way of using a rule; empty when it can be used. */
export function problemsOf(rule: Rule, setting: RuleSetting): readonly Problem[] {
  return [...checkRule(rule, setting.fields), ...conditionsOf(rule).flatMap(one => referenceProblems(one, setting))]
}

function referenceProblems(one: ReturnType<typeof conditionsOf>[number], setting: RuleSetting): readonly Problem[] {
  if (one.kind === 'events' && one.campaignId !== null && !setting.campaigns.has(one.campaignId)) {
    return [{ nodeId: one.id, code: 'unknown_campaign', text: 'That campaign is gone. Choose another.' }]
  }
  return one.kind === 'membership' ? membershipProblems(one, setting) : []
}

function membershipProblems(one: MembershipCondition, setting: RuleSetting): readonly Problem[] {
  const problem = (code: Problem['code'], text: string): readonly Problem[] => [{ nodeId: one.id, code, text }]
  switch (one.of) {
    case 'tags':
      return one.ids.every(id => setting.tags.has(id))
        ? []
        : problem('unknown_tag', 'One of the tags is gone. Choose again.')
    case 'lists':
      return one.ids.every(id => setting.lists.has(id))
        ? []
        : problem('unknown_list', 'One of the lists is gone. Choose again.')
    case 'segments': {
      if (!one.ids.every(id => setting.segments.has(id))) {
        return problem('unknown_segment', 'One of the segments is gone. Choose again.')
      }
      const state = one.ids.map(id => segmentState(id, setting, [])).find(found => found !== 'fine') ?? 'fine'
      if (state === 'circular') return problem('circular', 'One of the segments asks about itself. Choose another.')
      if (state === 'deep')
        return problem('too_deep', 'Segments refer to segments too often. Use their conditions instead.')
      if (state === 'unfilled') return problem('not_filled', UNFILLED)
      return state === 'broken'
        ? problem('unknown_segment', 'One of the segments has a problem itself. Open and repair it.')
        : []
    }
  }
}

function segmentState(
  id: string,
  setting: RuleSetting,
  above: readonly string[],
): 'fine' | 'circular' | 'deep' | 'broken' | 'unfilled' {
  if (above.includes(id)) return 'circular'
  if (above.length >= DEEPEST_SEGMENT) return 'deep'
  const segment = setting.segments.get(id)
  if (!segment) return 'broken'
  if (segment.kind === 'static') return segment.isFilled ? 'fine' : 'unfilled'
  for (const below of conditionsOf(segment.rule)) {
    if (below.kind !== 'membership' || below.of !== 'segments') continue
    for (const next of below.ids) {
      const state = segmentState(next, setting, [...above, id])
      if (state !== 'fine') return state
    }
  }
  const plain = {
    ...setting,
    segments: new Map(
      [...setting.segments].map(([key, one]) => [key, { ...one, kind: 'static' as const, isFilled: true }]),
    ),
  }
  return problemsOf(segment.rule, plain).length === 0 ? 'fine' : 'broken'
}

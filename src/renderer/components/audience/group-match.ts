import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'

/** How the parts of a group go together, as it is read: "none" is "not any", and "not all" is "not all". */
export const GROUP_MATCHES = ['all', 'any', 'none', 'notAll'] as const
export type GroupMatch = (typeof GROUP_MATCHES)[number]

/** How a group is read. */
export function matchOf(group: Pick<RuleGroup, 'match' | 'negated'>): GroupMatch {
  if (group.negated) return group.match === 'any' ? 'none' : 'notAll'
  return group.match
}

/** The group, read in another way. */
export function withMatch(group: RuleGroup, match: GroupMatch): RuleGroup {
  const isNegated = match === 'none' || match === 'notAll'
  return { ...group, match: match === 'any' || match === 'none' ? 'any' : 'all', negated: isNegated }
}

import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { findPart, type Place, placeOf } from './rule-tree.ts'

/** A step of a part by keyboard: along the lines of the tree, or out of its group and into the one beside it. */
export type Step = 'up' | 'down' | 'out' | 'in'

/** Where a step takes a part; null where it cannot go. Up and down pass through every group on the way. */
export function stepTo(root: RuleGroup, id: string, step: Step): Place | null {
  const place = placeOf(root, id)
  const group = place ? findPart(root, place.groupId) : null
  if (!place || group?.kind !== 'group') return null
  const before = group.rules[place.index - 1]
  const after = group.rules[place.index + 1]
  switch (step) {
    case 'up':
      if (!before) return placeOf(root, group.id)
      return before.kind === 'group'
        ? { groupId: before.id, index: before.rules.length }
        : { groupId: group.id, index: place.index - 1 }
    case 'down':
      if (!after) return behind(root, group.id)
      return after.kind === 'group' ? { groupId: after.id, index: 0 } : { groupId: group.id, index: place.index + 2 }
    case 'out':
      return behind(root, group.id)
    case 'in':
      if (before?.kind === 'group') return { groupId: before.id, index: before.rules.length }
      return after?.kind === 'group' ? { groupId: after.id, index: 0 } : null
  }
}

function behind(root: RuleGroup, id: string): Place | null {
  const place = placeOf(root, id)
  return place ? { ...place, index: place.index + 1 } : null
}

import type { Rule, RuleGroup } from '../../../shared/domain/segment-rule.ts'

/** Where a part stands or shall stand: in which group, before which of its present parts. */
export interface Place {
  readonly groupId: string
  readonly index: number
}

/** A part of a rule with the place where it stands; the root has none. */
export interface PlacedPart {
  readonly part: Rule
  readonly depth: number
  readonly place: Place | null
}

/** Every part in the order in which it is read, the root first. */
export function partsInOrder(root: RuleGroup): readonly PlacedPart[] {
  const parts: PlacedPart[] = []
  const visit = (part: Rule, depth: number, place: Place | null): void => {
    parts.push({ part, depth, place })
    if (part.kind !== 'group') return
    part.rules.forEach((child, index) => {
      visit(child, depth + 1, { groupId: part.id, index })
    })
  }
  visit(root, 0, null)
  return parts
}

/** The part with an id, or null. */
export function findPart(root: Rule, id: string): Rule | null {
  if (root.id === id) return root
  if (root.kind !== 'group') return null
  for (const child of root.rules) {
    const found = findPart(child, id)
    if (found) return found
  }
  return null
}

/** Where a part stands; null for the root and for what is not there. */
export function placeOf(root: RuleGroup, id: string): Place | null {
  return partsInOrder(root).find(one => one.part.id === id)?.place ?? null
}

/** How many groups lie inside each other in a part; 0 for a condition. */
export function depthOf(part: Rule): number {
  return part.kind === 'group' ? 1 + Math.max(0, ...part.rules.map(depthOf)) : 0
}

/** The rule with a part put in; unchanged where there is no such group. */
export function insertPart(root: RuleGroup, part: Rule, place: Place): RuleGroup {
  return inGroup(root, place.groupId, rules => rules.toSpliced(clamp(place.index, rules.length), 0, part))
}

/** The rule without a part; the root stays. A group that becomes empty stays too, and says so. */
export function removePart(root: RuleGroup, id: string): RuleGroup {
  const place = placeOf(root, id)
  return place ? inGroup(root, place.groupId, rules => rules.toSpliced(place.index, 1)) : root
}

/** The rule with another part in the place of one. A condition never takes the place of the root. */
export function replacePart(root: RuleGroup, id: string, part: Rule): RuleGroup {
  if (root.id === id) return part.kind === 'group' ? part : root
  const place = placeOf(root, id)
  return place ? inGroup(root, place.groupId, rules => rules.toSpliced(place.index, 1, part)) : root
}

/** The rule with a part moved before what stands at `to` now. Nothing moves into itself, and the root never moves. */
export function movePart(root: RuleGroup, id: string, to: Place): RuleGroup {
  const from = placeOf(root, id)
  const part = findPart(root, id)
  if (!from || !part || findPart(part, to.groupId) || findPart(root, to.groupId)?.kind !== 'group') return root
  // Taking the part out moves what stands behind it in the same group one to the front.
  const index = from.groupId === to.groupId && from.index < to.index ? to.index - 1 : to.index
  return insertPart(removePart(root, id), part, { groupId: to.groupId, index })
}

/** The rule with a part put into a new group of its own, in the same place. */
export function wrapPart(root: RuleGroup, id: string): RuleGroup {
  const part = findPart(root, id)
  if (!part || part === root) return root
  return replacePart(root, id, { kind: 'group', id: freshId(root), match: 'any', negated: false, rules: [part] })
}

/** The rule with a group taken apart: its parts take its place. The group's own "not" goes with it. */
export function unwrapGroup(root: RuleGroup, id: string): RuleGroup {
  const place = placeOf(root, id)
  const group = findPart(root, id)
  if (!place || group?.kind !== 'group') return root
  return inGroup(root, place.groupId, rules => rules.toSpliced(place.index, 1, ...group.rules))
}

/** The rule with a copy of a part behind it, and the copy's id. */
export function duplicatePart(root: RuleGroup, id: string): { readonly rule: RuleGroup; readonly id: string } {
  const place = placeOf(root, id)
  const part = findPart(root, id)
  if (!place || !part) return { rule: root, id }
  const copy = withFreshIds(part, root)
  return { rule: insertPart(root, copy, { ...place, index: place.index + 1 }), id: copy.id }
}

/** The part with ids that the rule does not have. */
export function withFreshIds(part: Rule, root: RuleGroup): Rule {
  let next = highestNumber(root)
  const renamed = (one: Rule): Rule => {
    next += 1
    const id = `p${next}`
    return one.kind === 'group' ? { ...one, id, rules: one.rules.map(renamed) } : { ...one, id }
  }
  return renamed(part)
}

/** An id that no part of the rule has. */
export function freshId(root: RuleGroup): string {
  return `p${highestNumber(root) + 1}`
}

function highestNumber(root: RuleGroup): number {
  return Math.max(0, ...partsInOrder(root).map(({ part }) => Number(/^p(\d{1,12})$/.exec(part.id)?.[1] ?? 0)))
}

function inGroup(group: RuleGroup, id: string, change: (rules: Rule[]) => Rule[]): RuleGroup {
  if (group.id === id) return { ...group, rules: change(group.rules) }
  let isChanged = false
  const rules = group.rules.map(child => {
    if (child.kind !== 'group') return child
    const next = inGroup(child, id, change)
    isChanged ||= next !== child
    return next
  })
  return isChanged ? { ...group, rules } : group
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length))
}

import type { Rule, RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { matchOf } from './group-match.ts'
import { type PlacedPart, partsInOrder } from './rule-tree.ts'

/** One difference between two states of a rule. Parts that moved along with their group are not told of. */
export type RuleChange =
  | { readonly kind: 'added' | 'removed' | 'moved'; readonly part: Rule }
  | { readonly kind: 'edited' | 'rejoined'; readonly before: Rule; readonly part: Rule }

/**
 * What became of a rule, in the order in which the later one is read, what is gone last. Parts are known again by their ids, or,
 * where those are new (a rule that was pasted), by what they ask. A group is told of by itself only where its way of joining changed.
 */
export function ruleChanges(before: RuleGroup, after: RuleGroup): readonly RuleChange[] {
  const earlier = partsInOrder(before)
  const later = partsInOrder(after)
  const pairs = paired(earlier, later)
  const known = new Set([...pairs.values()].map(one => one.part.id))
  const changes = later.flatMap(one => {
    const old = pairs.get(one.part.id)
    return old
      ? differences(old, one, pairs)
      : isInside(one, later, part => !pairs.has(part.id))
        ? []
        : [added(one.part)]
  })
  const gone = earlier.filter(one => !known.has(one.part.id) && !isInside(one, earlier, part => !known.has(part.id)))
  return [...changes, ...gone.map(({ part }) => ({ kind: 'removed' as const, part }))]
}

const added = (part: Rule): RuleChange => ({ kind: 'added', part })

type Pairs = ReadonlyMap<string, PlacedPart>

function paired(earlier: readonly PlacedPart[], later: readonly PlacedPart[]): Pairs {
  const byId = new Map(earlier.map(one => [one.part.id, one]))
  const pairs = new Map<string, PlacedPart>()
  for (const one of later) {
    const old = one.place === null ? earlier[0] : byId.get(one.part.id)
    if (old && old.part.kind === one.part.kind) pairs.set(one.part.id, old)
  }
  const taken = new Set([...pairs.values()].map(one => one.part.id))
  const free = earlier.filter(one => !taken.has(one.part.id))
  for (const one of later) {
    if (pairs.has(one.part.id)) continue
    const found = free.findIndex(old => content(old.part) === content(one.part))
    const [old] = found < 0 ? [] : free.splice(found, 1)
    if (old) pairs.set(one.part.id, old)
  }
  return pairs
}

function differences(old: PlacedPart, now: PlacedPart, pairs: Pairs): readonly RuleChange[] {
  const [before, part] = [old.part, now.part]
  const changes: RuleChange[] = []
  if (before.kind === 'group' && part.kind === 'group') {
    if (matchOf(before) !== matchOf(part)) changes.push({ kind: 'rejoined', before, part })
  } else if (content(before) !== content(part)) changes.push({ kind: 'edited', before, part })
  const groupBefore = old.place?.groupId
  const groupNow = now.place === null ? undefined : (pairs.get(now.place.groupId)?.part.id ?? now.place.groupId)
  if (groupBefore !== groupNow) changes.push({ kind: 'moved', part })
  return changes
}

/** Whether a part stands in a group of which the same is told already. */
function isInside(one: PlacedPart, all: readonly PlacedPart[], isTold: (group: Rule) => boolean): boolean {
  const group = all.find(other => other.part.id === one.place?.groupId)
  return group !== undefined && group.place !== null && isTold(group.part)
}

/** What a part asks, whatever it is called. */
function content(part: Rule): string {
  return JSON.stringify(part, (key, value: unknown) => (key === 'id' ? undefined : value))
}

import type { CompareKeys } from './compare-keys.ts'
import { type PairReason, scorePair } from './pair-score.ts'
import { createGroups } from './union-find.ts'

/** Contacts that may be one person. */
export interface FoundGroup {
  /** The weakest of the likenesses that hold the group together, from 0 to 1. */
  readonly confidence: number
  readonly reasons: readonly PairReason[]
  /** Ascending. */
  readonly contacts: readonly number[]
}

/** Pairs that were compared, and the groups that they make. */
export interface Findings {
  /** Compares every two of these. */
  compare(people: readonly CompareKeys[]): void
  /** The surest first. */
  groups(): readonly FoundGroup[]
}

/** From this confidence on, two contacts are put into one group. */
export const LEAST_CONFIDENCE = 0.7
// Longer chains (a is like b, b is like c …) join people who have nothing in common any more.
const LARGEST_GROUP = 12
const PAIR_BASE = 2 ** 26

/** Findings, empty; `dismissed` holds the pairs that are known to be two people, as "lower higher". */
export function createFindings(dismissed: ReadonlySet<string>): Findings {
  const seen = new Set<number>()
  const pairs: { one: number; other: number; confidence: number; reasons: readonly PairReason[] }[] = []

  return {
    compare(people) {
      people.forEach((one, index) => {
        for (const other of people.slice(index + 1)) {
          const [low, high] = one.no < other.no ? [one.no, other.no] : [other.no, one.no]
          const pair = low * PAIR_BASE + high
          if (low === high || seen.has(pair)) continue
          const { confidence, reasons } = scorePair(one, other)
          if (confidence < LEAST_CONFIDENCE || dismissed.has(`${low} ${high}`)) continue
          // Only what was found is remembered: comparing a pair twice costs less than remembering every one.
          seen.add(pair)
          pairs.push({ one: low, other: high, confidence, reasons })
        }
      })
    },

    groups() {
      // The surest pairs are joined first, so that a group that would grow too long loses its weakest links.
      pairs.sort((a, b) => b.confidence - a.confidence || a.one - b.one || a.other - b.other)
      const groups = createGroups(LARGEST_GROUP)
      const joined = pairs.filter(({ one, other }) => groups.join(one, other))
      const byRoot = new Map<number, { confidence: number; reasons: Set<PairReason> }>()
      for (const { one, confidence, reasons } of joined) {
        const root = groups.rootOf(one)
        const group = byRoot.get(root) ?? { confidence: 1, reasons: new Set<PairReason>() }
        byRoot.set(root, group)
        group.confidence = Math.min(group.confidence, confidence)
        for (const reason of reasons) group.reasons.add(reason)
      }
      return groups
        .list()
        .map(contacts => {
          const group = byRoot.get(groups.rootOf(contacts[0] ?? 0))
          return { confidence: group?.confidence ?? 0, reasons: [...(group?.reasons ?? [])], contacts }
        })
        .sort((a, b) => b.confidence - a.confidence)
    },
  }
}

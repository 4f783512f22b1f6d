/** Puts things that belong together into groups (union–find with path halving). */
export interface Groups {
  /** Joins the groups of two; false when the group would be too large. Joining what is joined is true. */
  join(one: number, other: number): boolean
  /** The least member of a group stands for it. */
  rootOf(member: number): number
  /** Every group of two or more, members ascending. */
  list(): readonly (readonly number[])[]
}

/** Groups of numbers, none yet, each with `most` members at most. */
export function createGroups(most: number): Groups {
  const parents = new Map<number, number>()
  const sizes = new Map<number, number>()
  function rootOf(member: number): number {
    let at = member
    for (let above = parents.get(at) ?? at; above !== at; above = parents.get(at) ?? at) {
      const next = parents.get(above) ?? above
      parents.set(at, next)
      at = next
    }
    return at
  }
  return {
    rootOf,
    join(one, other) {
      const [a, b] = [rootOf(one), rootOf(other)]
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const size = (sizes.get(low) ?? 1) + (low === high ? 0 : (sizes.get(high) ?? 1))
      if (size > most) return false
      parents.set(low, low)
      parents.set(high, low)
      sizes.set(low, size)
      return true
    },
    list() {
      const groups = new Map<number, number[]>()
      for (const member of [...parents.keys()].sort((a, b) => a - b)) {
        const root = rootOf(member)
        const there = groups.get(root)
        if (there) there.push(member)
        else groups.set(root, [member])
      }
      return [...groups.values()].filter(group => group.length > 1)
    },
  }
}

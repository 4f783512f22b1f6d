/** Puts things that belong together into groups (union–find with path halving). */
export interface Groups {
  join(one: number, other: number): void
  /** Every group of two or more, members ascending. */
  list(): readonly (readonly number[])[]
}

/** Groups of numbers, none yet. */
export function createGroups(): Groups {
  const parents = new Map<number, number>()
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
    join(one, other) {
      const [a, b] = [rootOf(one), rootOf(other)]
      parents.set(Math.max(a, b), Math.min(a, b))
      if (!parents.has(Math.min(a, b))) parents.set(Math.min(a, b), Math.min(a, b))
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

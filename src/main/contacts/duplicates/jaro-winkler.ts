const PREFIX_WEIGHT = 0.1
const LONGEST_PREFIX = 4

/**
 * How alike two texts are, from 0 (nothing in common) to 1 (the same), by Winkler's "String Comparator Metrics and
 * Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1990): Jaro's measure, raised by a tenth of
 * what is missing for each of up to four equal characters at the beginning. Compares UTF-16 units.
 */
export function jaroWinkler(one: string, other: string): number {
  const likeness = jaro(one, other)
  let prefix = 0
  while (prefix < LONGEST_PREFIX && prefix < one.length && one[prefix] === other[prefix]) prefix += 1
  return likeness + prefix * PREFIX_WEIGHT * (1 - likeness)
}

function jaro(one: string, other: string): number {
  if (one === other) return 1
  if (one === '' || other === '') return 0
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1)
  const taken = Array.from({ length: other.length }, () => false)
  const matchesOfOne: string[] = []
  for (let at = 0; at < one.length; at++) {
    const from = Math.max(0, at - reach)
    const to = Math.min(other.length - 1, at + reach)
    for (let place = from; place <= to; place++) {
      if (taken[place] || one[at] !== other[place]) continue
      taken[place] = true
      matchesOfOne.push(one[at] ?? '')
      break
    }
  }
  const matches = matchesOfOne.length
  if (matches === 0) return 0
  let outOfPlace = 0
  let next = 0
  for (let place = 0; place < other.length; place++) {
    if (!taken[place]) continue
    if (other[place] !== matchesOfOne[next]) outOfPlace += 1
    next += 1
  }
  return (matches / one.length + matches / other.length + (matches - outOfPlace / 2) / matches) / 3
}

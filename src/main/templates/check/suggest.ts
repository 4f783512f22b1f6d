/** The known name that a mistyped one most likely means; null when none is near. */
export function suggestName(written: string, known: Iterable<string>): string | null {
  const most = Math.max(1, Math.floor(written.length / 3))
  let best: string | null = null
  let least = most + 1
  for (const name of known) {
    if (Math.abs(name.length - written.length) > most) continue
    const distance = editDistance(written.toLowerCase(), name.toLowerCase())
    if (distance < least) {
      best = name
      least = distance
    }
  }
  return best
}

/** Levenshtein distance: how many characters to change, add or drop. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

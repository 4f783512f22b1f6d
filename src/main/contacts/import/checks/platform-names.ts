/** The name of a time zone as the platform writes it; null when it knows none. */
export function canonicalZone(cell: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: cell }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

/** A language tag in its canonical form (BCP 47); null when it is none. */
export function canonicalLanguage(cell: string): string | null {
  try {
    const found = Intl.getCanonicalLocales(cell.replaceAll('_', '-'))[0]
    return found !== undefined && found.length <= 35 ? found : null
  } catch {
    return null
  }
}

/** A reader with a memory: the same few zones and countries come a million times, and the platform takes its time over each. */
export function memory(read: (cell: string) => string | null): (cell: string) => string | null {
  const known = new Map<string, string | null>()
  return cell => {
    const before = known.get(cell)
    if (before !== undefined) return before
    const value = read(cell)
    if (known.size < 5000) known.set(cell, value)
    return value
  }
}

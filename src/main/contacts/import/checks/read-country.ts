/** Reads countries: two letters, or an English name, to ISO 3166-1 alpha-2; null when it is neither. */
export type CountryReader = (cell: string) => string | null

const OTHER_NAMES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.a.': 'US',
  'u.s.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  deutschland: 'DE',
  österreich: 'AT',
  schweiz: 'CH',
  suisse: 'CH',
  españa: 'ES',
  italia: 'IT',
  brasil: 'BR',
  nederland: 'NL',
  belgië: 'BE',
  belgique: 'BE',
  polska: 'PL',
  sverige: 'SE',
  norge: 'NO',
  danmark: 'DK',
  suomi: 'FI',
  'the netherlands': 'NL',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  'south korea': 'KR',
  russia: 'RU',
}

/** A reader that takes the names of the countries from the platform. */
export function createCountryReader(): CountryReader {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const codes = new Map<string, string>()
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n))
  for (const first of letters) {
    for (const second of letters) {
      const code = `${first}${second}`
      const name = names.of(code)
      if (name !== undefined) codes.set(name.toLowerCase(), code)
    }
  }
  const known = new Set(codes.values())
  return cell => {
    const text = cell.trim()
    const upper = text.toUpperCase()
    if (upper.length === 2 && upper !== 'UK' && known.has(upper)) return upper
    const lower = text.toLowerCase()
    return OTHER_NAMES[lower] ?? codes.get(lower) ?? null
  }
}

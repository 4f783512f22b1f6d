/** Reads countries: two or three letters, or a name in one of several languages, to ISO 3166-1 alpha-2; else null. */
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
  holanda: 'NL',
  eeuu: 'US',
  'ee.uu.': 'US',
  'estados unidos': 'US',
}

// Alpha-3 codes of the countries that lists mostly hold (ISO 3166-1).
const THREE_LETTERS: ReadonlyMap<string, string> = new Map(
  `USA US GBR GB DEU DE AUT AT CHE CH FRA FR ESP ES ITA IT PRT PT NLD NL BEL BE LUX LU IRL IE DNK DK SWE SE NOR NO FIN FI
   POL PL CZE CZ SVK SK HUN HU ROU RO BGR BG GRC GR TUR TR UKR UA RUS RU CAN CA MEX MX BRA BR ARG AR CHL CL COL CO PER PE
   AUS AU NZL NZ IND IN CHN CN JPN JP KOR KR SGP SG HKG HK TWN TW THA TH VNM VN PHL PH IDN ID MYS MY ISR IL ARE AE SAU SA
   EGY EG ZAF ZA NGA NG KEN KE MAR MA`
    .split(/\s+/)
    .flatMap((code, index, all) => (index % 2 === 0 ? [[code, all[index + 1] ?? ''] as const] : [])),
)
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'tr', 'ru']

/** A reader that takes the names of the countries from the platform, and those in other languages only when one comes. */
export function createCountryReader(): CountryReader {
  const codes = countryCodes()
  const known = new Set(codes)
  const english = namesIn('en', codes)
  let foreign: ReadonlyMap<string, string> | null = null
  return cell => {
    const text = cell.trim()
    const upper = text.toUpperCase()
    if (upper.length === 2 && known.has(upper)) return upper
    const lower = text.toLowerCase()
    const named = OTHER_NAMES[lower] ?? english.get(lower) ?? THREE_LETTERS.get(upper)
    if (named !== undefined || text === '') return named ?? null
    foreign ??= new Map(LANGUAGES.flatMap(language => [...namesIn(language, codes)]))
    return foreign.get(lower) ?? null
  }
}

// Codes that were given up, such as FX or UK, have the name of the country that took their place.
function countryCodes(): string[] {
  const letters = Array.from({ length: 26 }, (_, n) => String.fromCharCode(65 + n))
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'])
  return letters
    .flatMap(first => letters.map(second => `${first}${second}`))
    .filter(code => names.of(code) !== undefined && !notCountries.has(code))
    .filter(code => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
}

function namesIn(language: string, codes: readonly string[]): Map<string, string> {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  return new Map(
    codes.flatMap(code => {
      const name = names.of(code)
      return name === undefined ? [] : [[name.toLowerCase(), code] as const]
    }),
  )
}

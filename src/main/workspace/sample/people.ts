import type { Random } from '../../kernel/random.ts'

/** A made-up person. Addresses are of the domains and numbers that are kept for examples (RFC 2606, 555-01xx). */
export interface SamplePerson {
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly email: string | null
  readonly phone: string | null
  readonly city: string
  readonly region: string
  readonly country: string
  readonly postalCode: string
  readonly timeZone: string
  readonly language: string
  readonly leadStatus: string
  readonly leadScore: number
}

const FIRST = (
  'Anna Béatrice Carlos Dörte Elif François Grace Hélène Ivan Jürgen Kateryna Łukasz María Niamh Ólafur Priya Quentin ' +
  'Renée Søren Teresa Uchenna Václav Wendy Ximena Yusuf Zoë Andrés Chloé Dmitri Esther'
).split(' ')
const LAST = (
  'Abel Bianchi Çelik Dvořák Evans Fernández Grün Hansen Ibarra Jovanović Kowalski Lindqvist Müller Nguyen O’Connor Peña ' +
  'Quist Rossi Sørensen Thompson Ueda Vargas Weiß Xu Yıldız Zając Bauer Castillo Dubois Edwards Fischer Gutiérrez'
).split(' ')
// First name, last name, and how the two are written in an address.
const OTHER_SCRIPTS = [
  ['さくら', '小林', 'sakura.kobayashi', 'ja'],
  ['健太', '田中', 'kenta.tanaka', 'ja'],
  ['Иван', 'Петров', 'ivan.petrov', 'ru'],
  ['Ольга', 'Соколова', 'olga.sokolova', 'ru'],
  ['محمد', 'الأحمد', 'mohammed.alahmad', 'ar'],
  ['ליאת', 'כהן', 'liat.cohen', 'he'],
  ['Ελένη', 'Παπαδοπούλου', 'eleni.papadopoulou', 'el'],
  ['दीपा', 'शर्मा', 'deepa.sharma', 'hi'],
  ['지우', '김', 'jiwoo.kim', 'ko'],
  ['美玲', '陳', 'meiling.chen', 'zh'],
  ['สมชาย', 'ใจดี', 'somchai.jaidee', 'th'],
  ['Նարե', 'Հակոբյան', 'nare.hakobyan', 'hy'],
] as const
const COMPANIES = (
  'Alder & Sons|Bluebird Bakery|Cedar Clinic|Dockside Coffee|Elm Street School|Foxglove Florist|Granite Works|Harbour Legal|' +
  'Inkwell Print|Juniper Kitchen|Kite Travel|Lantern Theatre|Maple Motors|Northwind Cycles|Orchard Dental|Pebble Studio'
).split('|')
// City, region, country, postal code, zone, area code; outside the numbering plan of 555-01xx there is no phone.
const CITIES = [
  ['Portland', 'OR', 'US', '97205', 'America/Los_Angeles', '503'],
  ['Santa Ana', 'CA', 'US', '92701', 'America/Los_Angeles', '714'],
  ['Denver', 'CO', 'US', '80202', 'America/Denver', '303'],
  ['Chicago', 'IL', 'US', '60601', 'America/Chicago', '312'],
  ['Austin', 'TX', 'US', '78701', 'America/Chicago', '512'],
  ['Atlanta', 'GA', 'US', '30303', 'America/New_York', '404'],
  ['Boston', 'MA', 'US', '02108', 'America/New_York', '617'],
  ['New York', 'NY', 'US', '10001', 'America/New_York', '212'],
  ['Toronto', 'ON', 'CA', 'M5H 2N2', 'America/Toronto', '416'],
  ['Montréal', 'QC', 'CA', 'H2Y 1C6', 'America/Toronto', '514'],
  ['Zürich', 'ZH', 'CH', '8001', 'Europe/Zurich', null],
  ['Kraków', 'Małopolska', 'PL', '31-001', 'Europe/Warsaw', null],
  ['São Paulo', 'SP', 'BR', '01000-000', 'America/Sao_Paulo', null],
] as const
const DOMAINS = ['example.org', 'example.com', 'example.net']
const STATUSES = ['new', 'contacted', 'qualified', 'customer']

/** As many different people as asked for, the same ones for the same chance. */
export function samplePeople(random: Random, count: number): readonly SamplePerson[] {
  const pick = <T>(from: readonly [T, ...T[]] | readonly T[]): T | undefined =>
    from[Math.floor(random.next() * from.length)]
  const people: SamplePerson[] = []
  const numbers = new Map<string, number>()
  const nextNumber = (area: string): string => {
    const used = numbers.get(area) ?? 0
    numbers.set(area, used + 1)
    return `+1${area}55501${String(used % 100).padStart(2, '0')}`
  }
  for (let n = 0; n < count; n++) {
    const [city, region, country, postalCode, timeZone, areaCode] = pick(CITIES) ?? CITIES[0]
    const { firstName, lastName, local, language } = nameOf(n)
    // Every fortieth gave only a telephone number, so that a campaign has somebody whom it cannot reach.
    const phoneOnly = n % 40 === 17
    const area = areaCode ?? (phoneOnly ? '202' : null)
    const hasPhone = area !== null && (phoneOnly || random.next() < 0.7)
    people.push({
      firstName: n % 29 === 11 ? '' : firstName,
      lastName,
      company: random.next() < 0.6 ? (pick(COMPANIES) ?? '') : '',
      email: phoneOnly ? null : `${local}@${DOMAINS[n % DOMAINS.length]}`,
      phone: hasPhone ? nextNumber(area) : null,
      city,
      region,
      country,
      postalCode,
      timeZone,
      language,
      leadStatus: pick(STATUSES) ?? 'new',
      leadScore: Math.floor(random.next() * 100),
    })
  }
  return people
}

function nameOf(n: number): { firstName: string; lastName: string; local: string; language: string } {
  const foreign = n % 20 === 3 ? OTHER_SCRIPTS[Math.floor(n / 20)] : undefined
  if (foreign) return { firstName: foreign[0], lastName: foreign[1], local: foreign[2], language: foreign[3] }
  // 30 first names and 32 last names share the factor 2; the shift after each round keeps the pairs apart.
  const firstName = FIRST[n % FIRST.length] ?? 'Anna'
  const lastName = LAST[(n * 7 + Math.floor(n / FIRST.length)) % LAST.length] ?? 'Abel'
  return { firstName, lastName, local: `${inAscii(firstName)}.${inAscii(lastName)}`, language: 'en' }
}

function inAscii(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z]/g, '')
}

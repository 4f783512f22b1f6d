export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ['jan', 'january', 'januar', 'janvier', 'enero', 'ene', 'gennaio', 'gen'],
    ['feb', 'february', 'februar', 'fevrier', 'fev', 'febrero', 'febbraio'],
    ['mar', 'march', 'marz', 'mrz', 'mars', 'marzo'],
    ['apr', 'april', 'avril', 'avr', 'abril', 'abr', 'aprile'],
    ['may', 'mai', 'mayo', 'maggio', 'mag'],
    ['jun', 'june', 'juni', 'juin', 'junio', 'giugno', 'giu'],
    ['jul', 'july', 'juli', 'juillet', 'julio', 'luglio', 'lug'],
    ['aug', 'august', 'aout', 'agosto', 'ago'],
    ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'set'],
    ['oct', 'october', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'ott'],
    ['nov', 'november', 'novembre', 'noviembre'],
    ['dec', 'december', 'dezember', 'dez', 'decembre', 'diciembre', 'dic', 'dicembre'],
  ].flatMap((names, index) => names.map(name => [name, index + 1] as const)),
)

// Two-digit years: nobody on a contact list was born after 2029, and few before 1930.
const CENTURY_PIVOT = 30

/**
 * The calendar day a cell means, as YYYY-MM-DD, or null. Forms with the year first, month names and days above twelve
 * speak for themselves; `order` decides the rest. Whole numbers are days of a spreadsheet (1900 system).
 */
export function readDate(cell: string, order: DateOrder): string | null {
  const text = cell.trim().replace(/[ T]\d{1,2}:\d{2}.*$/, '')
  const yearFirst = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})\.?$/.exec(text)
  if (yearFirst && (yearFirst[2] !== '' || text.length === 8)) {
    return day(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]))
  }
  const numeric = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(text)
  if (numeric) {
    return fromThree(numeric[1] ?? '', numeric[2] ?? '', numeric[3] ?? '', text.includes('.') ? dotted(order) : order)
  }
  if (/^\d{4,5}$/.test(text)) return spreadsheetDay(Number(text))
  return named(text)
}

// Dots are written where the day comes first.
function dotted(order: DateOrder): DateOrder {
  return order === 'mdy' ? 'dmy' : order
}

function fromThree(first: string, second: string, third: string, order: DateOrder): string | null {
  const a = Number(first)
  const b = Number(second)
  if (third.length === 4) {
    const monthFirst = b > 12 || (a <= 12 && order === 'mdy')
    return monthFirst ? day(Number(third), a, b) : day(Number(third), b, a)
  }
  const c = Number(third)
  if (order === 'ymd') return day(century(a), b, c)
  return order === 'mdy'
    ? (day(century(c), a, b) ?? day(century(c), b, a))
    : (day(century(c), b, a) ?? day(century(c), a, b))
}

function century(year: number): number {
  return year < CENTURY_PIVOT ? 2000 + year : 1900 + year
}

function named(text: string): string | null {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:de )?([a-z]{3,10})\.?,?[ -](?:de )?(\d{4}|\d{2})$/.exec(plain)
  if (dayFirst) return withMonth(dayFirst[3], dayFirst[2], dayFirst[1])
  const monthFirst = /^([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(plain)
  return monthFirst ? withMonth(monthFirst[3], monthFirst[1], monthFirst[2]) : null
}

function withMonth(year = '', month = '', dayOfMonth = ''): string | null {
  const number = MONTHS.get(month)
  const full = year.length === 2 ? century(Number(year)) : Number(year)
  return number === undefined ? null : day(full, number, Number(dayOfMonth))
}

// Day 60 is 29 February 1900, which never was: every later day is one too high (Lotus 1-2-3's mistake, kept by Excel).
function spreadsheetDay(serial: number): string | null {
  if (serial < 61 || serial > 73_050) return null
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
}

function day(year: number, month: number, dayOfMonth: number): string | null {
  if (year < 1000 || year > 2200 || month < 1 || month > 12 || dayOfMonth < 1) return null
  if (dayOfMonth > daysIn(year, month)) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The order in which dates are written, from cells that can only be read one way; null when none tells. */
export function orderOfDates(cells: readonly string[]): DateOrder | null {
  let dayFirst = 0
  let monthFirst = 0
  for (const cell of cells) {
    const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b/.exec(cell.trim())
    if (!parts) continue
    if (Number(parts[1]) > 12) dayFirst += 1
    else if (Number(parts[2]) > 12) monthFirst += 1
  }
  if (dayFirst === 0 && monthFirst === 0) return null
  return dayFirst >= monthFirst ? 'dmy' : 'mdy'
}

/** A date that is written with day and month where either can come first, such as 03/04/05; empty when there is none. */
export function ambiguousDate(cells: readonly string[]): string {
  for (const cell of cells) {
    const parts = /^(\d{1,2})[-/](\d{1,2})[-/](?:\d{4}|\d{2})\b/.exec(cell.trim())
    if (!parts) continue
    const [first, second] = [Number(parts[1]), Number(parts[2])]
    if (first <= 12 && second <= 12 && first !== second) return cell.trim().slice(0, 40)
  }
  return ''
}

/** A day that lies after `asOf` because its year was written with two digits is meant a century before. */
export function notInFuture(day: string, cell: string, asOf: string): string {
  if (asOf === '' || day <= asOf || /\d{4}/.test(cell)) return day
  return `${Number(day.slice(0, 4)) - 100}${day.slice(4)}`
}

import { createCountryReader } from '../checks/read-country.ts'
import { readDate } from '../checks/read-date.ts'
import { readNumber } from '../checks/read-number.ts'
import { looksLikeDate } from './cell-looks.ts'
import { COMMON_FIRST_NAMES } from './common-first-names.ts'

/** What the values of a column say that it is, where its name says nothing. */
export interface ValueFinding {
  readonly column: number
  readonly target: string
  readonly score: number
  readonly why: string
}

const LEAST_VALUES = 5
const POSTAL_CODE = /^(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/i
const COORDINATE = /^[-+]?\d{1,3}[.,]\d{3,}$/

/** Whether a column has no name of its own: "Column 3", "Field1", "A", "Unnamed: 2". */
export function isUnnamed(normalName: string): boolean {
  return /^(?:column|columna|spalte|field|feld|unnamed|col|f|var)? ?\d*$|^[a-z]$/.test(normalName)
}

/** Fields that columns without a telling name hold, by their values: names, dates, countries, postal codes, coordinates. */
export function targetsOfValues(
  columns: readonly { readonly column: number; readonly values: readonly string[] }[],
): ValueFinding[] {
  const readCountry = createCountryReader()
  const found = columns
    .filter(({ values }) => values.length >= LEAST_VALUES)
    .flatMap(({ column, values }) => {
      const finding = targetOf(values, readCountry)
      return finding === null ? [] : [{ column, ...finding }]
    })
  return [...found, ...lastNames(columns, found), ...coordinates(columns)]
}

type Finding = Omit<ValueFinding, 'column'>

function targetOf(values: readonly string[], readCountry: (cell: string) => string | null): Finding | null {
  const share = (looks: (cell: string) => boolean): number => values.filter(looks).length / values.length
  if (share(isFullName) >= 0.3) return { target: 'fullName', score: 4, why: 'The values look like full names' }
  if (share(isFirstName) >= 0.3) return { target: 'firstName', score: 4, why: 'The values are first names' }
  if (share(cell => readCountry(cell) !== null) >= 0.95) {
    return { target: 'country', score: 4, why: 'The values are countries' }
  }
  if (share(cell => POSTAL_CODE.test(cell)) >= 0.95) {
    return { target: 'postalCode', score: 3.5, why: 'The values look like postal codes' }
  }
  if (share(looksLikeDate) >= 0.9 && areBirthdays(values)) {
    return { target: 'birthday', score: 3.5, why: 'The values are dates as birthdays are' }
  }
  return null
}

function isFirstName(cell: string): boolean {
  return COMMON_FIRST_NAMES.has(cell.toLowerCase())
}

function isFullName(cell: string): boolean {
  const words = cell.split(/,?\s+/)
  if (words.length < 2 || words.length > 5 || /[\d@]/.test(cell)) return false
  return isFirstName(words[0] ?? '') || (cell.includes(',') && isFirstName(words.at(-1) ?? ''))
}

// Days on which people were born lie apart and back; days of an order or a registration do not.
function areBirthdays(values: readonly string[]): boolean {
  const years = values.flatMap(value => readDate(value, 'dmy')?.slice(0, 4) ?? [])
  const old = years.filter(year => year >= '1920' && year <= '2010')
  return old.length >= years.length * 0.9 && new Set(years).size >= Math.min(10, years.length / 2)
}

/** A column of words beside the first names is the family names. */
function lastNames(
  columns: readonly { readonly column: number; readonly values: readonly string[] }[],
  found: readonly ValueFinding[],
): ValueFinding[] {
  const first = found.find(({ target }) => target === 'firstName')
  if (!first) return []
  const beside = columns.find(
    ({ column, values }) =>
      Math.abs(column - first.column) === 1 && !found.some(one => one.column === column) && areWords(values),
  )
  if (!beside) return []
  return [{ column: beside.column, target: 'lastName', score: 3.5, why: 'Words beside the first names' }]
}

function areWords(values: readonly string[]): boolean {
  return values.length >= LEAST_VALUES && values.every(value => /^\p{Lu}[\p{L}'’. -]+$/u.test(value))
}

/** Two neighbours with many decimals: latitude, and longitude, which alone goes beyond 90 degrees. */
function coordinates(
  columns: readonly { readonly column: number; readonly values: readonly string[] }[],
): ValueFinding[] {
  const like = columns.filter(({ values }) => values.length >= LEAST_VALUES && values.every(isCoordinate))
  const [first, second] = like
  if (!first || !second || second.column !== first.column + 1) return []
  const isSwapped = reach(first.values) > 90
  if (reach(isSwapped ? second.values : first.values) > 90) return []
  const why = 'The values look like coordinates'
  const [latitude, longitude] = isSwapped ? [second, first] : [first, second]
  return [
    { column: latitude.column, target: 'latitude', score: 4, why },
    { column: longitude.column, target: 'longitude', score: 4, why },
  ]
}

function isCoordinate(cell: string): boolean {
  const degrees = COORDINATE.test(cell) ? readNumber(cell.replace(',', '.')) : null
  return degrees !== null && Math.abs(degrees) <= 180
}

function reach(values: readonly string[]): number {
  return values.reduce((most, cell) => Math.max(most, Math.abs(readNumber(cell.replace(',', '.')) ?? 0)), 0)
}

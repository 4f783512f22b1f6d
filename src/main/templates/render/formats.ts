// Making an Intl formatter costs 20 to 50 µs, using one 1 µs: they are kept, for as many shapes as templates use.
const MOST_KEPT = 100

function kept<F>(): (key: string, make: () => F) => F {
  const made = new Map<string, F>()
  return (key, make) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make()
    if (made.size >= MOST_KEPT) made.clear()
    made.set(key, fresh)
    return fresh
  }
}

/** What formats a message needs, with its formatters kept. */
export interface Formats {
  currency(value: unknown, currency: string, locale: string): string
  date(value: unknown, shape: string, locale: string): string
  number(value: unknown, decimals: unknown, locale: string): string
}

/** Formatters for templates. What cannot be read as a number or a date is printed as it is; an unknown locale means English. */
export function createFormats(): Formats {
  const numbers = kept<Intl.NumberFormat>()
  const dates = kept<Intl.DateTimeFormat>()

  const numberFormat = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
    numbers(JSON.stringify([locale, options]), () => new Intl.NumberFormat(known(locale), options))
  const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    dates(
      JSON.stringify([locale, options]),
      () => new Intl.DateTimeFormat(known(locale), { timeZone: 'UTC', ...options }),
    )
  const name = (date: Date, locale: string, options: Intl.DateTimeFormatOptions): string =>
    dateFormat(locale, options).format(date)

  function byTokens(date: Date, shape: string, locale: string): string {
    return shape.replace(/YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|mm/g, token => {
      switch (token) {
        case 'YYYY':
          return String(date.getUTCFullYear()).padStart(4, '0')
        case 'YY':
          return two(date.getUTCFullYear() % 100)
        case 'MMMM':
          return name(date, locale, { month: 'long' })
        case 'MMM':
          return name(date, locale, { month: 'short' })
        case 'MM':
          return two(date.getUTCMonth() + 1)
        case 'M':
          return String(date.getUTCMonth() + 1)
        case 'DD':
          return two(date.getUTCDate())
        case 'D':
          return String(date.getUTCDate())
        case 'dddd':
          return name(date, locale, { weekday: 'long' })
        case 'ddd':
          return name(date, locale, { weekday: 'short' })
        case 'HH':
          return two(date.getUTCHours())
        default:
          return two(date.getUTCMinutes())
      }
    })
  }

  return {
    currency(value, currency, locale) {
      const amount = asNumber(value)
      if (amount === null) return plain(value)
      if (!/^[A-Za-z]{3}$/.test(currency)) return numberFormat(locale, { minimumFractionDigits: 2 }).format(amount)
      return numberFormat(locale, { style: 'currency', currency: currency.toUpperCase() }).format(amount)
    },
    date(value, shape, locale) {
      const date = asDate(value)
      if (date === null) return plain(value)
      const style = STYLES[shape === '' ? 'medium' : shape]
      return style ? dateFormat(locale, { dateStyle: style }).format(date) : byTokens(date, shape, locale)
    },
    number(value, decimals, locale) {
      const number = asNumber(value)
      if (number === null) return plain(value)
      const places = asNumber(decimals)
      const fixed = places === null ? null : Math.min(20, Math.max(0, Math.round(places)))
      return numberFormat(
        locale,
        fixed === null ? {} : { minimumFractionDigits: fixed, maximumFractionDigits: fixed },
      ).format(number)
    },
  }
}

const STYLES: Readonly<Record<string, 'short' | 'medium' | 'long' | 'full'>> = {
  short: 'short',
  medium: 'medium',
  long: 'long',
  full: 'full',
}

const two = (n: number): string => String(n).padStart(2, '0')

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

function asDate(value: unknown): Date | null {
  if (typeof value === 'number' && Math.abs(value) <= 8.64e15) return new Date(value)
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null
  const date = new Date(value.length === 10 ? `${value}T00:00:00Z` : value)
  return Number.isNaN(date.getTime()) ? null : date
}

function known(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

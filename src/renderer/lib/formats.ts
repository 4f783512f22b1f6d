import { currencyDigits } from '../../shared/domain/currency.ts'

/** How numbers, times and amounts are written for a person, by the rules of her language and region. */
export interface Formats {
  readonly number: (value: number) => string
  /** A fraction of 1 as a percentage; `null` is an en dash. */
  readonly percent: (fraction: number | null) => string
  /** Hundredths of the unit of a currency. */
  readonly money: (minor: number, currency: string) => string
  /** Minor units of a currency: cents of USD, yen of JPY. */
  readonly amount: (minor: number, currency: string) => string
  readonly bytes: (count: number) => string
  /** Short: the time today, the day in this year, else with the year. */
  readonly when: (at: number) => string
  /** Complete, with the zone. */
  readonly exactly: (at: number) => string
  /** How long, from seconds: `45 s`, `3 min 20 s`, `2 h 5 min`. */
  readonly duration: (seconds: number) => string
  readonly rate: (perSecond: number) => string
}

/** Makes formats for a language, such as `en-GB`. */
export function createFormats(language: string): Formats {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const one = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' })
  const year = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric' })
  const full = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' })
  return {
    number: value => whole.format(value),
    percent: fraction => (fraction === null ? '–' : share.format(fraction)),
    money: (minor, currency) =>
      new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 2 }).format(minor / 100),
    amount: (minor, currency) => {
      const digits = currencyDigits(currency)
      const options = {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      } as const
      return new Intl.NumberFormat(language, options).format(minor / 10 ** digits)
    },
    bytes: count => {
      if (count < 1000) return `${whole.format(count)} B`
      return count < 1_000_000 ? `${whole.format(count / 1000)} kB` : `${one.format(count / 1_000_000)} MB`
    },
    when: at => {
      const date = new Date(at)
      const now = new Date()
      if (date.toDateString() === now.toDateString()) return time.format(date)
      return (date.getFullYear() === now.getFullYear() ? day : year).format(date)
    },
    exactly: at => full.format(new Date(at)),
    duration: seconds => {
      const all = Math.max(0, Math.round(seconds))
      if (all < 60) return `${all} s`
      const minutes = Math.floor(all / 60)
      if (minutes < 60) return all % 60 === 0 ? `${minutes} min` : `${minutes} min ${all % 60} s`
      const hours = Math.floor(minutes / 60)
      if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
      return `${whole.format(Math.floor(hours / 24))} d ${hours % 24} h`
    },
    rate: perSecond => `${perSecond < 10 ? one.format(perSecond) : whole.format(perSecond)}/s`,
  }
}

/** The public holidays of countries; the tables are read when they are first needed. */
export interface Holidays {
  /** Resolves when the tables are there. */
  load(): Promise<void>
  /** Whether a day (YYYY-MM-DD) is a public holiday in a country and, where it is known, in its state. False before `load`. */
  isHoliday(country: string, region: string, day: string): boolean
  /** What the holiday of a day is called; empty for an ordinary day. */
  nameOf(country: string, region: string, day: string): string
}

interface HolidayOfYear {
  readonly date: string
  readonly start: Date
  readonly end: Date
  readonly name: string
  readonly type: string
}

type OfYear = (country: string, region: string, year: number) => readonly HolidayOfYear[]

const DAY = 86_400_000

/** Public holidays by date-holidays (data CC-BY-3.0), worked out a year of a place at a time. */
export function createHolidays(): Holidays {
  const years = new Map<string, ReadonlyMap<string, string>>()
  let ofYear: OfYear | null = null
  let loading: Promise<void> | null = null

  async function read(): Promise<void> {
    const { default: Calendar } = await import('date-holidays')
    ofYear = (country, region, year) => {
      const calendar = new Calendar()
      const states: unknown = calendar.getStates(country)
      const isKnown = typeof states === 'object' && states !== null && region in states
      if (isKnown) calendar.init(country, region)
      else calendar.init(country)
      const found: unknown = calendar.getHolidays(year)
      return Array.isArray(found) ? calendar.getHolidays(year) : []
    }
  }

  function daysOf(country: string, region: string, year: number): ReadonlyMap<string, string> {
    const key = `${country} ${region} ${year}`
    const known = years.get(key)
    if (known !== undefined) return known
    const days = new Map<string, string>()
    if (ofYear === null || !/^[A-Z]{2}$/.test(country)) return days
    for (const { date, start, end, name, type } of ofYear(country, region, year)) {
      if (type !== 'public') continue
      // Feasts by the moon begin at sunset of the day before; the day that is written is the one that is kept.
      const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY))
      for (let n = 0; n < length; n++) days.set(new Date(first + n * DAY).toISOString().slice(0, 10), name)
    }
    years.set(key, days)
    return days
  }

  return {
    load() {
      loading ??= read()
      return loading
    },
    isHoliday: (country, region, day) => daysOf(country, region, Number(day.slice(0, 4))).has(day),
    nameOf: (country, region, day) => daysOf(country, region, Number(day.slice(0, 4))).get(day) ?? '',
  }
}

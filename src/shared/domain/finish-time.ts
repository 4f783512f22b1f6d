/** At most `limit` messages begin within any `ms` milliseconds. */
export interface ForecastWindow {
  readonly limit: number
  readonly ms: number
}

/** Limits that hold together, and when messages began that still count for them, epoch ms, ascending. */
export interface ForecastLimits {
  readonly windows: readonly ForecastWindow[]
  readonly begun: readonly number[]
}

/** A calendar day with a limit of its own. */
export interface ForecastDay {
  readonly limit: number
  readonly from: number
  readonly until: number
}

/** Messages that go one after the other, by what they share limits with; `rate` is what they allow themselves. */
export interface ForecastPhase {
  readonly counts: ReadonlyMap<string, number>
  readonly rate: readonly ForecastWindow[]
}

/** What a forecast is made from. */
export interface ForecastAsk {
  readonly now: number
  readonly account: ForecastLimits
  /** Limits by the keys of `counts`; keys without an entry have none. */
  readonly families: ReadonlyMap<string, ForecastLimits>
  /** The limit of the calendar day at an instant, for a warm-up. */
  readonly day: (at: number) => ForecastDay | null
  readonly phases: readonly ForecastPhase[]
}

// Enough that a rounded limit moves the end by a thousandth, few enough for some milliseconds.
const MOST_UNITS = 20_000

/**
 * When the last message of the last phase begins: every limit holds for every message, as in sending itself. Beyond 20,000
 * messages several go as one, which leaves each limit's rate as it is.
 */
export function finishTime(ask: ForecastAsk): number {
  const total = ask.phases.reduce((all, phase) => all + sum(phase.counts), 0)
  const unit = Math.max(1, Math.ceil(total / MOST_UNITS))
  const account = createLine(ask.account, unit)
  const families = new Map([...ask.families].map(([key, limits]) => [key, createLine(limits, unit)]))
  const days = createDays(ask, unit)
  let at = ask.now
  for (const phase of ask.phases) {
    const own = createLine({ windows: phase.rate, begun: [] }, unit)
    const left = new Map([...phase.counts].map(([key, count]) => [key, Math.ceil(count / unit)]))
    for (;;) {
      let next: { readonly key: string; readonly at: number; readonly count: number } | null = null
      const common = Math.max(at, account.nextAt(), own.nextAt())
      for (const [key, count] of left) {
        if (count === 0) continue
        const possible = days.after(Math.max(common, families.get(key)?.nextAt() ?? common))
        // Of those that can go at the same time the longest queue goes first, so that none is left over at the end.
        if (next === null || possible < next.at || (possible === next.at && count > next.count)) {
          next = { key, at: possible, count }
        }
      }
      if (next === null) break
      at = next.at
      left.set(next.key, next.count - 1)
      account.begin(at)
      own.begin(at)
      families.get(next.key)?.begin(at)
      days.begin(at)
    }
  }
  return Math.ceil(at)
}

interface Line {
  nextAt(): number
  begin(at: number): void
}

/** What several limits allow next, in units of so many messages. */
function createLine({ windows, begun }: ForecastLimits, unit: number): Line {
  const scaled = windows.map(({ limit, ms }) => {
    const places = Math.max(1, Math.floor(limit / unit))
    return { places, ms: (ms * places * unit) / limit }
  })
  const starts = begun.filter((_, n) => (begun.length - 1 - n) % unit === 0)
  return {
    nextAt() {
      let next = 0
      for (const { places, ms } of scaled) {
        const oldest = starts[starts.length - places]
        if (oldest !== undefined) next = Math.max(next, oldest + ms)
      }
      return next
    },
    begin(at) {
      starts.push(at)
    },
  }
}

/** The calendar days of a forecast: moves an instant to the next day when its day is full. */
function createDays(ask: ForecastAsk, unit: number): { after(at: number): number; begin(at: number): void } {
  let today: ForecastDay | null = null
  let used = 0
  let isOver = false

  function enter(at: number): void {
    if (isOver || (today !== null && at >= today.from && at < today.until)) return
    const isFirst = today === null
    today = ask.day(at)
    const from = today?.from ?? 0
    used = isFirst && today !== null ? ask.account.begun.filter(one => one >= from).length : 0
    // A plan that is over does not begin again.
    isOver = today === null
  }

  return {
    after(instant) {
      let at = instant
      for (;;) {
        enter(at)
        if (today === null || used + unit <= Math.max(today.limit, unit)) return at
        at = today.until
      }
    },
    begin(at) {
      enter(at)
      used += unit
    },
  }
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, one) => all + one, 0)
}

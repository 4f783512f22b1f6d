import type { Holidays } from './hours/holidays.ts'
import { type Clock, nextOpening } from './hours/openings.ts'
import { asksForHours, type HoursAsked, recipientClocks } from './hours/recipient-hours.ts'
import { type Place, type RecipientZone, recipientZone, type ZoneOfPosition } from './zone/recipient-zone.ts'

/** When people may be written to. Answers are kept as long as they hold: thousands of recipients share a few clocks. */
export interface RecipientTimes {
  /** Loads the tables that questions about these hours need. */
  load(asked: HoursAsked): Promise<void>
  zoneOf(place: Place, workspaceZone: string): RecipientZone
  clocksOf(asked: HoursAsked, who: RecipientZone): readonly Clock[]
  /** The first instant at or after `t`, or null when there is none in 400 days. */
  nextAllowed(asked: HoursAsked, who: RecipientZone, t: number): number | null
  forget(): void
}

interface Answer {
  readonly from: number
  readonly at: number | null
  readonly until: number
}

const MOST_KNOWN = 5000
// A closed answer of "never" is asked again after a day.
const NEVER_HOLDS_MS = 86_400_000

/** Times of recipients, with the holidays of their countries. */
export function createRecipientTimes(holidays: Holidays): RecipientTimes {
  const answers = new Map<string, Answer>()
  const keys = new WeakMap<HoursAsked, number>()
  let lastKey = 0
  let zoneOfPosition: ZoneOfPosition = () => null
  let positions: Promise<void> | null = null

  function keyOf(asked: HoursAsked): number {
    const known = keys.get(asked)
    if (known !== undefined) return known
    lastKey += 1
    keys.set(asked, lastKey)
    return lastKey
  }

  async function loadPositions(): Promise<void> {
    const { default: lookUp } = await import('@photostructure/tz-lookup')
    zoneOfPosition = (latitude, longitude) => {
      try {
        return lookUp(latitude, longitude)
      } catch {
        return null
      }
    }
  }

  const times: RecipientTimes = {
    async load(asked) {
      if (!asksForHours(asked)) return
      positions ??= loadPositions()
      // Weekends differ by country and holidays by state; the law of a state may close on them too.
      await Promise.all([positions, holidays.load()])
    },
    zoneOf: (place, workspaceZone) => recipientZone(place, workspaceZone, zoneOfPosition),
    clocksOf: (asked, who) => recipientClocks(asked, who, holidays),
    nextAllowed(asked, who, t) {
      const key = `${keyOf(asked)} ${who.zones.join(' ')} ${who.country} ${who.region}`
      const known = answers.get(key)
      if (known !== undefined && t >= known.from && t < known.until) {
        return known.at === null ? null : Math.max(t, known.at)
      }
      const opening = nextOpening(t, times.clocksOf(asked, who))
      if (answers.size >= MOST_KNOWN) answers.clear()
      answers.set(key, {
        from: t,
        at: opening?.at ?? null,
        until: opening === null ? t + NEVER_HOLDS_MS : opening.until,
      })
      return opening?.at ?? null
    },
    forget: () => answers.clear(),
  }
  return times
}

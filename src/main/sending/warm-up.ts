import { Temporal } from 'temporal-polyfill'
import type { WarmUp } from '../../shared/contract/sender-settings.ts'
import type { DailyLimit, DayLimit } from './throttle.ts'

/** The day of a warm-up plan at an instant, from 1: 1 before it begins too, and null when the plan is over. */
export function warmUpDay(plan: WarmUp, timeZone: string, now: number): number | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
  const day = today.since(Temporal.PlainDate.from(plan.startedOn)).days + 1
  return day > plan.perDay.length ? null : Math.max(1, day)
}

/** The limit that a warm-up plan sets for each calendar day of the zone; null when there is no plan. */
export function warmUpLimit(
  plan: WarmUp | null,
  timeZone: string,
): { readonly at: DailyLimit; readonly most: number } | null {
  if (plan === null) return null
  let known: { readonly from: number; readonly until: number; readonly limit: DayLimit | null } | null = null
  return {
    most: Math.max(...plan.perDay),
    at(now) {
      // The calendar is asked once a day: a lane asks for every message.
      if (known === null || now < known.from || now >= known.until) {
        const start = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).startOfDay()
        const from = start.epochMilliseconds
        const until = start.add({ days: 1 }).startOfDay().epochMilliseconds
        const day = warmUpDay(plan, timeZone, now)
        const limit = day === null ? undefined : plan.perDay[day - 1]
        known = { from, until, limit: limit === undefined ? null : { limit, from, until } }
      }
      return known.limit
    },
  }
}

import type { SendWindow } from '../../../shared/contract/campaigns.ts'
import type { ChannelPolicy, HoursOfDay, LegalRow } from '../../../shared/contract/policy.ts'
import { minutesOf } from '../policy/clock-time.ts'

/** From a minute of the day to another, the second not included; 0 to 1440. */
export interface MinuteRange {
  readonly from: number
  readonly to: number
}

/** When messages may go, Monday first; the ranges of a day are ascending and do not touch. */
export type Week = readonly (readonly MinuteRange[])[]

/** How many minutes a day has on the clock. */
export const DAY_MINUTES = 1440
const WHOLE_DAY: readonly MinuteRange[] = [{ from: 0, to: DAY_MINUTES }]
const DAYS = [0, 1, 2, 3, 4, 5, 6] as const

/** A week without limits. */
export const WHOLE_WEEK: Week = DAYS.map(() => WHOLE_DAY)

/** What is open in both. */
export function both(one: Week, other: Week): Week {
  return DAYS.map(day => {
    const found: MinuteRange[] = []
    for (const a of one[day] ?? []) {
      for (const b of other[day] ?? []) {
        const from = Math.max(a.from, b.from)
        const to = Math.min(a.to, b.to)
        if (from < to) found.push({ from, to })
      }
    }
    return found.sort((a, b) => a.from - b.from)
  })
}

/** Open from a time to another on the given days (0 = Monday); what spans midnight belongs to the day on which it begins. */
export function during({ from, to }: HoursOfDay, weekdays: readonly number[] = DAYS): Week {
  const start = minutesOf(from)
  const end = minutesOf(to)
  const week: MinuteRange[][] = DAYS.map(() => [])
  for (const day of weekdays) {
    if (start < end) week[day]?.push({ from: start, to: end })
    else {
      week[day]?.push({ from: start, to: DAY_MINUTES })
      if (end > 0) week[(day + 1) % 7]?.push({ from: 0, to: end })
    }
  }
  return week.map(joined)
}

/** Open except during these hours. */
export function except({ from, to }: HoursOfDay): Week {
  return during({ from: to, to: from })
}

// Where the weekend is not Saturday and Sunday (Unicode CLDR, supplemental weekData); 0 = Monday.
const FRIDAY_SATURDAY = new Set('AE BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE BD MV'.split(' '))
const OTHER_WEEKENDS: Readonly<Record<string, readonly number[]>> = {
  AE: [5, 6],
  AF: [3, 4],
  IR: [4],
  IN: [6],
  UG: [6],
}

/** Without the weekend of a country; Saturday and Sunday where nobody knows. */
export function withoutWeekend(country: string): Week {
  const weekend = OTHER_WEEKENDS[country] ?? (FRIDAY_SATURDAY.has(country) ? [4, 5] : [5, 6])
  return DAYS.map(day => (weekend.includes(day) ? [] : WHOLE_DAY))
}

/** The hours of a row of the law. */
export function lawful(row: LegalRow): Week {
  return DAYS.map(day => {
    const hours = row.hours[day]
    return hours ? (during(hours, [day])[day] ?? []) : []
  })
}

/** The hours that a workspace keeps by itself on a channel. */
export function ownWeek(policy: ChannelPolicy, country: string): Week {
  let week = WHOLE_WEEK
  if (policy.quietHours !== null) week = both(week, except(policy.quietHours))
  if (policy.businessHours !== null) week = both(week, during(policy.businessHours))
  return policy.skipWeekends ? both(week, withoutWeekend(country)) : week
}

/** The hours that a campaign asks for; equal times mean the whole day. */
export function windowWeek(window: SendWindow): Week {
  const weekdays = window.weekdays.map(day => day - 1)
  if (window.from === window.to) return DAYS.map(day => (weekdays.includes(day) ? WHOLE_DAY : []))
  return during({ from: window.from, to: window.to }, weekdays)
}

/** Whether every minute of the week is open. */
export function isWholeWeek(week: Week): boolean {
  return week.every(ranges => ranges.length === 1 && ranges[0]?.from === 0 && ranges[0].to === DAY_MINUTES)
}

function joined(ranges: readonly MinuteRange[]): readonly MinuteRange[] {
  const found: { from: number; to: number }[] = []
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to)
    else found.push({ ...range })
  }
  return found
}

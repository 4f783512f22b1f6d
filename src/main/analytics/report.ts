import type { Channel } from '../../shared/contract/define.ts'
import type { MessageState, Report } from '../../shared/contract/sending.ts'
import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import { messageCounts } from '../../shared/domain/message-counts.ts'
import { unitPrice } from '../../shared/domain/message-price.ts'
import { reasonLabel } from '../sending/index.ts'
import type { ChannelStates, Happening, PeopleCounts } from './report-store.ts'
import { type Buckets, localHourOf } from './time-buckets.ts'

interface StateCount {
  readonly state: MessageState
  readonly reason: string
  readonly count: number
}

/** A fraction, or null where there is nothing to divide by. */
export function rate(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator
}

/** Figures and rates by standards.md 8.1: delivered = accepted − bounced; opens and clicks are people, over delivered. */
export function figures(
  states: readonly StateCount[],
  people: PeopleCounts,
): Pick<
  Report,
  | 'counts'
  | 'attempted'
  | 'accepted'
  | 'bounced'
  | 'delivered'
  | 'opened'
  | 'clicked'
  | 'unsubscribed'
  | 'complained'
  | 'rates'
> {
  const counts = messageCounts(states)
  const tried = states.filter(one => one.state === 'attempting' || (one.state === 'ready' && one.reason !== ''))
  const attempted = counts.sent + counts.failed + counts.unknown + tried.reduce((sum, one) => sum + one.count, 0)
  const accepted = counts.sent
  const { bounced, opened, clicked, unsubscribed, complained } = people
  const delivered = Math.max(0, accepted - bounced)
  return {
    counts,
    attempted,
    accepted,
    bounced,
    delivered,
    opened,
    clicked,
    unsubscribed,
    complained,
    rates: {
      acceptance: rate(accepted, attempted),
      delivery: rate(delivered, accepted),
      open: rate(opened, delivered),
      click: rate(clicked, delivered),
      unsubscribe: rate(unsubscribed, delivered),
    },
  }
}

/** What the accepted messages cost, in hundredths of the currency unit; rates are in ten-thousandths of it. */
export function costMinor(channel: Channel, units: number, rates: WorkspaceSettings['rates']): number {
  return (units * unitPrice(channel, rates)) / 100
}

/** The figures of each channel, in the order in which they are tried. */
export function channelFigures(rows: readonly ChannelStates[], rates: WorkspaceSettings['rates']): Report['channels'] {
  const steps = new Map(rows.map(row => [row.step, row.channel]))
  return [...steps].map(([step, channel]) => {
    const own = rows.filter(row => row.step === step)
    const counts = messageCounts(own)
    const undelivered = own.reduce((sum, row) => sum + row.undelivered, 0)
    const units = own.reduce((sum, row) => sum + row.units, 0)
    const reached = counts.sent - undelivered
    return { step, channel, counts, undelivered, reached, costMinor: costMinor(channel, units, rates) }
  })
}

/** Every bucket from the first to the last, the empty ones too. */
export function series(
  buckets: Buckets,
  rows: readonly { readonly bucket: number; readonly kind: Happening; readonly count: number }[],
): Report['overTime'] {
  const all = Array.from({ length: buckets.count }, (_, n) => ({
    at: buckets.from + n * buckets.widthMs,
    accepted: 0,
    rejected: 0,
    deferred: 0,
    opened: 0,
    clicked: 0,
  }))
  for (const { bucket, kind, count } of rows) {
    const at = all[bucket]
    if (at) at[kind] += count
  }
  return all
}

/** Counts by weekday and hour in a zone; hours without any are left out. */
export function heat(
  quarters: readonly { readonly at: number; readonly count: number }[],
  timeZone: string,
): Report['heat'] {
  const localHour = localHourOf(timeZone)
  const cells = new Map<number, number>()
  for (const { at, count } of quarters) {
    const { weekday, hour } = localHour(at)
    const cell = weekday * 24 + hour
    cells.set(cell, (cells.get(cell) ?? 0) + count)
  }
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([cell, count]) => ({ weekday: Math.floor(cell / 24), hour: cell % 24, count }))
}

/** Outcomes with their words, as many as there are. */
export function outcomes(states: readonly StateCount[]): Report['outcomes'] {
  return states.map(({ state, reason, count }) => ({ state, reason, label: reasonLabel(state, reason), count }))
}

/** Errors with their words and codes. */
export function topErrors(
  errors: readonly { readonly class: string; readonly code: string; readonly count: number }[],
): Report['topErrors'] {
  return errors.map(one => {
    const label = reasonLabel('rejected', one.class)
    return { label: one.code === '' ? label : `${label} (${one.code})`, count: one.count }
  })
}

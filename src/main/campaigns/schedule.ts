import { Temporal } from 'temporal-polyfill'
import type { Schedule } from '../../shared/contract/campaigns.ts'

/** When a schedule means. `note` tells a person when daylight saving changes what she wrote; empty otherwise. */
export type ScheduledTime =
  | { readonly kind: 'now' }
  | { readonly kind: 'at'; readonly at: number; readonly note: string }
  | { readonly kind: 'invalid'; readonly why: string }

/**
 * The instant of a wall-clock time in a zone. A time that clocks skip moves on by the gap, one that comes twice means the first
 * (the rule 'compatible' of Temporal, and of RFC 5545).
 */
export function scheduledTime(schedule: Schedule): ScheduledTime {
  if (schedule.kind === 'now') return { kind: 'now' }
  const local = plainTime(schedule.local)
  if (!local) return { kind: 'invalid', why: `"${schedule.local}" is not a date and time. Choose another.` }
  if (!isZone(schedule.timeZone)) {
    return { kind: 'invalid', why: `"${schedule.timeZone}" is not a known time zone. Choose one from the list.` }
  }
  const meant = local.toZonedDateTime(schedule.timeZone, { disambiguation: 'compatible' })
  const earlier = local.toZonedDateTime(schedule.timeZone, { disambiguation: 'earlier' })
  const later = local.toZonedDateTime(schedule.timeZone, { disambiguation: 'later' })
  const asked = clockTime(local)
  const isSkipped = !meant.toPlainDateTime().equals(local)
  const isTwice = !isSkipped && earlier.epochMilliseconds !== later.epochMilliseconds
  const note = isSkipped
    ? `Clocks go forward that day and skip ${asked}; it is sent at ${clockTime(meant.toPlainDateTime())}.`
    : isTwice
      ? `Clocks go back that day and ${asked} comes twice; it is sent the first time.`
      : ''
  return { kind: 'at', at: meant.epochMilliseconds, note }
}

/** A schedule in words. */
export function scheduleText(schedule: Schedule): string {
  if (schedule.kind === 'now') return 'As soon as it is started'
  return `${schedule.local.replace('T', ' ')} (${schedule.timeZone})`
}

function plainTime(local: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' })
  } catch {
    return null
  }
}

function isZone(timeZone: string): boolean {
  try {
    return timeZone !== '' && new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function clockTime(time: Temporal.PlainDateTime): string {
  return `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`
}

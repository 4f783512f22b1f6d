import { type DateOrder, readDate } from '../../import/checks/read-date.ts'

/** Reads the instants of one file. */
export type MomentReader = (cell: string, order: DateOrder) => number | null

const TIME =
  /[ T,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/i
const MINUTE = 60_000
const HOUR = 3_600_000
const KEPT = 50_000

/**
 * A reader of moments as epoch milliseconds. A time without an offset is one of `timeZone`, and a day alone is its first
 * moment there. Whole and broken days of a spreadsheet and seconds or milliseconds since 1970 are read too.
 */
export function createMomentReader(timeZone: string): MomentReader {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsets = new Map<number, number>()

  /** How far the zone is ahead of UTC at an instant; asked once an hour of the calendar, formatting takes 3 µs. */
  function offsetAt(instant: number): number {
    const hour = Math.floor(instant / HOUR)
    const known = offsets.get(hour)
    if (known !== undefined) return known
    const parts = new Map(format.formatToParts(hour * HOUR).map(({ type, value }) => [type, Number(value)]))
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    if (offsets.size >= KEPT) offsets.clear()
    offsets.set(hour, wall - hour * HOUR)
    return wall - hour * HOUR
  }

  function fromWall(wall: number): number {
    const guess = wall - offsetAt(wall)
    return wall - offsetAt(guess)
  }

  return (cell, order) => {
    const text = cell.trim()
    if (/^\d{10}$/.test(text)) return Number(text) * 1000
    if (/^\d{13}$/.test(text)) return Number(text)
    const serial = /^(\d{5})[.,](\d+)$/.exec(text)
    if (serial) {
      const begun = midnight(serial[1] ?? '', order)
      return begun === null ? null : fromWall(begun + Math.round(Number(`0.${serial[2]}`) * 86_400) * 1000)
    }
    const time = TIME.exec(text)
    const begun = midnight(time ? text.slice(0, time.index) : text, order)
    if (begun === null) return null
    if (!time) return fromWall(begun)
    const wall = clockTime(time)
    if (wall === null) return null
    const offset = offsetOf(time[5])
    return offset === null ? fromWall(begun + wall) : begun + wall - offset
  }
}

function midnight(text: string, order: DateOrder): number | null {
  const day = readDate(text, order)
  return day === null ? null : Date.parse(`${day}T00:00:00Z`)
}

function clockTime(time: RegExpExecArray): number | null {
  const half = time[4]?.toLowerCase().charAt(0)
  const hour = Number(time[1])
  const minute = Number(time[2])
  const second = Number(time[3] ?? 0)
  if (minute > 59 || second > 60 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return null
  const full = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0)
  return full * HOUR + minute * MINUTE + Math.min(second, 59) * 1000
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(text)
  if (!parts) return 0
  const size = Number(parts[2]) * HOUR + Number(parts[3] ?? 0) * MINUTE
  return parts[1] === '-' ? -size : size
}

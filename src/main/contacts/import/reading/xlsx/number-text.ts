import type { CellFormat } from './cell-formats.ts'

const DAY_SECONDS = 86_400
const LAST_DAY = 2_958_465
const MS_A_DAY = DAY_SECONDS * 1000

/**
 * The text of a cell's number. Whole numbers come in full, so that phones and ids do not become 1.23E+10; others with the 15
 * digits that spreadsheets vouch for. Dates become 2024-02-29 or 2024-02-29 13:45, times 13:45.
 */
export function numberText(value: string, format: CellFormat, is1904: boolean): string {
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) return value
  switch (format.kind) {
    case 'number':
      return plain(number)
    case 'digits':
      return number >= 0 && Number.isInteger(number) ? plain(number).padStart(format.least, '0') : plain(number)
    case 'date':
      return number < 0 || number > LAST_DAY ? plain(number) : dateText(number, is1904)
    case 'time':
      return number < 0 || number > LAST_DAY ? plain(number) : clockText(Math.round(number * DAY_SECONDS))
  }
}

function plain(number: number): string {
  return Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15)))
}

function dateText(serial: number, is1904: boolean): string {
  const seconds = Math.round(serial * DAY_SECONDS)
  const days = Math.floor(seconds / DAY_SECONDS)
  const time = seconds % DAY_SECONDS
  if (days === 0 && !is1904) return clockText(time)
  const day = dayText(days, is1904)
  return time === 0 ? day : `${day} ${clockText(time)}`
}

// The system of 1900 counts a 29 February 1900 that never was, as day 60: Lotus 1-2-3 did.
function dayText(days: number, is1904: boolean): string {
  if (is1904) return new Date(Date.UTC(1904, 0, 1) + days * MS_A_DAY).toISOString().slice(0, 10)
  if (days === 60) return '1900-02-29'
  return new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * MS_A_DAY).toISOString().slice(0, 10)
}

function clockText(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const rest = seconds % 60
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}`
  return rest === 0 ? clock : `${clock}:${two(rest)}`
}

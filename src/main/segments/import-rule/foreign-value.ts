import type { TimeUnit } from '../../../shared/domain/segment-rule.ts'

/** The two ends of a range as other programs write them: a list, or bounds by name; otherwise the value and nothing. */
export function pairOf(value: unknown): readonly [unknown, unknown] {
  if (Array.isArray(value)) return [value[0], value[1]]
  const record = recordOf(value)
  if (record) return [record['min'] ?? record['from'] ?? record['gte'], record['max'] ?? record['to'] ?? record['lte']]
  return [value, null]
}

/** The value as a record; null when it is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

/** The value as a number, also from text; null when it is none. */
export function numberOf(value: unknown): number | null {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : null
  return number !== null && Number.isFinite(number) ? number : null
}

/** The day of a date or time in ISO 8601; null when it is none. */
export function dayOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(?:$|T)/.test(value) ? value.slice(0, 10) : null
}

/** A length of time: a number of days, "30 days", or { value, unit }; null when it is none. */
export function lengthOf(value: unknown): { readonly n: number; readonly unit: TimeUnit } | null {
  const record = recordOf(value)
  const written = typeof value === 'string' ? /^(\d+)\s*([a-z]+?)s?$/i.exec(value.trim()) : null
  const n = numberOf(record ? (record['value'] ?? record['amount']) : (written?.[1] ?? value))
  const name = record?.['unit'] ?? written?.[2] ?? 'day'
  const unit = typeof name === 'string' ? at(UNITS, name.toLowerCase().replace(/s$/, '')) : null
  return n !== null && Number.isInteger(n) && n >= 0 && n <= 10_000 && unit !== null ? { n, unit } : null
}

/** The texts of a value or of a list of values, without empty ones. */
export function textsOf(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? value : [value]
  return all.flatMap(one => (typeof one === 'string' || typeof one === 'number' ? [String(one)] : [])).filter(Boolean)
}

const UNITS: Readonly<Record<string, TimeUnit>> = {
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  year: 'years',
}

/** What the table has for a key of another program; null when nothing. */
export function at<T>(table: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null
}

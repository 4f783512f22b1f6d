import type { Clock } from './clock.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Fields of a log line. Ids, counts, codes and durations only: never an address, a name or a body (security.md Z16). */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Structured log: one event name and its fields a line. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

// Whatever slips into a field is made harmless: library errors like to quote addresses and numbers.
// Bounded, or a long text without a sign would be read once for each of its characters.
const ADDRESS = /[^\s<>"'@]{1,128}@[^\s<>"'@]{1,255}/g
const NUMBER = /\+?\d[\d\s().-]{6,}\d/g

/** Replaces e-mail addresses and telephone numbers in a text. */
export function redact(text: string): string {
  return text.replace(ADDRESS, '[address]').replace(NUMBER, '[number]')
}

// A stack is shorter; what is longer is no log line.
const LONGEST_FIELD = 8000

/** A log that hands JSON lines to `write`. Strings are redacted, ids (…Id, id) are kept as they are. */
export function createLog(clock: Clock, write: (line: string) => void, least: LogLevel = 'info'): Log {
  const order: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']
  const at =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      if (order.indexOf(level) < order.indexOf(least)) return
      const safe: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(fields)) {
        safe[key] = typeof value === 'string' && !/(^id|Id)$/.test(key) ? redact(value.slice(0, LONGEST_FIELD)) : value
      }
      write(JSON.stringify({ at: new Date(clock.now()).toISOString(), level, event, ...safe }))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A log that drops everything. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

const MOST_MS = 24 * 3_600_000

/**
 * How long a server asks us to wait, in ms from now: Retry-After in seconds or as an HTTP date (RFC 9110 section 10.2.3).
 * Null when it does not say, or says what cannot be read. At most a day, at least nothing.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const said = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(said)) return Math.min(Number(said) * 1000, MOST_MS)
  if (!/^[A-Z][a-z]{2,8},? /.test(said)) return null
  const at = Date.parse(said)
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - now), MOST_MS)
}

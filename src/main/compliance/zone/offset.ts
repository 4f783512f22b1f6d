const formats = new Map<string, Intl.DateTimeFormat | null>()

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone)
  if (known !== undefined) return known
  let format: Intl.DateTimeFormat | null = null
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    format = null
  }
  formats.set(zone, format)
  return format
}

/** Whether clocks of that name exist. */
export function isZone(zone: string): boolean {
  return zone !== '' && formatOf(zone) !== null
}

/** How far clocks in a zone are ahead of UTC at an instant, ms; 0 for a zone that does not exist. */
export function offsetAt(zone: string, instant: number): number {
  const format = formatOf(zone)
  if (format === null) return 0
  const whole = Math.floor(instant / 1000) * 1000
  const [month, day, year, hour, minute, second] = (format.format(whole).match(/\d+/g) ?? []).map(Number)
  return Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0) - whole
}
